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
import dev.drydock.verify.packet.RejectWith;
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
 * The result of the real probe for a query.
 *
 * @param by the sender of an ICMP error, or of an answer from another address; empty where there is none
 * @param line the line of output that decided; or empty
 * @param capture the output of the probe; empty where there is none
 */
public record ProbeResult(Kind kind, Optional<IpAddress> by, String line, Optional<ProbeCapture> capture) {
    public enum Kind {
        ANSWERED,
        /** The answer came from another address than the one that was called; programs ignore such an answer. */
        ANSWERED_BY_ANOTHER,
        /** The host was reached, but nothing listens. */
        REFUSED,
        /** An ICMP error came back. */
        REJECTED,
        /** The sender itself has no route. */
        NO_ROUTE,
        /** The sender, or a router on the way, has no route. */
        NETWORK_UNREACHABLE,
        /** The sender got no ARP reply. */
        NO_NEIGHBOUR,
        SILENCE,
        /** The datagram arrived, but no answer came, which UDP does not require. */
        ARRIVED,
        /** A rule in the sender's own namespace dropped the packet. */
        FORBIDDEN,
        UNKNOWN_NAME,
        /** The connection was made, but no data came. */
        MUTE,
        /** The connection was made and closed by Docker's proxy: the program behind the proxy was not reached. */
        ENDED_BY_PROXY,
        /** The probe was not run, or could not run. */
        NOT_TRIED
    }

    // From 10.1.0.1 icmp_seq=1 Frag needed and DF set (mtu = 1400), From fd00::1 icmp_seq=1 Packet too big: mtu=1400
    private static final Pattern TOO_LARGE = Pattern.compile("Frag needed|Packet too big");

    /** Causes that make the packet or its answer disappear without an error. */
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
    private static final Set<Cause> DISBELIEVED = Set.of(Cause.REVERSE_PATH, Cause.OWN_SOURCE);

    /** Rules and policies: they drop without an error, unless they reject. */
    private static final Set<Cause> BY_RULE = Set.of(Cause.RULE, Cause.POLICY, Cause.DOCKER_ISOLATION);

    /** Causes at the listening end, which show as a refused connection. */
    static final Set<Cause> AT_THE_DOOR = Set.of(
            Cause.NO_LISTENER, Cause.LISTENS_ELSEWHERE, Cause.NOT_PUBLISHED, Cause.DNAT_MISSING, Cause.DNAT_WRONG);

    /** Docker's causes: a refused connection where the target is concerned, an error at the sender where the sender is. */
    private static final Set<Cause> DOCKERS = Set.of(Cause.NOT_RUNNING, Cause.NOT_STARTED, Cause.LEFT_BEHIND);

    /** Causes that leave a router without a route. */
    private static final Set<Cause> NO_WAY_ON = Set.of(
            Cause.NO_ROUTE,
            Cause.POLICY_ROUTE,
            Cause.WRONG_DEVICE,
            Cause.WRONG_PREFIX,
            Cause.INTERFACE_DOWN,
            Cause.NO_ADDRESS,
            Cause.BRIDGE_DOWN,
            Cause.BRIDGE_UNADDRESSED);

    /** Causes that the sender's kernel reports at once. */
    private static final Set<Cause> SAID_AT_ONCE = Set.of(Cause.NO_ROUTE, Cause.NO_INTERFACE, Cause.ROUTE_REFUSES);

    /** Causes that leave the query without an address, so that no probe runs. */
    private static final Set<Cause> NAMES = Set.of(
            Cause.NAME_UNKNOWN,
            Cause.NAME_ON_DEFAULT_BRIDGE,
            Cause.NAME_ON_ANOTHER_NETWORK,
            Cause.NAME_OF_STOPPED,
            Cause.NAME_SERVER,
            Cause.NAME_SERVER_NOT_ASKED);

    /** The result of a probe that was not run. */
    static final ProbeResult NONE = new ProbeResult(Kind.NOT_TRIED, Optional.empty(), "", Optional.empty());

