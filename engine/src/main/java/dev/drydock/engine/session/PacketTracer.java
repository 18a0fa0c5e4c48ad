package dev.drydock.engine.session;

import dev.drydock.engine.host.LabHost;
import dev.drydock.engine.host.World;
import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.probe.DnsOutcome;
import dev.drydock.verify.probe.Patience;
import dev.drydock.verify.probe.Sweep;
import dev.drydock.verify.trace.Ends;
import dev.drydock.verify.trace.Ends.Place;
import dev.drydock.verify.trace.Ends.Target;
import dev.drydock.verify.trace.Trace;
import dev.drydock.verify.trace.TraceReader;
import dev.drydock.verify.trace.TraceScript;
import dev.drydock.verify.trace.TracedPacket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** Sends one real packet in a world and follows it, with the kernels of all its lab hosts listening. */
public final class PacketTracer {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final World world;
    private final boolean docker;

    public PacketTracer(World world, boolean docker) {
        this.world = world;
        this.docker = docker;
    }

    /** The trace, or a sentence on why there is none. */
    public sealed interface Traced {
        record Done(Trace trace) implements Traced {}

        /** What was typed does not name two ends. */
        record Misnamed(String sentence, String next) implements Traced {}

        /** It could not be tried. */
        record CannotTell(String sentence) implements Traced {}
    }

    /**
     * @param from a place: {@code host}, a lab host, a namespace, a container, an address that one of them has
     * @param to the same, or any address, or a name that {@code from} can resolve; with {@code :PORT} a TCP connection is tried
     */
    public Traced trace(String from, String to) {
        Facts facts = new WorldSweep()
                .read(world, docker, List.of(), Optional.empty())
                .facts();
        Optional<String> unread = facts.hosts().values().stream()
                .map(host -> host.namespaces().fold(known -> "", unknown -> unknown.reason()))
                .filter(reason -> !reason.isEmpty())
                .findFirst();
        if (unread.isPresent()) {
            return new Traced.CannotTell("What there is could not be read: " + unread.get() + ".");
        }
        Ends ends = new Ends(facts);
        List<Place> sources = ends.places(from);
        if (sources.size() != 1) {
            return misnamed(from, sources, ends, facts);
        }
        Target target;
        try {
            target = Target.parse(to);
        } catch (IllegalArgumentException noPort) {
            return new Traced.Misnamed(noPort.getMessage() + ".", "Write lab trace A B or lab trace A B:PORT.");
        }
        return address(facts, ends, sources.get(0), target, found -> follow(facts, from, to, sources.get(0), found));
    }

    private interface Follow {
        Traced to(TracedPacket packet);
    }

    private Traced address(Facts facts, Ends ends, Place source, Target target, Follow follow) {
        Optional<IpAddress> address = IpAddress.tryParse(target.name());
        if (address.isEmpty()) {
            List<Place> places = ends.places(target.name());
            if (places.size() > 1) {
                return misnamed(target.name(), places, ends, facts);
            }
            if (places.size() == 1) {
                address = ends.address(source, places.get(0));
                if (address.isEmpty()) {
                    return new Traced.Misnamed(
                            target.name() + " has no IPv4 address, so nothing can be sent to it.",
                            "Give it one, or write an address.");
                }
            } else {
                address = ends.fromHostsFile(source, target.name());
            }
        }
        if (address.isEmpty() && target.name().matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}")) {
            DnsOutcome asked = ask(ends.scope(source), target.name(), facts.defaultHost());
            address =
                    asked.addresses().stream().filter(found -> !found.isIpv6()).findFirst();
            if (address.isEmpty()) {
                return new Traced.Misnamed(
                        "'" + target.name() + "' is no place of this lab, and no name that " + ends.scope(source)
                                + " can resolve: " + said(asked) + ".",
                        "Places here: " + names(ends, facts) + ".");
            }
        }
        if (address.isEmpty()) {
            return misnamed(target.name(), List.of(), ends, facts);
        }
        if (address.get().isIpv6()) {
            return new Traced.Misnamed(
                    "Only IPv4 is traced, and " + address.get() + " is IPv6.", "Write an IPv4 address.");
        }
        IpAddress found = address.get();
        return follow.to(
                target.port().isPresent()
                        ? TracedPacket.tcp(found, target.port().getAsInt())
                        : TracedPacket.echo(found));
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

    private DnsOutcome ask(Scope in, String name, String first) {
        ActiveProbe.Dns question = new ActiveProbe.Dns(in, name, Optional.empty());
        LabHost host = world.host(in.host().orElse(first));
        Sweep sweep = Sweep.of(
                Set.of(question), Set.of(), docker, new Patience(host.pace().factor()));
        HostFacts facts = sweep.parse(host.name(), host.run(sweep.script(), LIMIT));
        return DnsOutcome.parse(facts.capture(question).orElseThrow());
    }

    private static Traced misnamed(String name, List<Place> found, Ends ends, Facts facts) {
        return found.isEmpty()
                ? new Traced.Misnamed(
                        "'" + name + "' is no place of this lab.", "Places here: " + names(ends, facts) + ".")
                : new Traced.Misnamed(
                        "'" + name + "' can mean several places.",
                        "Write one of "
                                + found.stream()
                                        .map(place -> ends.scope(place).toString())
                                        .collect(Collectors.joining(", "))
                                + ".");
    }

    private static String names(Ends ends, Facts facts) {
        return ends.all().stream()
                .map(place -> ends.scope(place).kind() == Scope.Kind.HOST
                        ? place.host()
                        : place.host().equals(facts.defaultHost())
                                ? ends.scope(place).kind() == Scope.Kind.PID
                                        ? ends.scope(place).toString()
                                        : ends.scope(place).name()
                                : place.host() + "/" + ends.scope(place).name())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private Traced follow(Facts facts, String from, String to, Place source, TracedPacket packet) {
        TraceScript script = TraceScript.of(packet, world.labHost().pace().factor());
        TreeMap<String, ProbeOutput> outputs = new TreeMap<>();
        TreeMap<String, CompletableFuture<ProbeOutput>> others = new TreeMap<>();
        List<CompletableFuture<Void>> ready = world.hostNames().stream()
                .filter(name -> !name.equals(source.host()))
                .map(name -> {
                    CompletableFuture<Void> listens = new CompletableFuture<>();
                    others.put(name, CompletableFuture.supplyAsync(() -> listen(script, name, listens)));
                    return listens;
                })
                .toList();
        try {
            ready.forEach(CompletableFuture::join);
            LabHost sender = world.host(source.host());
            outputs.put(
                    source.host(), sender.run(script.sending(source.namespace().inode()), LIMIT));
            others.keySet().forEach(name -> world.host(name).run(script.end(), LIMIT));
            others.forEach((name, output) -> outputs.put(name, output.join()));
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        TraceReader.Result result =
                new TraceReader(facts, script).read(from, to, source.host(), source.namespace(), outputs);
        return result.trace()
                .<Traced>map(Traced.Done::new)
                .orElseGet(() -> new Traced.CannotTell(
                        "Cannot trace here: " + result.trouble().orElseThrow().strip() + "."));
    }

    /** Listens on another lab host than the one that sends. */
    private ProbeOutput listen(TraceScript script, String name, CompletableFuture<Void> listens) {
        StringBuilder soFar = new StringBuilder();
        try {
            return world.host(name)
                    .run(
                            script.listening(),
                            LIMIT,
                            piece -> {
                                soFar.append(piece);
                                if (script.listens(soFar.toString())) {
                                    listens.complete(null);
                                }
                            },
                            piece -> {});
        } finally {
            listens.complete(null);
        }
    }
}
