package dev.drydock.engine.session;

import dev.drydock.verify.reachability.Cause;
import dev.drydock.verify.reachability.PathStep;
import dev.drydock.verify.reachability.ProbeResult;
import dev.drydock.verify.reachability.Reachability;
import dev.drydock.verify.reachability.StepFinding;
import dev.drydock.verify.trace.Ending;
import dev.drydock.verify.trace.Trace;
import dev.drydock.verify.trace.TraceEvent.Decided;
import dev.drydock.verify.trace.TraceEvent.Point;
import dev.drydock.verify.trace.Visit;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether {@code why}, its real probe and the traced packet can all be true of one network at one time. They agree when
 *
 * <ol>
 *   <li>the trace ends as the probe did: answered by the one as by the other; refused where the probe was refused, by the other end or by a
 *       rule that rejects; never sent where the probe found no route; never answered where the probe was not. Where Docker's proxy took the connection, and
 *       the probe was asked about who is behind it, the packet that is traced is the one to the proxy, and that is answered;
 *   <li>the packet stops on the part of its way on which the broken link lies: there, at the other end's door, or on the answer's way back. An answer from
 *       beyond the lab hosts cannot be seen missing, so a cause that is about such answers may end with a packet that left and was lost. What stops the
 *       packets after the answer is not seen by a trace, which ends with the answer;
 *   <li>every namespace through which the chain saw the packet come is one in which the kernel saw it, in that order;
 *   <li>what {@code why} says a rule or a policy stopped was dropped, in that chain and by that rule, and what a rule or policy dropped is blamed on it.
 * </ol>
 *
 * <p>Where a route has several next hops, the packet that is traced may take another one than the way that is shown.
 *
 * <p>Where {@code why} cannot tell, only the first holds it to anything.
 */
final class Agreement {
    private static final Set<Cause> DOOR = EnumSet.of(
            Cause.NO_LISTENER,
            Cause.LISTENS_ELSEWHERE,
            Cause.DNAT_MISSING,
            Cause.DNAT_WRONG,
            Cause.ECHO_IGNORED,
            Cause.NOT_PUBLISHED);
    /** Docker's reasons, told at the source as well as of who should listen. */
    private static final Set<Cause> DOCKERS = EnumSet.of(Cause.NOT_RUNNING, Cause.NOT_STARTED, Cause.LEFT_BEHIND);
    /** Told where the packet leaves the lab hosts, of the answer that will not come back from there. */
    private static final Set<Cause> ANSWER_OUTSIDE =
            EnumSet.of(Cause.NO_MASQUERADE, Cause.WRONG_SOURCE, Cause.REFUSED_OUTSIDE);

    private static final Pattern RULE = Pattern.compile("rule (\\d+) of (.+?) (?:drops|rejects) ");
    private static final Pattern POLICY = Pattern.compile("the policy of (.+?) is ");
    private static final Pattern NFT = Pattern.compile("(\\S+) in table (\\S+ \\S+)");
    // route in red; the lab host hands it on; blue on beta takes it
    private static final Pattern PLACE = Pattern.compile("route (?:in|on) (.+)|(.+) hands it on|(.+) takes it");

    private final Reachability reach;
    private final Trace trace;
    private final String firstHost;
    private final boolean proxied;

    private Agreement(Reachability reach, Trace trace, String firstHost) {
        this.reach = reach;
        this.trace = trace;
        this.firstHost = firstHost;
        this.proxied = reach.stages().stream()
                .anyMatch(stage -> Words.text(stage.title()).equals("Docker's proxy"));
    }

    /** @return a sentence for each contradiction; none where they agree */
    static List<String> contradictions(Reachability reach, Trace trace, String firstHost) {
        Agreement agreement = new Agreement(reach, trace, firstHost);
        List<String> contradictions = new ArrayList<>(agreement.ending());
        if (reach.verdict() != Reachability.Verdict.CANNOT_TELL && !agreement.proxied) {
            contradictions.addAll(agreement.part());
            if (reach.branches().isEmpty()) {
                contradictions.addAll(agreement.way());
                contradictions.addAll(agreement.rule());
            }
        }
        return contradictions;
    }

