package dev.drydock.engine.session;

import dev.drydock.engine.host.World;
import dev.drydock.engine.lab.Suggestion;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.InterfaceAddress;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.way.Places;
import dev.drydock.verify.way.Question;
import dev.drydock.verify.way.Reach;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Questions about two places of a world by the names that a learner uses for them: {@code web}, {@code host}, {@code alpha/red}, {@code 8.8.8.8}. */
public final class Enquiry {
    private static final Set<String> HOST = Set.of("host", "labhost");
    private static final String AS_NAME = "name:";

    private final World world;
    private final boolean docker;

    /** @param docker whether the lab has Docker */
    public Enquiry(World world, boolean docker) {
        this.world = world;
        this.docker = docker;
    }

    /** A name that no place has. The message says what was typed, what is there, and what may have been meant. */
    public static final class NoSuchPlace extends Exception {
        private static final long serialVersionUID = 1;

        NoSuchPlace(String message) {
            super(message);
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
    public Reach why(String from, String to) throws NoSuchPlace {
        Facts before = read(Reach.readings());
        Question question = question(before, from, to);
        Set<ActiveProbe> probes = Reach.probes(before, question);
        Reach reach = Reach.of(WorldSweep.again(world, before, probes), question);
        if (!reach.disagree()) {
            return reach;
        }
        Set<ActiveProbe> all = new LinkedHashSet<>(Reach.readings());
        all.addAll(probes);
        return Reach.of(read(all), question);
    }

    /**
     * What two words ask.
     *
     * @param to a place, an address or a name, with {@code :port} behind it where TCP is meant
     */
    public static Question question(Facts facts, String from, String to) throws NoSuchPlace {
        Scope source = place(facts, from).orElseThrow(() -> unknown(facts, from, ""));
        Optional<Integer> port = port(to);
        String name = port.isPresent() ? to.substring(0, to.lastIndexOf(':')) : to;
        if (name.startsWith(AS_NAME)) {
            return new Question(source, Optional.empty(), name.substring(AS_NAME.length()), port);
        }
        if (IpAddress.tryParse(name).isPresent()) {
            return new Question(source, Optional.empty(), name, port);
        }
        Optional<Scope> target = place(facts, name);
        if (target.isPresent()) {
            return Places.question(facts, source, target.get(), port);
        }
        boolean meansPlace = !name.contains(".") && !isAlias(facts, name) && !name.equals("localhost");
        if (name.isEmpty()
                || name.contains("/")
                || (meansPlace && near(facts, name).isPresent())) {
            throw unknown(facts, name, " " + AS_NAME + name + " asks for it as a name of DNS.");
        }
        return new Question(source, Optional.empty(), name, port);
    }

    /** {@code :80} at the end, unless the colons are those of an IPv6 address. */
    private static Optional<Integer> port(String text) throws NoSuchPlace {
        int colon = text.lastIndexOf(':');
        String digits = text.substring(colon + 1);
        if (colon < 0 || IpAddress.tryParse(text).isPresent() || !digits.matches("[0-9]+")) {
            return Optional.empty();
        }
        int port = digits.length() > 5 ? 0 : Integer.parseInt(digits);
        if (port < 1 || port > 65535) {
            throw new NoSuchPlace("'" + digits + "' in '" + text + "' is no port; a port is 1 to 65535.");
        }
        return Optional.of(port);
    }

    /** The place that a word names; a container before a namespace, the first host before the others. */
    public static Optional<Scope> place(Facts facts, String word) {
        if (HOST.contains(word)) {
            return Optional.of(Scope.LAB_HOST);
        }
        int slash = word.indexOf('/');
        if (slash > 0) {
            String host = word.substring(0, slash);
            return Optional.ofNullable(facts.hosts().get(host))
                    .flatMap(there -> on(facts, there, word.substring(slash + 1)));
        }
        HostFacts first = facts.hosts().get(facts.defaultHost());
        Optional<Scope> here = on(facts, first, word);
        if (here.isPresent()) {
            return here;
        }
        return facts.hosts().values().stream()
                .flatMap(host -> on(facts, host, word).stream())
                .findFirst();
    }

    private static Optional<Scope> on(Facts facts, HostFacts host, String word) {
        Optional<String> name = host.name().equals(facts.defaultHost()) ? Optional.empty() : Optional.of(host.name());
        if (word.equals(host.name()) || HOST.contains(word)) {
            return Optional.of(new Scope(name, Scope.Kind.HOST, ""));
        }
        int colon = word.indexOf(':');
        String kind = colon < 0 ? "" : word.substring(0, colon);
        String rest = word.substring(colon + 1);
        boolean container = (kind.isEmpty() || kind.equals("container"))
                && known(host.containers()).stream().anyMatch(one -> one.name().equals(rest));
        if (container) {
            return Optional.of(new Scope(name, Scope.Kind.CONTAINER, rest));
        }
        boolean namespace = (kind.isEmpty() || kind.equals("netns"))
                && known(host.namespaces()).stream()
                        .flatMap(one -> one.names().stream())
                        .anyMatch(one ->
                                one.kind() == Scope.Kind.NETNS && one.name().equals(rest));
        if (namespace) {
            return Optional.of(new Scope(name, Scope.Kind.NETNS, rest));
        }
        return IpAddress.tryParse(word).flatMap(address -> known(host.namespaces()).stream()
                .filter(one -> holds(one, address))
                .flatMap(one -> one.names().stream().limit(1))
                .findFirst()
                .map(scope -> new Scope(name, scope.kind(), scope.name())));
    }

    private static boolean holds(Namespace namespace, IpAddress address) {
        return known(namespace.links()).stream()
                .flatMap(link -> link.addresses().stream())
                .map(InterfaceAddress::address)
                .anyMatch(own -> own.address().equals(address));
    }

    private static boolean isAlias(Facts facts, String name) {
        return facts.hosts().values().stream()
                .flatMap(host -> known(host.containers()).stream())
                .flatMap(container -> container.attachments().values().stream())
                .anyMatch(attachment -> attachment.aliases().contains(name));
    }

    /** Every word that names a place. */
    public static Set<String> names(Facts facts) {
        Set<String> names = new TreeSet<>();
        for (HostFacts host : facts.hosts().values()) {
            names.add(host.name());
            known(host.containers()).stream().map(Container::name).forEach(names::add);
            known(host.namespaces()).stream()
                    .flatMap(namespace -> namespace.names().stream())
                    .filter(scope -> scope.kind() == Scope.Kind.NETNS)
                    .map(Scope::name)
                    .forEach(names::add);
        }
        return names;
    }

    private static Optional<String> near(Facts facts, String word) {
        return Suggestion.misspelt(word, names(facts));
    }

    private static NoSuchPlace unknown(Facts facts, String word, String more) {
        List<String> sentences = new ArrayList<>();
        sentences.add("There is no container, namespace or host '" + word + "' in this lab"
                + near(facts, word)
                        .map(found -> "; did you mean '" + found + "'?")
                        .orElse("."));
        sentences.add(
                "There " + (names(facts).size() == 1 ? "is " : "are ") + String.join(", ", names(facts)) + "." + more);
        return new NoSuchPlace(String.join(" ", sentences));
    }

    private static <T> List<T> known(Reading<List<T>> reading) {
        return reading.fold(known -> known.value(), unknown -> List.of());
    }
}
