package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.NameLookup;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.packet.Refusal;
import dev.drydock.verify.probe.HttpOutcome;
import dev.drydock.verify.probe.PingOutcome;
import dev.drydock.verify.probe.TcpOutcome;
import dev.drydock.verify.probe.UdpOutcome;
import dev.drydock.verify.probe.UnansweredNeighbour;
import dev.drydock.verify.reachability.StepFinding.Broken;
import dev.drydock.verify.words.Words;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the real probe of a question showed.
 *
 * @param kind what became of it
 * @param by who sent an error back
 * @param line the deciding line
 * @param capture what it left; empty where there was none
 */
public record ProbeResult(Kind kind, Optional<IpAddress> by, String line, Optional<ProbeCapture> capture) {
    public enum Kind {
        ANSWERED,
        /** An answer came from another address than the one that was asked, of which a program makes nothing. */
        ANSWERED_BY_ANOTHER,
        /** Reached, and nobody listens. */
        REFUSED,
        /** Somebody sent an error back. */
        REJECTED,
        /** The source's own word: it has no route. */
        NO_ROUTE,
        /** The word of the source, or of a router on the way: there is no route. */
        NETWORK_UNREACHABLE,
        /** ARP failed at the source. */
        NO_NEIGHBOUR,
        SILENCE,
        /** Nothing came back, but the datagram arrived; a program need not answer what it got. */
        ARRIVED,
        /** The source's own word: a rule there dropped it. */
        FORBIDDEN,
        UNKNOWN_NAME,
        /** A connection was made, and nothing was said on it. */
        MUTE,
        /** The same, and Docker's proxy ended it: what is behind the proxy was not reached. */
        ENDED_BY_PROXY,
        /** It could not be made, or was not. */
        NOT_TRIED
    }

    // From 10.1.0.1 icmp_seq=1 Frag needed and DF set (mtu = 1400), From fd00::1 icmp_seq=1 Packet too big: mtu=1400
    private static final Pattern TOO_LARGE = Pattern.compile("Frag needed|Packet too big");

    /** What lets the packet, or its answer, vanish without a word. */
    private static final Set<Cause> SWALLOWING = Set.of(
            Cause.NOT_FORWARDING,
            Cause.NO_MASQUERADE,
            Cause.WRONG_SOURCE,
            Cause.NO_ROUTE_BACK,
            Cause.ANSWER_UNTRANSLATED,
            Cause.REVERSE_PATH,
            Cause.OWN_SOURCE,
            Cause.ROUTE_LOCALNET,
            Cause.ECHO_IGNORED);

    /** A source that is not believed gets no answer to its ARP either. */
    static final Set<Cause> DISBELIEVED = Set.of(Cause.REVERSE_PATH, Cause.OWN_SOURCE);

    /** These swallow too, unless they reject. */
    private static final Set<Cause> BY_RULE = Set.of(Cause.RULE, Cause.POLICY, Cause.DOCKER_ISOLATION);

    /** What is wrong with who should listen, and so told by a refusal. */
    static final Set<Cause> AT_THE_DOOR = Set.of(
            Cause.NO_LISTENER, Cause.LISTENS_ELSEWHERE, Cause.NOT_PUBLISHED, Cause.DNAT_MISSING, Cause.DNAT_WRONG);

    /** Docker's reasons: told by a refusal where nobody listens for them, and by the source where it is the source that they are about. */
    private static final Set<Cause> DOCKERS = Set.of(Cause.NOT_RUNNING, Cause.NOT_STARTED, Cause.LEFT_BEHIND);

    /** What leaves a router without a route. */
    private static final Set<Cause> NO_WAY_ON = Set.of(
            Cause.NO_ROUTE,
            Cause.POLICY_ROUTE,
            Cause.WRONG_DEVICE,
            Cause.WRONG_PREFIX,
            Cause.INTERFACE_DOWN,
            Cause.NO_ADDRESS,
            Cause.BRIDGE_DOWN,
            Cause.BRIDGE_UNADDRESSED);

    /** What the source itself would have said at once. */
    private static final Set<Cause> SAID_AT_ONCE = Set.of(Cause.NO_ROUTE, Cause.NO_INTERFACE, Cause.ROUTE_REFUSES);

    /** Without an address nothing is tried at all. */
    private static final Set<Cause> NAMES = Set.of(
            Cause.NAME_UNKNOWN,
            Cause.NAME_ON_DEFAULT_BRIDGE,
            Cause.NAME_ON_ANOTHER_NETWORK,
            Cause.NAME_OF_STOPPED,
            Cause.NAME_SERVER,
            Cause.NAME_SERVER_NOT_ASKED);