    private List<String> ending() {
        Ending.Kind kind = trace.ending().kind();
        ProbeResult.Kind probe =
                proxied ? ProbeResult.Kind.ANSWERED : reach.probe().kind();
        Set<Ending.Kind> fitting =
                switch (probe) {
                    case ANSWERED -> EnumSet.of(Ending.Kind.ANSWERED);
                    case ANSWERED_BY_ANOTHER -> EnumSet.of(Ending.Kind.REPLY_LOST);
                    case UNWANTED ->
                        EnumSet.of(Ending.Kind.REFUSED, Ending.Kind.UNANSWERED, Ending.Kind.DROPPED, Ending.Kind.LOST);
                    case REFUSED ->
                        EnumSet.of(
                                Ending.Kind.REFUSED,
                                Ending.Kind.UNREACHABLE,
                                Ending.Kind.DROPPED,
                                Ending.Kind.REPLY_DROPPED);
                    // a router's own ARP takes longer than a trace waits
                    case REJECTED -> EnumSet.of(Ending.Kind.UNREACHABLE, Ending.Kind.DROPPED, Ending.Kind.LOST);
                    case NO_ROUTE -> EnumSet.of(Ending.Kind.NOT_SENT);
                    case NETWORK_UNREACHABLE -> EnumSet.of(Ending.Kind.NOT_SENT, Ending.Kind.UNREACHABLE);
                    case NO_NEIGHBOUR -> EnumSet.of(Ending.Kind.LOST, Ending.Kind.UNREACHABLE, Ending.Kind.NOT_SENT);
                    case SILENCE ->
                        EnumSet.complementOf(
                                EnumSet.of(Ending.Kind.ANSWERED, Ending.Kind.REFUSED, Ending.Kind.UNREACHABLE));
                    case ARRIVED ->
                        EnumSet.of(Ending.Kind.UNANSWERED, Ending.Kind.REPLY_DROPPED, Ending.Kind.REPLY_LOST);
                    case FORBIDDEN -> EnumSet.of(Ending.Kind.DROPPED, Ending.Kind.NOT_SENT);
                    case MUTE, ENDED_BY_PROXY, UNKNOWN_NAME, NOT_TRIED -> EnumSet.noneOf(Ending.Kind.class);
                };
        return fitting.contains(kind) ? List.of() : List.of("the probe says " + probe + ", the trace " + kind);
    }

    private List<String> part() {
        // a name that gives a stale address breaks before the packet that is traced
        if (reach.broken().isEmpty() || reach.broken().get().cause() == Cause.STALE_NAME) {
            return List.of();
        }
        Ending.Kind kind = trace.ending().kind();
        Cause cause = reach.broken().get().cause();
        String part = "on the way there";
        Set<Ending.Kind> fitting =
                EnumSet.of(Ending.Kind.NOT_SENT, Ending.Kind.DROPPED, Ending.Kind.LOST, Ending.Kind.UNREACHABLE);
        boolean refused = reach.probe().kind() == ProbeResult.Kind.REFUSED;
        if (DOOR.contains(cause) || (refused && DOCKERS.contains(cause))) {
            part = "at the door";
            fitting = EnumSet.of(Ending.Kind.REFUSED, Ending.Kind.UNANSWERED);
        } else if (breaksOn(PathStep.Direction.LATER)) {
            part = "after the answer";
            fitting = EnumSet.of(Ending.Kind.ANSWERED);
        } else if (breaksOn(PathStep.Direction.BACK)) {
            part = "on the way back";
            fitting = EnumSet.of(Ending.Kind.UNANSWERED, Ending.Kind.REPLY_DROPPED, Ending.Kind.REPLY_LOST);
        } else if (ANSWER_OUTSIDE.contains(cause)) {
            part = "beyond the lab hosts";
            fitting = EnumSet.of(Ending.Kind.LOST, Ending.Kind.UNREACHABLE);
        }
        return fitting.contains(kind)
                ? List.of()
                : List.of("why says it breaks " + part + " (" + cause.id() + "), the trace " + kind);
    }

    private boolean breaksOn(PathStep.Direction leg) {
        return reach.stages().stream()
                .anyMatch(stage -> stage.finding() instanceof StepFinding.Broken && stage.leg() == leg);
    }

