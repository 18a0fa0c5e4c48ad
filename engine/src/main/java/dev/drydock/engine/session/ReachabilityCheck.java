package dev.drydock.engine.session;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.host.World;
import dev.drydock.engine.lab.Suggestion;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.probe.ProbeTimeouts;
import dev.drydock.verify.reachability.DatagramProbe;
import dev.drydock.verify.reachability.EndpointDiagnosis;
import dev.drydock.verify.reachability.LargePackets;
import dev.drydock.verify.reachability.ProbeResult;
import dev.drydock.verify.reachability.Reachability;
import dev.drydock.verify.reachability.ReachabilityQuery;
import dev.drydock.verify.words.Message;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Questions about two places of a world by the names that a learner uses for them: {@code web}, {@code host}, {@code alpha/red}, {@code 8.8.8.8}. */
public final class ReachabilityCheck {
    private static final Set<String> HOST = Set.of("host", "labhost");
    private static final String AS_NAME = "name:";

    /** How many rounds of further probes may follow when no name server has answered. */
    private static final int MOST_FURTHER = 3;

    /** A DNS name or an alias; only such a word is put into a question to a name server. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}");

    private final World world;
    private final boolean docker;

    /** @param docker whether the lab has Docker */
    public ReachabilityCheck(World world, boolean docker) {
        this.world = world;
        this.docker = docker;
    }

    /**
     * Reads the facts of all hosts, and tries the probes, in one round trip to each host. Probes that can get no answer are given up early.
     *
     * @throws dev.drydock.engine.host.HostTrouble when a lab host is gone
     */
    public Facts read(Set<ActiveProbe> probes) {
        return WorldSweep.hurried(world, docker, probes, Set.of(), Optional.empty())
                .facts();
    }

    /**
     * Says why one place can or cannot reach another, and compares that with a real probe. The probe runs right after the reading. Where the two do
     * not agree, the state may have changed in between, or only the probe filled the kernel's neighbour table, so both are done again together. The
     * evidence is what its commands print after that.
     *
     * @param from see {@link #question}
     * @param to see {@link #question}
     * @throws InvalidQuery when the words make no question
     * @throws dev.drydock.engine.host.HostTrouble when a lab host is gone, or does not tell its places
     */
    public Reachability why(String from, String to) throws InvalidQuery {
        return why(from, to, OptionalInt.empty());
    }

    /**
     * The same for packets of a given size.
     *
     * @param size in bytes, with the IP header; empty to try a small packet, and to report the place where a large one is lost
     */
    public Reachability why(String from, String to, OptionalInt size) throws InvalidQuery {
        Facts before = read(Reachability.readings());
        ReachabilityQuery question = question(before, from, to);
        Set<ActiveProbe> probes = Reachability.probes(before, question);
        Facts facts = WorldSweep.again(world, before, probes);
        ReachabilityQuery named = Reachability.named(facts, question);
        if (!named.equals(question)) {
            question = named;
            probes = Reachability.probes(before, question);
            facts = WorldSweep.again(world, facts, probes);
        }
        Set<ActiveProbe> datagrams = DatagramProbe.probes(facts, question);
        if (!datagrams.isEmpty()) {
            probes.addAll(datagrams);
            facts = WorldSweep.again(world, facts, datagrams);
        }
        for (int i = 0; i < MOST_FURTHER; i++) {
            Set<ActiveProbe> further = Reachability.further(facts, question);
            if (further.isEmpty()) {
                break;
            }
            probes.addAll(further);
            facts = WorldSweep.again(world, facts, further);
        }
        Reachability reach = Reachability.of(facts, question);
        if (reach.disagree()) {
            Set<ActiveProbe> all = new LinkedHashSet<>(Reachability.readings());
            all.addAll(probes);
            ProbeTimeouts patience = WorldSweep.patience(world);
            boolean silent = reach.probe().kind() == ProbeResult.Kind.SILENCE;
            facts = WorldSweep.read(
                            world, docker, all, Set.of(), Optional.empty(), silent ? patience.afterSilence() : patience)
                    .facts();
            reach = Reachability.of(facts, question);
        }
        if (reach.verdict() == Reachability.Verdict.REACHES) {
            Optional<Reachability> large = large(facts, question, size);
            reach = size.isPresent() && large.isPresent() ? large.get() : reach.with(large);
        }
        return reach.withEvidence(new PrintedEvidence(world)::of);
    }

    private Optional<Reachability> large(Facts facts, ReachabilityQuery question, OptionalInt size) {
        Set<ActiveProbe> probes = LargePackets.of(facts, question, size).probes();
        Facts tried = probes.isEmpty() ? facts : WorldSweep.again(world, facts, probes);
        return LargePackets.of(tried, question, size).found();
    }