    /** Of a question whose probe was not made. */
    static final ProbeResult NONE = new ProbeResult(Kind.NOT_TRIED, Optional.empty(), "", Optional.empty());

    private static final ProbeResult SILENT = new ProbeResult(Kind.SILENCE, Optional.empty(), "", Optional.empty());

    /** Reads the capture of a question's probe. */
    static ProbeResult of(NetworkModel model, ReachabilityQuery question) {
        if (question.protocol() == Protocol.UDP) {
            return DatagramProbe.capture(model, question)
                    .map(capture -> of(UdpOutcome.parse(capture), capture))
                    .orElse(NONE);
        }
        Optional<ActiveProbe> asked = ExternalNetwork.asked(question);
        Optional<ProbeCapture> capture = asked.flatMap(model.facts()::capture);
        if (capture.isEmpty()) {
            return NONE;
        }
        return question.port().isPresent()
                ? of(TcpOutcome.parse(capture.get()), capture.get())
                : ping(model, question.from(), capture.get());
    }

    /** What a datagram showed. */
    static ProbeResult of(UdpOutcome outcome, ProbeCapture capture) {
        Kind kind =
                switch (outcome.kind()) {
                    case ANSWERED -> Kind.ANSWERED;
                    case ANSWERED_BY_ANOTHER -> Kind.ANSWERED_BY_ANOTHER;
                    case ARRIVED -> Kind.ARRIVED;
                    case REFUSED -> Kind.REFUSED;
                    case SILENCE -> Kind.SILENCE;
                    case FORBIDDEN -> Kind.FORBIDDEN;
                    case NO_ROUTE -> Kind.NO_ROUTE;
                    case NETWORK_UNREACHABLE -> Kind.NETWORK_UNREACHABLE;
                    case UNREACHABLE -> UnansweredNeighbour.decides(capture) ? Kind.NO_NEIGHBOUR : Kind.REJECTED;
                    case UNKNOWN_NAME -> Kind.UNKNOWN_NAME;
                    case COULD_NOT_RUN -> Kind.NOT_TRIED;
                };
        return new ProbeResult(kind, outcome.by(), Words.text(outcome.line()), Optional.of(capture));
    }

    /** Of a ping from there. */
    static ProbeResult ping(NetworkModel model, Scope from, ProbeCapture capture) {
        Set<IpAddress> own = new HashSet<>();
        model.node(from).stream()
                .flatMap(Node::ends)
                .flatMap(end -> end.link().addresses().stream())
                .forEach(address -> own.add(address.address().address()));
        return of(PingOutcome.parse(capture, own), capture);
    }

    /** What asking a name server showed; a ping to it tells more than silence does, where it met an error. */
    static ProbeResult of(NameLookup.Attempt attempt, Optional<ProbeResult> pinged) {
        String said = attempt.error().orElse("");
        Kind kind =
                switch (said) {
                    case "" -> attempt.answers().isEmpty() ? Kind.SILENCE : Kind.ANSWERED;
                    case "Connection refused" -> Kind.REFUSED;
                    case "Network is unreachable" -> Kind.NETWORK_UNREACHABLE;
                    case "Operation not permitted" -> Kind.NOT_TRIED;
                    default -> Kind.REJECTED;
                };
        return kind == Kind.SILENCE
                ? pinged.filter(ping -> ping.kind == Kind.NO_NEIGHBOUR || ping.kind == Kind.REJECTED)
                        .orElse(new ProbeResult(kind, Optional.empty(), said, Optional.empty()))
                : new ProbeResult(kind, Optional.empty(), said, Optional.empty());
    }

    /** Whether it cannot have shown this, had the name no address; a program may run into its own time limit while it waits for a server. */
    boolean deniesNamelessness(boolean slow) {
        return kind != Kind.UNKNOWN_NAME && kind != Kind.NOT_TRIED && !(slow && kind == Kind.SILENCE);
    }

    /** What a ping showed. */
    public static ProbeResult of(PingOutcome outcome, ProbeCapture capture) {
        Kind kind =
                switch (outcome.kind()) {
                    case REPLIED -> Kind.ANSWERED;
                    case ANSWERED_BY_ANOTHER -> Kind.ANSWERED_BY_ANOTHER;
                    case NO_ROUTE -> Kind.NO_ROUTE;
                    case NO_NEIGHBOUR -> Kind.NO_NEIGHBOUR;
                    case REJECTED -> Kind.REJECTED;
                    case DROPPED -> Kind.SILENCE;
                    case UNKNOWN_NAME -> Kind.UNKNOWN_NAME;
                    case COULD_NOT_RUN -> Kind.NOT_TRIED;
                };
        return new ProbeResult(kind, outcome.by(), Words.text(outcome.line()), Optional.of(capture));
    }

