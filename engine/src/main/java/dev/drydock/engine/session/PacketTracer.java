package dev.drydock.engine.session;

import dev.drydock.engine.host.World;
import dev.drydock.engine.session.Enquiry.Misnamed;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.probe.DnsOutcome;
import dev.drydock.verify.trace.PacketMark;
import dev.drydock.verify.trace.Trace;
import dev.drydock.verify.trace.TraceReader;
import dev.drydock.verify.trace.TraceScript;
import dev.drydock.verify.trace.TracedPacket;
import dev.drydock.verify.way.Places;
import dev.drydock.verify.way.Question;
import java.util.Optional;
import java.util.Set;

/** Sends one real packet in a world and follows it, with the kernels of all its lab hosts listening. */
public final class PacketTracer {
    private final World world;
    private final boolean docker;

    public PacketTracer(World world, boolean docker) {
        this.world = world;
        this.docker = docker;
    }

    /** The trace, or a sentence on why there is none. */
    public sealed interface Traced {
        record Done(Trace trace) implements Traced {}

        /** What was typed does not name two ends between which a packet could go. */
        record Misnamed(String sentence, String next) implements Traced {}

        /** It could not be tried. */
        record CannotTell(String sentence) implements Traced {}
    }

    /**
     * The kernels begin to listen while what there is is being read; the packet is sent when both is done.
     *
     * @param from a place, as {@link Enquiry#question} takes it
     * @param to the same, or any address, or a name that {@code from} can resolve; with {@code :PORT} a TCP connection is tried
     */
    public Traced trace(String from, String to) {
        try {
            PacketMark mark = Enquiry.port(to).map(PacketMark::tcp).orElseGet(PacketMark::echo);
            TraceScript script = TraceScript.of(mark, world.labHost().pace().factor());
            try (Listeners listeners = new Listeners(world, script)) {
                return trace(from, to, script, mark, listeners);
            }
        } catch (Misnamed misnamed) {
            return new Traced.Misnamed(misnamed.getMessage(), misnamed.next());
        }
    }

    private Traced trace(String from, String to, TraceScript script, PacketMark mark, Listeners listeners)
            throws Misnamed {
        Facts facts = WorldSweep.glance(world, docker);
        Optional<String> unread = facts.hosts().values().stream()
                .map(host -> host.namespaces().fold(known -> "", unknown -> unknown.reason()))
                .filter(reason -> !reason.isEmpty())
                .findFirst();
        if (unread.isPresent()) {
            return new Traced.CannotTell("What there is could not be read: " + unread.get() + ".");
        }
        Question question = Enquiry.question(facts, from, to);
        String host = question.from().host().orElse(facts.defaultHost());
        Namespace sender = namespace(facts, question.from());
        TracedPacket packet = new TracedPacket(address(facts, question), mark);
        TraceReader.Result result = new TraceReader(facts, script, packet)
                .read(from, to, host, sender, listeners.send(host, sender.inode(), packet.to()));
        return result.trace()
                .<Traced>map(Traced.Done::new)
                .orElseGet(() -> new Traced.CannotTell(
                        "Cannot trace here: " + result.trouble().orElseThrow().strip() + "."));
    }

    private static Namespace namespace(Facts facts, Scope scope) throws Misnamed {
        Optional<Namespace> found = facts.namespace(scope)
                .fold(there -> Optional.of(there.value()), absent -> Optional.empty(), unknown -> Optional.empty());
        return found.orElseThrow(() -> new Misnamed(
                "Nothing can be sent from or to " + scope + ": "
                        + facts.namespace(scope)
                                .fold(there -> "", absent -> absent.reason(), unknown -> unknown.reason())
                        + ".",
                "Start it, or name another place."));
    }

    /** The IPv4 address that is meant. */
    private IpAddress address(Facts facts, Question question) throws Misnamed {
        if (question.to().isEmpty()) {
            Scope target = question.target().orElseThrow();
            namespace(facts, target);
            throw new Misnamed(
                    target + " has no IPv4 address, so nothing can be sent to it.",
                    "Give it one, or write an address.");
        }
        Optional<IpAddress> known = Places.address(facts, question);
        IpAddress address = known.isPresent() ? known.get() : asked(facts, question);
        if (address.isIpv6()) {
            throw new Misnamed("Only IPv4 is traced, and " + address + " is IPv6.", "Write an IPv4 address.");
        }
        return address;
    }

    /** What the name server of who sends knows the name as. */
    private IpAddress asked(Facts facts, Question question) throws Misnamed {
        ActiveProbe.Dns probe = new ActiveProbe.Dns(question.from(), question.to(), Optional.empty());
        Facts asked = WorldSweep.again(world, facts, Set.of(probe));
        return Places.address(asked, question)
                .orElseThrow(() -> new Misnamed(
                        "'" + question.to() + "' is no place of this lab, and no name that " + question.from()
                                + " can resolve: "
                                + asked.capture(probe)
                                        .map(DnsOutcome::parse)
                                        .map(PacketTracer::said)
                                        .orElse("it was not asked")
                                + ".",
                        "Write a place of this lab, an address, or another name."));
    }

    private static String said(DnsOutcome asked) {
        return switch (asked.kind()) {
            case ANSWERED -> "the name has no IPv4 address";
            case NO_SUCH_NAME -> "its name server knows no such name";
            case SERVER_FAILED -> "its name server failed";
            case NO_SERVER -> "no name server answered";
            case COULD_NOT_RUN -> asked.line();
        };
    }
}
