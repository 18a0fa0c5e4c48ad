package dev.drydock.engine.session;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.World;
import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Lookup;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.facts.ZonedAddress;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.probe.DnsOutcome;
import dev.drydock.verify.reachability.EndpointDiagnosis;
import dev.drydock.verify.reachability.Reachability;
import dev.drydock.verify.reachability.ReachabilityQuery;
import dev.drydock.verify.trace.PacketMark;
import dev.drydock.verify.trace.Trace;
import dev.drydock.verify.trace.TraceReader;
import dev.drydock.verify.trace.TraceScript;
import dev.drydock.verify.trace.TracedPacket;
import dev.drydock.verify.words.Message;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Sends one real packet in a world and follows it, with trace scripts that listen on all lab hosts. */
public final class PacketTracer {
    private static final int TRIES = 4;

    private final World world;
    private final boolean docker;

    /** @param docker whether the lab has Docker */
    public PacketTracer(World world, boolean docker) {
        this.world = world;
        this.docker = docker;
    }

    /** The trace, or a sentence on why there is none. */
    public sealed interface Traced {
        record Done(Trace trace) implements Traced {}

        /** The typed words do not name a sender and a receiver, or one of them cannot send or be sent a packet. */
        record Unasked(InvalidQuery why) implements Traced {}

        /** The trace could not be made; the sentence says why. */
        record CannotTell(Message sentence) implements Traced {}
    }

    /**
     * Traces one packet. Listening and reading the facts begin at the same time; as soon as all hosts listen, the packet is sent to the address that
     * the last facts tell. When the new facts tell another address or sender, that packet is dropped and another one is traced.
     *
     * @param from a place, in the forms of {@link ReachabilityCheck#question}
     * @param to a place, an address, or a name that {@code from} can resolve, in the forms of {@link Destination}
     * @param last the facts of an earlier sweep; empty where there was none, and then the packet waits until all is read
     * @throws dev.drydock.engine.host.HostTrouble when a lab host is gone
     */
    public Traced trace(String from, String to, Optional<Facts> last) {
        return trace(from, to, last, TRIES);
    }

    private Traced trace(String from, String to, Optional<Facts> last, int tries) {
        try {
            Destination destination = Destination.parse(to);
            PacketMark mark = destination
                    .port()
                    .map(port -> destination.protocol() == Protocol.UDP ? PacketMark.udp(port) : PacketMark.tcp(port))
                    .orElseGet(PacketMark::echo);
            TraceScript script = TraceScript.of(mark, world.labHost().pace().factor());
            Optional<Traced> traced;
            try (TraceListeners listeners = new TraceListeners(world, script)) {
                traced = trace(from, to, last.flatMap(facts -> guessed(facts, from, to)), script, mark, listeners);
            }
            if (traced.isEmpty() || (tries > 1 && portTaken(traced.get()))) {
                return trace(from, to, Optional.empty(), tries - 1);
            }
            return traced.get();
        } catch (InvalidQuery misnamed) {
            return new Traced.Unasked(misnamed);
        }
    }

    /** Whether another program, perhaps the trace before, had the source port that marks the packet; another try takes another port. */
    private static boolean portTaken(Traced traced) {
        return traced instanceof Traced.Done done
                && done.trace().request().isEmpty()
                && done.trace().said().stream()
                        .anyMatch(line -> line.startsWith("curl: (45)") || line.startsWith("bind: "));
    }

    /** The sending network namespace on its lab host, and the address to send to. */
    private record Aim(String host, long inode, ZonedAddress to) {}

    private static Optional<Aim> guessed(Facts facts, String from, String to) {
        try {
            ReachabilityQuery question = ReachabilityCheck.question(facts, from, to);
            Namespace sender = namespace(facts, question.from());
            return EndpointDiagnosis.address(facts, question).map(address -> aim(facts, question, sender, address));
        } catch (InvalidQuery notThen) {
            return Optional.empty();
        }
    }

    private static Aim aim(Facts facts, ReachabilityQuery question, Namespace sender, IpAddress to) {
        Optional<String> zone = ZonedAddress.tryParse(question.to()).flatMap(ZonedAddress::zone);
        return new Aim(question.from().host().orElse(facts.defaultHost()), sender.inode(), new ZonedAddress(to, zone));
    }