    /** What trying to connect showed. */
    public static ProbeResult of(TcpOutcome outcome, ProbeCapture capture) {
        Kind kind =
                switch (outcome.kind()) {
                    case CONNECTED -> Kind.ANSWERED;
                    case REFUSED -> Kind.REFUSED;
                    case TIMEOUT -> Kind.SILENCE;
                    case NO_ROUTE -> Kind.NETWORK_UNREACHABLE;
                    case UNREACHABLE -> unreachable(capture);
                    case UNKNOWN_NAME -> Kind.UNKNOWN_NAME;
                    case COULD_NOT_RUN -> Kind.NOT_TRIED;
                };
        return new ProbeResult(kind, Optional.empty(), Words.text(outcome.line()), Optional.of(capture));
    }

    /** What asking a web server showed; one that talks something else is reached. */
    public static ProbeResult of(HttpOutcome outcome, ProbeCapture capture) {
        Kind kind =
                switch (outcome.kind()) {
                    case ANSWERED -> Kind.ANSWERED;
                    case REFUSED -> Kind.REFUSED;
                    case TIMEOUT -> outcome.connected() ? Kind.MUTE : Kind.SILENCE;
                    case UNREACHABLE -> unreachable(capture);
                    case UNKNOWN_NAME -> Kind.UNKNOWN_NAME;
                    case NOT_HTTP -> outcome.ended() ? Kind.MUTE : Kind.ANSWERED;
                    case COULD_NOT_RUN -> Kind.NOT_TRIED;
                };
        return new ProbeResult(kind, Optional.empty(), Words.text(outcome.line()), Optional.of(capture));
    }

    /** {@code Immediate connect fail for 8.8.8.8: Network is unreachable}, {@code 10.9.0.12 dev eth0 INCOMPLETE}. */
    private static Kind unreachable(ProbeCapture capture) {
        String said = capture.err().lines().findFirst().orElse("").strip();
        if (!UnansweredNeighbour.decides(capture) && said.contains("Network is unreachable")) {
            return said.startsWith("Immediate") ? Kind.NO_ROUTE : Kind.NETWORK_UNREACHABLE;
        }
        return UnansweredNeighbour.decides(capture) ? Kind.NO_NEIGHBOUR : Kind.REJECTED;
    }

    /** The same, where Docker's proxy took the connection: only what is behind the proxy answers. */
    ProbeResult behindProxy(ReachabilityQuery question, Optional<ProbeCapture> tried) {
        if (kind == Kind.MUTE) {
            boolean silent =
                    capture.filter(one -> one.err().contains("timed out")).isPresent();
            return new ProbeResult(silent ? Kind.SILENCE : Kind.ENDED_BY_PROXY, by, line, capture);
        }
        if (question.protocol() == Protocol.UDP) {
            // the proxy takes each datagram, so only what the program behind it makes of one tells anything
            return answered()
                    ? this
                    : tried.map(there -> of(UdpOutcome.parse(there), there)).orElse(this);
        }
        return tried.map(there -> of(TcpOutcome.parse(there), there))
                .filter(behind -> answered() && behind.failed())
                .orElse(this);
    }

    public boolean answered() {
        return kind == Kind.ANSWERED;
    }

    public boolean failed() {
        return kind != Kind.ANSWERED && kind != Kind.NOT_TRIED && kind != Kind.ARRIVED;
    }

    /** Whether it cannot have shown this, had that cause been what decides. */
    boolean contradicts(PathStep.Direction leg, Cause cause, Disposition fate) {
        if (kind == Kind.NOT_TRIED || kind == Kind.ARRIVED) {
            return kind == Kind.ARRIVED && leg != PathStep.Direction.BACK;
        }
        if (NAMES.contains(cause) != (kind == Kind.UNKNOWN_NAME)) {
            return true;
        }
        if (cause == Cause.STALE_NAME) {
            return answered();
        }
        if (cause == Cause.MTU) {
            return kind != Kind.SILENCE
                    && !(kind == Kind.REJECTED && TOO_LARGE.matcher(line).find());
        }
        if (fate.rejected() && (BY_RULE.contains(cause) || cause == Cause.FRAME_RULE)) {
            return contradicts(fate);
        }
        boolean left = fate != Disposition.HELD;
        boolean door = AT_THE_DOOR.contains(cause);
        boolean swallowed = SWALLOWING.contains(cause) || BY_RULE.contains(cause);
        return switch (kind) {
            case ANSWERED, MUTE -> true;
            case ANSWERED_BY_ANOTHER -> cause != Cause.ANSWER_UNTRANSLATED && cause != Cause.ANSWERS_FROM_ELSEWHERE;
            case FORBIDDEN -> left || !BY_RULE.contains(cause);
            case REFUSED -> !door && !DOCKERS.contains(cause) && cause != Cause.DUPLICATE_ADDRESS;
            // a router tells of its ARP that is not answered
            case REJECTED -> door || (swallowed && !(left && DISBELIEVED.contains(cause))) || (!left && by.isPresent());
            case NO_ROUTE -> left || door || cause == Cause.ECHO_IGNORED;
            case NETWORK_UNREACHABLE -> door || (left && !NO_WAY_ON.contains(cause));
            case NO_NEIGHBOUR -> (left && !DISBELIEVED.contains(cause)) || door || cause == Cause.ECHO_IGNORED;
            case SILENCE -> door || (!left && SAID_AT_ONCE.contains(cause));
            case ENDED_BY_PROXY -> swallowed;
            case ARRIVED, UNKNOWN_NAME, NOT_TRIED -> false;
        };
    }