    private static final ProbeResult SILENT = new ProbeResult(Kind.SILENCE, Optional.empty(), "", Optional.empty());

    /** The result of the query's probe; {@link #NONE} where it was not run. */
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

    /** The result of a UDP probe. */
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

    /**
     * The result of a ping.
     *
     * @param from the namespace that sent it
     */
    static ProbeResult ping(NetworkModel model, Scope from, ProbeCapture capture) {
        Set<IpAddress> own = new HashSet<>();
        model.node(from).stream()
                .flatMap(Node::ends)
                .flatMap(end -> end.link().addresses().stream())
                .forEach(address -> own.add(address.address().address()));
        return of(PingOutcome.parse(capture, own), capture);
    }

    /** The result of a query to a name server. Where the server is silent, an error of the ping to it is used instead. */
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

    /**
     * Whether this result proves that the name has an address.
     *
     * @param slow whether waiting for name servers may explain a timeout
     */
    boolean deniesNamelessness(boolean slow) {
        return kind != Kind.UNKNOWN_NAME && kind != Kind.NOT_TRIED && !(slow && kind == Kind.SILENCE);
    }

    /** The result of a ping. */
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

    /** The result of a TCP connection attempt. */
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

    /** The result of an HTTP request. A server that answers with something else than HTTP has been reached. */
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

    /**
     * The result for a connection that Docker's proxy accepted: only the answer of the program behind the proxy counts.
     *
     * @param tried the direct probe to the container; empty where it was not run
     */
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

    /**
     * Whether the probe could not have had this result if this cause was the reason.
     *
     * @param leg the direction in which the packet is lost
     * @param fate what happened to the packet
     */
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
            case REJECTED -> door || (swallowed && fate != Disposition.WAITING) || (!left && by.isPresent());
            case NO_ROUTE -> left || door || cause == Cause.ECHO_IGNORED;
            case NETWORK_UNREACHABLE -> door || (left && !NO_WAY_ON.contains(cause));
            case NO_NEIGHBOUR -> (left && !DISBELIEVED.contains(cause)) || door || cause == Cause.ECHO_IGNORED;
            case SILENCE -> door || (!left && SAID_AT_ONCE.contains(cause));
            case ENDED_BY_PROXY -> swallowed;
            case ARRIVED, UNKNOWN_NAME, NOT_TRIED -> false;
        };
    }

    /**
     * Whether a probe with this cause can only end in a timeout, so that there is no need to wait: the packet is dropped silently, or does not
     * leave its sender. A router without an ARP reply, by contrast, sends an error after some seconds.
     */
    static boolean endsInSilence(PathStep.Direction leg, Cause cause, Disposition fate) {
        boolean swallowed = SWALLOWING.contains(cause) || BY_RULE.contains(cause);
        return !SILENT.contradicts(leg, cause, fate)
                && !fate.rejected()
                && (fate == Disposition.HELD || (swallowed && fate != Disposition.WAITING));
    }

    /** Whether the probe could not have had this result if a rule had sent this error. The error itself may be lost. */
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

    /** Whether the ping reports a failed ARP. It uses the same words for an error of its own namespace's rules. */
    private boolean arpFailed() {
        return kind == Kind.NO_NEIGHBOUR && by.isEmpty();
    }

    /** The error that the probe got; empty where the output does not tell which. */
    private Optional<RejectWith.Meaning> error() {
        return switch (kind) {
            case REFUSED -> Optional.of(RejectWith.Meaning.REFUSED);
            case NO_ROUTE, NETWORK_UNREACHABLE -> Optional.of(RejectWith.Meaning.NO_NETWORK);
            case NO_NEIGHBOUR -> Optional.of(RejectWith.Meaning.NO_HOST);
            case REJECTED -> RejectWith.Meaning.told(line);
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

    /** Whether the probe says that this namespace got no ARP reply. */
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
