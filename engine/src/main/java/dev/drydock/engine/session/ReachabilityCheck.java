package dev.drydock.engine.session;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.host.World;
import dev.drydock.engine.lab.Suggestion;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.reachability.EndpointDiagnosis;
import dev.drydock.verify.reachability.Reachability;
import dev.drydock.verify.reachability.ReachabilityQuery;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Questions about two places of a world by the names that a learner uses for them: {@code web}, {@code host}, {@code alpha/red}, {@code 8.8.8.8}. */
public final class ReachabilityCheck {
    private static final Set<String> HOST = Set.of("host", "labhost");
    private static final String AS_NAME = "name:";

    /** Nothing but a name of DNS, or an alias; it becomes part of a question to a name server. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}");

    private static final Pattern SCOPED = Pattern.compile("(?:[^/:]+/)?(?:pid|netns|container|name):[^:]*");

    private final World world;
    private final boolean docker;

    /** @param docker whether the lab has Docker */
    public ReachabilityCheck(World world, boolean docker) {
        this.world = world;
        this.docker = docker;
    }

    /** What was typed names no place, or more than one. */
    public static final class Misnamed extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Message said;
        private final transient Message next;

        /**
         * @param sentence quotes what was typed
         * @param next what there is to be typed
         */
        Misnamed(Message sentence, Message next) {
            super(sentence.key());
            this.said = sentence;
            this.next = next;
        }

        /** What is wrong. */
        public Message said() {
            return said;
        }

        /** What there is to be typed. */
        public Message next() {
            return next;
        }

        @Override
        public String getMessage() {
            return Words.text(said);
        }
    }

    /** Reads everything, and tries the probes, in one round trip to each host. */
    public Facts read(Set<ActiveProbe> probes) {
        return WorldSweep.read(world, docker, probes, Set.of(), Optional.empty())
                .facts();
    }

    /**
     * Why one place can or cannot reach another, checked against a real probe. The probe comes right after the reading; where the two do not
     * agree, something may have changed in between, or only the probe made the kernel ask, so both are done again at one time.
     */
    public Reachability why(String from, String to) throws Misnamed {
        Facts before = read(Reachability.readings());
        ReachabilityQuery question = question(before, from, to);
        Set<ActiveProbe> probes = Reachability.probes(before, question);
        Reachability reach = Reachability.of(WorldSweep.again(world, before, probes), question);
        if (!reach.disagree()) {
            return reach;
        }
        Set<ActiveProbe> all = new LinkedHashSet<>(Reachability.readings());
        all.addAll(probes);
        return Reachability.of(read(all), question);
    }

    /**
     * What two words ask.
     *
     * @param from a place: {@code host}, a lab host, a container, a namespace, {@code beta/web}, a scope such as {@code pid:42}, or an
     *     address that one of them has
     * @param to a place, an address or a name, with {@code :port} behind it where TCP is meant
     */
    public static ReachabilityQuery question(Facts facts, String from, String to) throws Misnamed {
        Scope source = place(facts, from).orElseThrow(() -> unknown(facts, from, Optional.empty()));
        Optional<Integer> port = port(to);
        String name = port.isPresent() ? to.substring(0, to.lastIndexOf(':')) : to;
        if (name.startsWith(AS_NAME)) {
            return new ReachabilityQuery(source, Optional.empty(), name.substring(AS_NAME.length()), port);
        }
        if (IpAddress.tryParse(name).isPresent()) {
            return new ReachabilityQuery(source, Optional.empty(), name, port);
        }
        Optional<Scope> target = place(facts, name);
        if (target.isPresent()) {
            return EndpointDiagnosis.question(facts, source, target.get(), port);
        }
        if (name.matches("[0-9]+([.][0-9]+){3}")) {
            throw new Misnamed(say("question.no-address", "typed", name), say("question.no-address.next"));
        }
        if (!name.contains(".") && !name.equals("localhost")) {
            requireNames(facts, name);
        }
        boolean meansPlace = !name.contains(".") && !isAlias(facts, name) && !name.equals("localhost");
        if (!NAME.matcher(name).matches() || (meansPlace && near(facts, name).isPresent())) {
            throw unknown(facts, name, Optional.of(AS_NAME + name));
        }
        return new ReachabilityQuery(source, Optional.empty(), name, port);
    }

    /** {@code :80} at the end, unless the colons are those of an IPv6 address, or of a scope: {@code pid:42}. */
    static Optional<Integer> port(String to) throws Misnamed {
        int colon = to.lastIndexOf(':');
        String digits = to.substring(colon + 1);
        if (colon < 0
                || IpAddress.tryParse(to).isPresent()
                || SCOPED.matcher(to).matches()
                || !digits.matches("[0-9]+")) {
            return Optional.empty();
        }
        int port = digits.length() > 5 ? 0 : Integer.parseInt(digits);
        if (port < 1 || port > 65535) {
            throw new Misnamed(say("question.no-port", "typed", to, "port", digits), say("question.no-port.next"));
        }
        return Optional.of(port);
    }

    /** The place that a word names; what the first host has, before what the others have. */
    private static Optional<Scope> place(Facts facts, String word) throws Misnamed {
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
            throw new Misnamed(
                    say("question.several-places", "typed", word),
                    say(
                            "question.several-places.next",
                            "places",
                            found.stream().map(Scope::toString).toList()));
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
                    throw new HostTrouble(say(
                            "question.cannot-tell",
                            "typed",
                            word,
                            "namespace",
                            namespace,
                            "host",
                            host.name(),
                            "reason",
                            reason));
                });
    }

    private static Optional<String> near(Facts facts, String word) {
        return Suggestion.misspelt(word, names(facts));
    }

    /** @throws HostTrouble where it could be a namespace or a container, and the host or Docker does not tell which there are */
    private static Misnamed unknown(Facts facts, String word, Optional<String> asName) {
        requireNames(facts, word);
        Set<String> names = names(facts);
        return new Misnamed(
                say("question.no-such-place", "typed", word, "near", near(facts, word)),
                say(
                        "question.no-such-place.next",
                        "one",
                        names.size() == 1,
                        "names",
                        List.copyOf(names),
                        "asName",
                        asName));
    }

    private static <T> List<T> known(Reading<List<T>> reading) {
        return reading.orElse(List.of());
    }
}