    /**
     * Whether nothing but silence comes of a probe that this stops, so that it is no use to wait: it is swallowed, or it gets no further than its
     * maker, who knows at once. What a router cannot hand on because its ARP fails is told after seconds.
     */
    static boolean endsInSilence(PathStep.Direction leg, Cause cause, Disposition fate) {
        boolean swallowed = SWALLOWING.contains(cause) || BY_RULE.contains(cause);
        return !SILENT.contradicts(leg, cause, fate) && !fate.rejected() && (swallowed || fate == Disposition.HELD);
    }

    /** Whether it cannot have shown this, had a rule sent that error; the error itself may get lost. */
    private boolean contradicts(Disposition fate) {
        return switch (kind) {
            case ANSWERED, ANSWERED_BY_ANOTHER, MUTE -> true;
            case REFUSED, REJECTED, NO_ROUTE, NETWORK_UNREACHABLE, NO_NEIGHBOUR ->
                arpFailed()
                        || fate.error()
                                .flatMap(sent -> error().map(shown -> shown != sent))
                                .orElse(false);
            case SILENCE, ARRIVED, FORBIDDEN, ENDED_BY_PROXY, UNKNOWN_NAME, NOT_TRIED -> false;
        };
    }

    /** Ping has the error of a namespace's own rule in the words that it has for ARP. */
    private boolean arpFailed() {
        return kind == Kind.NO_NEIGHBOUR && by.isEmpty();
    }

    /** The error that it got, as {@code connect} or {@code ping} tells it; empty where neither says which. */
    private Optional<Refusal.Meaning> error() {
        return switch (kind) {
            case REFUSED -> Optional.of(Refusal.Meaning.REFUSED);
            case NO_ROUTE, NETWORK_UNREACHABLE -> Optional.of(Refusal.Meaning.NO_NETWORK);
            case NO_NEIGHBOUR -> Optional.of(Refusal.Meaning.NO_HOST);
            case REJECTED -> Refusal.Meaning.told(line);
            case ANSWERED,
                    ANSWERED_BY_ANOTHER,
                    SILENCE,
                    ARRIVED,
                    FORBIDDEN,
                    UNKNOWN_NAME,
                    MUTE,
                    ENDED_BY_PROXY,
                    NOT_TRIED -> Optional.empty();
        };
    }

    /** Whether it says that ARP failed at that namespace. */
    boolean nobodyThere(Node at) {
        boolean there = by.map(at::has).orElse(true);
        boolean said = kind == Kind.NO_NEIGHBOUR
                || (kind == Kind.REJECTED
                        && by.isPresent()
                        && (line.contains("Host Unreachable") || line.contains("Address unreachable")));
        return said && there;
    }

    Optional<Broken> refusedOutside() {
        Optional<Evidence> evidence = capture.map(one -> Evidence.printed(one.command(), line));
        if (kind == Kind.REFUSED) {
            return Optional.of(new Broken(
                    Cause.NO_LISTENER,
                    say("broken.refused-outside"),
                    evidence,
                    say("mend.other-port"),
                    Optional.empty()));
        }
        return kind == Kind.REJECTED && by.isPresent()
                ? Optional.of(new Broken(
                        Cause.REFUSED_OUTSIDE,
                        say(
                                "broken.rejected-outside",
                                "address",
                                by.get(),
                                "text",
                                line.replaceFirst("^From .*?icmp_seq=\\d+ ", "")),
                        evidence,
                        say("mend.other-address"),
                        Optional.empty()))
                : Optional.empty();
    }
}