    private List<String> way() {
        List<String> seen = trace.request().stream()
                .filter(visit -> visit.at(Point.MADE).isPresent()
                        || visit.at(Point.IN).isPresent()
                        || visit.at(Point.DELIVERED).isPresent())
                .map(Visit::place)
                .toList();
        List<String> left = new ArrayList<>(seen);
        List<PathStep> held = reach.stages().stream()
                .filter(stage ->
                        stage.finding() instanceof StepFinding.Holds && stage.leg() == PathStep.Direction.THERE)
                .toList();
        for (PathStep stage : held) {
            Matcher place = PLACE.matcher(Words.text(stage.title()));
            if (!place.matches()) {
                continue;
            }
            String name = name(place);
            int at = left.indexOf(name);
            if (at < 0
                    && !(trace.ending().kind() == Ending.Kind.NOT_SENT
                            && Words.text(stage.title()).startsWith("route "))) {
                return List.of(
                        "why saw the packet at " + name + " (" + Words.text(stage.title()) + "), the trace at " + seen);
            }
            left = left.subList(at + 1, left.size());
        }
        return List.of();
    }

    /** As a trace calls the place. */
    private String name(Matcher place) {
        String name =
                place.group(1) != null ? place.group(1) : place.group(2) != null ? place.group(2) : place.group(3);
        if (name.equals("the lab host")) {
            return firstHost;
        }
        int on = name.lastIndexOf(" on ");
        if (on < 0) {
            return name;
        }
        String host = name.substring(on + " on ".length());
        return (host.equals(firstHost) ? "" : host + "/") + name.substring(0, on);
    }

    private List<String> rule() {
        // the kernel's trace does not name rules of iptables-legacy
        if (breaksOn(PathStep.Direction.LATER)
                || trace.notes().stream().anyMatch(note -> note.key().equals("ending.legacy-rules"))) {
            return List.of();
        }
        Ending.Kind kind = trace.ending().kind();
        boolean dropped = kind == Ending.Kind.DROPPED || kind == Ending.Kind.REPLY_DROPPED;
        Optional<StepFinding.Broken> blamed =
                reach.broken().filter(broken -> broken.cause().isOfRules() && broken.cause() != Cause.FRAME_RULE);
        if (blamed.isEmpty()) {
            Optional<Cause> cause = reach.broken().map(StepFinding.Broken::cause);
            // a rule of frames, or what the packet came to by a wrong route
            boolean same = cause.isPresent() && trace.ending().cause().equals(cause);
            return dropped && !same
                    ? List.of("the trace blames a rule, why does not: "
                            + Words.text(trace.ending().sentence()))
                    : List.of();
        }
        List<Visit> visits = kind == Ending.Kind.DROPPED ? trace.request() : trace.reply();
        Optional<Decided> drop =
                visits.stream().flatMap(visit -> visit.drop().stream()).findFirst();
        String told = told(Words.text(blamed.get().found()));
        String traced = drop.map(Agreement::shown).orElse("no drop");
        return dropped && told.equals(traced)
                ? List.of()
                : List.of("why blames " + told + ", the trace " + kind + " " + traced);
    }

    private static String shown(Decided drop) {
        return drop.chain()
                + (drop.policy()
                        ? " policy"
                        : drop.number().isPresent() ? " rule " + drop.number().getAsInt() : " a rule");
    }

    /** {@code filter/FORWARD rule 3} of {@code on the lab host rule 3 of FORWARD drops the packet}. */
    private static String told(String found) {
        Matcher rule = RULE.matcher(found);
        if (rule.find()) {
            return chain(rule.group(2)) + " rule " + rule.group(1);
        }
        Matcher policy = POLICY.matcher(found);
        return policy.find() ? chain(policy.group(1)) + " policy" : found.toLowerCase(Locale.ROOT);
    }

    private static String chain(String shown) {
        Matcher nft = NFT.matcher(shown);
        if (nft.matches()) {
            return nft.group(2) + "/" + nft.group(1);
        }
        if (shown.endsWith(" of ip6tables")) {
            return "ip6 " + chain(shown.substring(0, shown.length() - " of ip6tables".length()));
        }
        return shown.contains(" ") ? shown.replace(' ', '/') : "filter/" + shown;
    }
}