    /** Empty where the packet was sent by a guess that was wrong. */
    private Optional<Traced> trace(
            String from, String to, Optional<Aim> guess, TraceScript script, PacketMark mark, TraceListeners listeners)
            throws InvalidQuery {
        Optional<CompletableFuture<SortedMap<String, ProbeOutput>>> sent =
                guess.map(aim -> CompletableFuture.supplyAsync(
                        () -> listeners.send(aim.host(), aim.inode(), aim.to()), WorldSweep::inThread));
        try {
            Facts facts = WorldSweep.glance(world, docker);
            Optional<Message> unread = facts.hosts().values().stream()
                    .flatMap(host -> host.namespaces()
                            .<Stream<Message>>fold(known -> Stream.empty(), unknown -> Stream.of(unknown.reason())))
                    .findFirst();
            if (unread.isPresent()) {
                return Optional.of(new Traced.CannotTell(say("trace.not-read", "reason", unread.get())));
            }
            ReachabilityQuery question = ReachabilityCheck.question(facts, from, to);
            Namespace sender = namespace(facts, question.from());
            Aim aim = aim(facts, question, sender, address(facts, question));
            TracedPacket packet = new TracedPacket(aim.to(), mark);
            if (guess.isPresent() && !guess.get().equals(aim)) {
                return Optional.empty();
            }
            SortedMap<String, ProbeOutput> outputs = sent.isPresent()
                    ? WorldSweep.joined(sent.get())
                    : listeners.send(aim.host(), aim.inode(), aim.to());
            TraceReader reader = new TraceReader(
                    facts, () -> new ReachabilityCheck(world, docker).read(Reachability.readings()), script, packet);
            TraceReader.Result result =
                    reader.read(from, to, new Node(facts.hosts().get(aim.host()), sender), outputs);
            return Optional.of(result.trace()
                    .<Traced>map(Traced.Done::new)
                    .orElseGet(() -> new Traced.CannotTell(
                            say("trace.not-here", "reason", result.trouble().orElseThrow()))));
        } finally {
            // nobody is told to stop while somebody else tells them to send
            sent.ifPresent(sending -> sending.handle((outputs, trouble) -> true).join());
        }
    }

    private static Namespace namespace(Facts facts, Scope scope) throws InvalidQuery {
        Optional<Namespace> found = facts.namespace(scope).toOptional();
        return found.orElseThrow(() -> new InvalidQuery(
                say("trace.no-namespace")
                        .with("place", scope.toString())
                        .with(
                                "reason",
                                facts.namespace(scope)
                                        .<Message>fold(
                                                there -> Message.NONE, Lookup.Absent::reason, Lookup.Unknown::reason)),
                say("trace.no-namespace.next")));
    }

    /** The address to send to, which may need a DNS question. */
    private IpAddress address(Facts facts, ReachabilityQuery question) throws InvalidQuery {
        if (question.to().isEmpty()) {
            Scope target = question.target().orElseThrow();
            namespace(facts, target);
            throw new InvalidQuery(say("trace.no-address", "place", target.toString()), say("trace.no-address.next"));
        }
        Optional<IpAddress> known = EndpointDiagnosis.address(facts, question);
        return known.isPresent() ? known.get() : asked(facts, question);
    }

    /** The address that the name server of the sender gives for the name. */
    private IpAddress asked(Facts facts, ReachabilityQuery question) throws InvalidQuery {
        ActiveProbe.Dns probe = new ActiveProbe.Dns(question.from(), question.to(), Optional.empty());
        Facts asked = WorldSweep.again(world, facts, Set.of(probe));
        return EndpointDiagnosis.address(asked, question)
                .orElseThrow(() -> new InvalidQuery(
                        say("trace.no-such-name")
                                .with("name", question.to())
                                .with("place", question.from().toString())
                                .with(
                                        "reason",
                                        asked.capture(probe)
                                                .map(DnsOutcome::parse)
                                                .map(PacketTracer::said)
                                                .orElseGet(() -> say("name.not-asked"))),
                        say("trace.no-such-name.next")));
    }

    private static Message said(DnsOutcome asked) {
        return switch (asked.kind()) {
            case ANSWERED -> say("name.no-ipv4");
            case NO_SUCH_NAME -> say("name.unknown-to-server");
            case SERVER_FAILED -> say("name.server-failed");
            case NO_SERVER -> say("name.no-server");
            case COULD_NOT_RUN -> asked.line();
        };
    }
}
