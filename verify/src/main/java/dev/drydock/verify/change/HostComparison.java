package dev.drydock.verify.change;

import dev.drydock.verify.change.Change.Kind;
import dev.drydock.verify.change.Change.Sign;
import dev.drydock.verify.change.Command.Stage;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares two sweeps of one host and gathers what differs by its cause. */
final class HostComparison {
    private final TreeMap<ChangeCause, List<Change>> byCause = new TreeMap<>();
    private final Set<String> unread = new LinkedHashSet<>();
    final HostFacts before;
    final HostFacts after;
    final NetworkModel networkBefore;
    final NetworkModel networkAfter;
    final Pairing pairing;
    final ChangeCauses causes;

    /** @param name of a host that both have */
    HostComparison(Facts earlier, Facts later, String name) {
        this.before = earlier.hosts().get(name);
        this.after = later.hosts().get(name);
        this.networkBefore = NetworkModel.of(earlier);
        this.networkAfter = NetworkModel.of(later);
        this.causes = new ChangeCauses(before, after);
        boolean containers = readable(before.containers(), after.containers(), "the containers");
        boolean networks = readable(before.networks(), after.networks(), "Docker's networks");
        if (containers && networks) {
            new DockerComparison(this).compare();
        }
        if (!readable(before.namespaces(), after.namespaces(), "anything")) {
            this.pairing = new Pairing(before, before);
            return;
        }
        this.pairing = new Pairing(before, after);
        namespaces();
        new LinkComparison(this).compare();
        new RouteComparison(this).compare();
        new RuleComparison(this).compare();
        new SettingComparison(this).compare();
    }

    Map<ChangeCause, List<Change>> byCause() {
        return byCause;
    }

    Set<String> unread() {
        return unread;
    }

    void add(ChangeCause cause, Change change) {
        byCause.computeIfAbsent(cause, none -> new ArrayList<>()).add(change);
    }

    /** Whether both can be compared; where not, what is remembered as not known. */
    boolean readable(Reading<?> one, Reading<?> other, String what) {
        one.fold(
                known -> true,
                unknown -> unread.add("Whether " + what + " changed cannot be told: " + Words.text(unknown.reason())));
        if (Pairing.isKnown(one)) {
            other.fold(
                    known -> true,
                    unknown ->
                            unread.add("Whether " + what + " changed cannot be told: " + Words.text(unknown.reason())));
        }
        return Pairing.isKnown(one) && Pairing.isKnown(other);
    }

    boolean isNew(Namespace namespace) {
        return pairing.newNamespaces.contains(namespace);
    }

    boolean isGone(Namespace namespace) {
        return pairing.goneNamespaces.contains(namespace);
    }

    static String place(Namespace namespace) {
        return namespace.label();
    }

    private void namespaces() {
        for (Namespace gone : pairing.goneNamespaces) {
            Change change = namespace(Sign.REMOVED, gone);
            add(
                    causes.of(gone),
                    named(gone)
                            ? change.by(netns(Stage.NAMESPACES_GO, "del", gone))
                            : change.byNothing("a namespace without a name ends with the last process in it"));
        }
        for (Namespace made : pairing.newNamespaces) {
            Change change = namespace(Sign.ADDED, made);
            add(
                    causes.of(made),
                    named(made)
                            ? change.by(commands(made))
                            : change.byNothing(
                                    "a namespace without a name lasts as long as a process in it: unshare --net PROGRAM"));
        }
        for (Pairing.Both<Namespace> both : pairing.namespaces) {
            names(both.before(), both.after());
        }
    }

    private static Change namespace(Sign sign, Namespace namespace) {
        return Change.of(
                Kind.NAMESPACE,
                sign,
                "namespace",
                place(namespace),
                "of " + NamespaceWords.name(namespace) + ", net:[" + namespace.inode() + "]");
    }

    private static boolean named(Namespace namespace) {
        return namespace.names().stream().anyMatch(name -> name.kind() != Scope.Kind.PID);
    }

    private static Command netns(Stage stage, String verb, Namespace namespace) {
        return new Command(stage, "ip netns " + verb + " " + NamespaceWords.netns(namespace, true));
    }

    private static List<Command> commands(Namespace made) {
        List<Command> commands = new ArrayList<>(List.of(netns(Stage.NAMESPACES, "add", made)));
        boolean loopback = Pairing.known(made.links()).stream()
                .anyMatch(link -> link.name().equals("lo") && link.up());
        if (loopback) {
            commands.add(new Command(Stage.LINKS_ARE_UP, NamespaceWords.ip(made, true) + " link set lo up"));
        }
        return commands;
    }

    /** Names under {@code /run/netns} that a namespace got or lost while it went on. */
    private void names(Namespace was, Namespace is) {
        Set<Scope> lost = named(was.names(), is.names());
        Set<Scope> got = named(is.names(), was.names());
        for (Scope name : got) {
            Change change = Change.of(
                    Kind.NAMESPACE,
                    Sign.ADDED,
                    "name",
                    place(is),
                    name.name() + " for the namespace of " + NamespaceWords.name(was));
            add(
                    ChangeCause.COMMAND,
                    was.isHost()
                            ? change.byNothing("ip netns attach " + LearnerCommand.quoted(name.name()) + " $$")
                            : change.by(new Command(
                                    Stage.NAMESPACES,
                                    "ip netns attach " + LearnerCommand.quoted(name.name()) + " "
                                            + NamespaceWords.process(was))));
        }
        for (Scope name : lost) {
            Change change = Change.of(
                    Kind.NAMESPACE,
                    Sign.REMOVED,
                    "name",
                    place(is),
                    name.name() + "; the namespace lives on as that of " + NamespaceWords.name(is));
            add(
                    ChangeCause.COMMAND,
                    change.by(new Command(Stage.NAMESPACES_GO, "ip netns del " + LearnerCommand.quoted(name.name()))));
        }
    }

    private static Set<Scope> named(Set<Scope> from, Set<Scope> without) {
        Set<Scope> names = new TreeSet<>(java.util.Comparator.comparing(Scope::name));
        from.stream()
                .filter(name -> name.kind() == Scope.Kind.NETNS && !without.contains(name))
                .forEach(names::add);
        return names;
    }
}
