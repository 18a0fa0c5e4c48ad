package dev.drydock.verify.way;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.probe.PingOutcome;
import dev.drydock.verify.probe.TcpOutcome;
import dev.drydock.verify.way.Finding.Broken;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What the real probe of a question showed.
 *
 * @param kind what became of it
 * @param by who sent an error back
 * @param line the deciding line
 * @param capture what it left; empty where there was none
 */
public record Probe(Kind kind, Optional<IpAddress> by, String line, Optional<ProbeCapture> capture) {
    public enum Kind {
        ANSWERED,
        /** Reached, and nobody listens. */
        REFUSED,
        /** Somebody sent an error back. */
        REJECTED,
        NO_ROUTE,
        NO_NEIGHBOUR,
        SILENCE,
        UNKNOWN_NAME,
        /** It could not be made, or was not. */
        NOT_TRIED
    }

    /** What lets the packet, or its answer, vanish without a word. */
    private static final Set<Cause> SWALLOWING = Set.of(
            Cause.NO_INTERFACE,
            Cause.NO_ADDRESS,
            Cause.PEER_DOWN,
            Cause.NOT_IN_BRIDGE,
            Cause.PARENT_AND_CHILD,
            Cause.SHARED_CARD_MODE,
            Cause.WRONG_NEIGHBOUR,
            Cause.NOT_FORWARDING,
            Cause.NO_MASQUERADE,
            Cause.WRONG_SOURCE,
            Cause.NO_ROUTE_BACK,
            Cause.ANSWER_UNTRANSLATED,
            Cause.REVERSE_PATH);

    /** What is wrong with who should listen, and so told by a refusal. */
    private static final Set<Cause> AT_THE_DOOR =
            Set.of(Cause.NO_LISTENER, Cause.LISTENS_ELSEWHERE, Cause.DNAT_MISSING, Cause.DNAT_WRONG);

    /** What can only happen to a packet that left; a source that is not believed gets no answer to its ARP either. */
    private static final Set<Cause> ON_THE_WAY = Set.of(
            Cause.NOT_FORWARDING,
            Cause.NO_MASQUERADE,
            Cause.WRONG_SOURCE,
            Cause.NO_ROUTE_BACK,
            Cause.ANSWER_UNTRANSLATED,
            Cause.ECHO_IGNORED);

    private static final Set<Cause> BY_RULE = Set.of(Cause.RULE, Cause.POLICY, Cause.DOCKER_ISOLATION);

    private static final Probe NONE = new Probe(Kind.NOT_TRIED, Optional.empty(), "", Optional.empty());

    /** Reads the capture of a question's probe. */
    static Probe of(Ground ground, Question question) {
        Optional<ActiveProbe> asked = Beyond.asked(question);
        Optional<ProbeCapture> capture = asked.flatMap(ground.facts()::capture);
        if (capture.isEmpty()) {
            return NONE;
        }
        return question.port().isPresent() ? tcp(capture.get()) : ping(ground, question, capture.get());
    }

    private static Probe ping(Ground ground, Question question, ProbeCapture capture) {
        Set<IpAddress> own = new HashSet<>();
        ground.station(question.from()).stream()
                .flatMap(Station::ends)
                .flatMap(end -> end.link().addresses().stream())
                .forEach(address -> own.add(address.address().address()));
        PingOutcome outcome = PingOutcome.parse(capture, own);
        Kind kind =
                switch (outcome.kind()) {
                    case REPLIED -> Kind.ANSWERED;
                    case NO_ROUTE -> Kind.NO_ROUTE;
                    case NO_NEIGHBOUR -> Kind.NO_NEIGHBOUR;
                    case REJECTED -> Kind.REJECTED;
                    case DROPPED -> Kind.SILENCE;
                    case UNKNOWN_NAME -> Kind.UNKNOWN_NAME;
                    case COULD_NOT_RUN -> Kind.NOT_TRIED;
                };
        return new Probe(kind, outcome.by(), outcome.line(), Optional.of(capture));
    }

    private static Probe tcp(ProbeCapture capture) {
        TcpOutcome outcome = TcpOutcome.parse(capture);
        Kind kind =
                switch (outcome.kind()) {
                    case CONNECTED -> Kind.ANSWERED;
                    case REFUSED -> Kind.REFUSED;
                    case TIMEOUT -> Kind.SILENCE;
                    case NO_ROUTE -> Kind.NO_ROUTE;
                    case UNREACHABLE -> outcome.line().contains(" dev ") ? Kind.NO_NEIGHBOUR : Kind.REJECTED;
                    case UNKNOWN_NAME -> Kind.UNKNOWN_NAME;
                    case COULD_NOT_RUN -> Kind.NOT_TRIED;
                };
        return new Probe(kind, Optional.empty(), outcome.line(), Optional.of(capture));
    }

    /** The same, where Docker's proxy took the connection: only what is behind the proxy answers. */
    Probe behindProxy(ProbeCapture tried) {
        Probe behind = tcp(tried);
        return answered() && behind.failed() ? behind : this;
    }

    public boolean answered() {
        return kind == Kind.ANSWERED;
    }

    public boolean failed() {
        return kind != Kind.ANSWERED && kind != Kind.NOT_TRIED;
    }

    /**
     * Whether it cannot have shown this, had that cause been what decides: a refusal needs somebody who got the packet, and a packet to
     * whose next hop ARP was not answered never left.
     *
     * @param atSource whether a rule of the source itself stopped it
     */
    boolean contradicts(Cause cause, boolean atSource) {
        return switch (kind) {
            case ANSWERED -> true;
            case REFUSED -> SWALLOWING.contains(cause);
            case SILENCE -> AT_THE_DOOR.contains(cause);
            case NO_ROUTE, NO_NEIGHBOUR ->
                AT_THE_DOOR.contains(cause) || ON_THE_WAY.contains(cause) || (BY_RULE.contains(cause) && !atSource);
            case REJECTED, UNKNOWN_NAME, NOT_TRIED -> false;
        };
    }

    /** Whether it says that ARP failed at that namespace. */
    boolean nobodyThere(Station at) {
        boolean there = by.map(at::has).orElse(true);
        return (kind == Kind.NO_NEIGHBOUR && by.isEmpty())
                || (kind == Kind.NO_NEIGHBOUR && there)
                || (kind == Kind.REJECTED && line.contains("Host Unreachable") && by.isPresent() && there);
    }

    Optional<Broken> refusedOutside() {
        Optional<Evidence> evidence = capture.map(one -> new Evidence(one.command(), line));
        if (kind == Kind.REFUSED) {
            return Optional.of(new Broken(
                    Cause.NO_LISTENER,
                    "the connection came there and was refused: nobody listens on that port",
                    evidence,
                    "another port",
                    Optional.empty()));
        }
        return kind == Kind.REJECTED && by.isPresent()
                ? Optional.of(new Broken(
                        Cause.REFUSED_OUTSIDE,
                        by.get() + ", outside the lab hosts, says: " + line.replaceFirst("^From .*?icmp_seq=\\d+ ", ""),
                        evidence,
                        "another address",
                        Optional.empty()))
                : Optional.empty();
    }
}