    /**
     * The question that two words make.
     *
     * @param from a place: {@code host}, a lab host, a container, a namespace, {@code beta/web}, a scope such as {@code pid:42}, or an address that
     *     one of them has
     * @param to a destination in the forms of {@link Destination}
     * @throws InvalidQuery when a word names no place, or several, or has a wrong form
     * @throws dev.drydock.engine.host.HostTrouble when a host does not tell its namespaces or containers, so that this is not known
     */
    public static ReachabilityQuery question(Facts facts, String from, String to) throws InvalidQuery {
        Scope source = source(facts, from);
        Destination asked = Destination.parse(to);
        if (asked.as() == Destination.As.NAME || asked.as() == Destination.As.ADDRESS) {
            refuseBroadcast(facts, asked);
            return query(source, Optional.empty(), asked.word(), asked);
        }
        String name = asked.word();
        boolean ipv6 = asked.as() == Destination.As.PLACE_BY_IPV6;
        Optional<Scope> target = place(facts, name);
        if (target.isPresent()) {
            ReachabilityQuery there = query(
                    source,
                    target,
                    EndpointDiagnosis.question(facts, source, target.get(), asked.port(), ipv6)
                            .to(),
                    asked);
            return isResolved(facts, source, target.get(), name) && !there.to().contains(":")
                    ? Reachability.named(facts, there.by(name))
                    : there;
        }
        if (name.matches("[0-9]+([.][0-9]+)+")) {
            throw new InvalidQuery(say("question.no-address", "typed", name), say("question.no-address.next"));
        }
        if (!name.contains(".") && !name.equals("localhost")) {
            requireNames(facts, name);
        }
        boolean meansPlace = !name.contains(".") && !isAlias(facts, name) && !name.equals("localhost");
        if (ipv6
                || !NAME.matcher(name).matches()
                || (meansPlace && near(facts, name).isPresent())) {
            throw unknown(facts, name, Optional.of(AS_NAME + name));
        }
        return query(source, Optional.empty(), name, asked);
    }

    private static ReachabilityQuery query(Scope source, Optional<Scope> target, String to, Destination asked) {
        return new ReachabilityQuery(source, target, to, asked.port(), asked.protocol());
    }

    /** The place that sends; a port is refused. */
    private static Scope source(Facts facts, String from) throws InvalidQuery {
        Optional<Scope> source = place(facts, from);
        if (source.isPresent()) {
            return source.get();
        }
        int colon = from.lastIndexOf(':');
        if (colon > 0
                && from.substring(colon + 1).matches("[0-9]+(?:/.*)?")
                && place(facts, from.substring(0, colon)).isPresent()) {
            throw new InvalidQuery(
                    say("question.port-of-source", "typed", from),
                    say("question.port-of-source.next", "place", from.substring(0, colon)),
                    Optional.of(new InvalidQuery.Part(from, colon, from.length())));
        }
        throw unknown(facts, from, Optional.empty());
    }

    /** Refuses the broadcast address of a subnet. */
    private static void refuseBroadcast(Facts facts, Destination asked) throws InvalidQuery {
        Optional<Cidr> subnet =
                asked.address().flatMap(zoned -> NetworkModel.of(facts).broadcasts(zoned.address()));
        if (subnet.isPresent()) {
            throw new InvalidQuery(
                    say("question.broadcast", "address", asked.word(), "subnet", subnet.get()),
                    say("question.many.next"));
        }
    }

    /**
     * Whether a program in {@code source} would resolve the word as a name: the name of a container, or one in its hosts file. Names of namespaces
     * and lab hosts cannot be resolved.
     */
    private static boolean isResolved(Facts facts, Scope source, Scope target, String word) {
        boolean container =
                target.kind() == Scope.Kind.CONTAINER && target.name().equals(word);
        boolean filed = facts.hostsFile(source).toOptional().stream()
                .flatMap(List::stream)
                .anyMatch(entry -> entry.names().contains(word));
        return !source.equals(target) && (container || filed);
    }

    /** The place that a word names. Places of the default host win over those of other hosts. */
    private static Optional<Scope> place(Facts facts, String word) throws InvalidQuery {
        if (HOST.contains(word)) {
            return Optional.of(Scope.LAB_HOST);
        }
        int slash = word.indexOf('/');
        HostFacts first = facts.hosts().get(slash > 0 ? word.substring(0, slash) : facts.defaultHost());
        List<Scope> found = first == null ? List.of() : on(facts, first, word.substring(slash + 1));
        if (found.isEmpty() && slash < 0) {
            found = facts.hosts().values().stream()
                    .flatMap(host -> on(facts, host, word).stream())
                    .toList();
        }
        if (found.size() > 1) {
            throw new InvalidQuery(
                    say("question.several-places", "typed", word),
                    say("question.several-places.next")
                            .with("places", found.stream().map(Scope::toString).toList()));
        }
        return found.stream().findFirst();
    }

    /** The places of a host that a word can mean, each once. */
    private static List<Scope> on(Facts facts, HostFacts host, String word) {
        Optional<String> name = host.name().equals(facts.defaultHost()) ? Optional.empty() : Optional.of(host.name());
        if (word.equals(host.name()) || HOST.contains(word)) {
            return List.of(new Scope(name, Scope.Kind.HOST, ""));
        }
        Optional<IpAddress> address = IpAddress.tryParse(word);
        if (address.isPresent()) {
            // every namespace has the loopback addresses, so they name none
            return NetworkModel.of(facts)
                    .nodes(host)
                    .filter(node -> node.wires().stream().anyMatch(wire -> wire.has(address.get())))
                    .flatMap(node -> node.namespace().names().stream().limit(1))
                    .map(scope -> new Scope(name, scope.kind(), scope.name()))
                    .toList();
        }
        Map<Optional<Long>, Scope> places = new LinkedHashMap<>();
        for (Scope.Kind kind : List.of(Scope.Kind.CONTAINER, Scope.Kind.NETNS, Scope.Kind.PID)) {
            String prefix = kind.name().toLowerCase(Locale.ROOT) + ":";
            String rest = word.startsWith(prefix) ? word.substring(prefix.length()) : word;
            if (names(host, kind, rest) && (kind != Scope.Kind.PID || !rest.equals(word))) {
                Scope scope = new Scope(name, kind, rest);
                places.putIfAbsent(inode(facts, scope), scope);
            }
        }
        return List.copyOf(places.values());
    }

    private static boolean names(HostFacts host, Scope.Kind kind, String name) {
        return switch (kind) {
            case HOST -> false;
            case CONTAINER ->
                known(host.containers()).stream().anyMatch(one -> one.name().equals(name));
            case NETNS ->
                known(host.namespaces()).stream()
                        .anyMatch(one -> one.names(kind).contains(name));
            case PID ->
                known(host.processes()).stream()
                        .anyMatch(one -> Integer.toString(one.pid()).equals(name));
        };
    }

    /** Empty for what has no namespace, such as a container that does not run. */
    private static Optional<Long> inode(Facts facts, Scope scope) {
        return facts.namespace(scope).toOptional().map(Namespace::inode);
    }

    private static boolean isAlias(Facts facts, String name) {
        return facts.hosts().values().stream()
                .flatMap(host -> known(host.containers()).stream())
                .flatMap(container -> container.attachments().values().stream())
                .anyMatch(attachment -> attachment.aliases().contains(name));
    }

    /** Every word that names a place. */
    private static Set<String> names(Facts facts) {
        Set<String> names = new TreeSet<>();
        for (HostFacts host : facts.hosts().values()) {
            names.add(host.name());
            known(host.containers()).stream().map(Container::name).forEach(names::add);
            known(host.namespaces()).stream()
                    .flatMap(namespace -> namespace.names(Scope.Kind.NETNS).stream())
                    .forEach(names::add);
        }
        return names;
    }

    private static void requireNames(Facts facts, String word) {
        for (HostFacts host : facts.hosts().values()) {
            requireKnown(host, word, true, host.namespaces());
            requireKnown(host, word, false, host.containers());
        }
    }

    private static void requireKnown(HostFacts host, String word, boolean namespace, Reading<?> reading) {
        reading.fold(known -> Optional.<Message>empty(), unknown -> Optional.of(unknown.reason()))
                .ifPresent(reason -> {
                    throw new HostTrouble(say("question.cannot-tell")
                            .with("typed", word)
                            .with("namespace", namespace)
                            .with("host", host.name())
                            .with("reason", reason));
                });
    }

    private static Optional<String> near(Facts facts, String word) {
        return Suggestion.misspelt(word, names(facts));
    }

    /** @throws HostTrouble when a host does not tell its namespaces or containers: the word could name one of them */
    private static InvalidQuery unknown(Facts facts, String word, Optional<String> asName) {
        requireNames(facts, word);
        Set<String> names = names(facts);
        return new InvalidQuery(
                say("question.no-such-place", "typed", word, "near", near(facts, word)),
                say("question.no-such-place.next")
                        .with("one", names.size() == 1)
                        .with("names", List.copyOf(names))
                        .with("asName", asName));
    }

    private static <T> List<T> known(Reading<List<T>> reading) {
        return reading.orElse(List.of());
    }
}
