package dev.drydock.verify.expect;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.Mount;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.probe.MountOutcome;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * {@code mount: {in: host, target: /run/netns/busybox, netns_of: container:busybox}}: what is mounted at a path in the lab host's own
 * mount namespace, the network namespace of a place being told by its inode. Links in the folders of the path are followed, one at its
 * end is not; where mounts lie on each other, the uppermost counts.
 *
 * @param netnsOf on the same host, where it names none
 */
public record MountPoint(
        Optional<String> host,
        String target,
        boolean exists,
        Optional<Scope> netnsOf,
        Optional<String> type,
        Optional<String> source)
        implements Expectation {
    private static final String NAMES = "/run/netns/";

    /** @throws IllegalArgumentException with a sentence for the author when what must not be has attributes */
    public MountPoint {
        Objects.requireNonNull(host);
        Objects.requireNonNull(target);
        if (!exists && (netnsOf.isPresent() || type.isPresent() || source.isPresent())) {
            throw new IllegalArgumentException("where nothing must be mounted, nothing else can be asked for");
        }
        Optional<String> here = host;
        netnsOf = netnsOf.map(scope -> scope.host().isPresent() ? scope : new Scope(here, scope.kind(), scope.name()));
    }

    @Override
    public String describe() {
        return (exists ? wanted() : "nothing") + " is mounted at " + target + PlaceWords.on(host);
    }

    @Override
    public String describeOpposite() {
        boolean any = netnsOf.isEmpty() && type.isEmpty() && source.isEmpty();
        return any
                ? new MountPoint(host, target, !exists, netnsOf, type, source).describe()
                : wanted() + " is not mounted at " + target + PlaceWords.on(host);
    }

    /** {@code the network namespace of busybox}, {@code a tmpfs}, {@code something}. */
    private String wanted() {
        String what = netnsOf.map(scope -> "the network namespace of " + PlaceWords.place(scope))
                .or(() -> type.map(name -> "a " + name))
                .orElse("something");
        return what + source.map(name -> " from " + name).orElse("");
    }

    @Override
    public Set<ActiveProbe> probes() {
        return Set.of(probe());
    }

    private ActiveProbe probe() {
        return new ActiveProbe.MountedAt(new Scope(host, Scope.Kind.HOST, ""), target);
    }

    @Override
    public Set<Scope> places() {
        return netnsOf.map(Set::of).orElse(Set.of());
    }

    @Override
    public Verdict judge(Facts facts) {
        return ScopeLookup.on(
                facts, host, there -> ScopeLookup.firstObstacle(facts, places()).orElseGet(() -> facts.capture(probe())
                        .map(capture -> judge(facts, there, capture))
                        .orElseGet(() -> Verdict.cannotTell("what is mounted at " + target + " was not looked for"))));
    }

    private Verdict judge(Facts facts, HostFacts there, ProbeCapture capture) {
        MountOutcome outcome = MountOutcome.parse(capture, target);
        if (outcome.trouble().isPresent()) {
            return Verdict.cannotTell(
                    "what is mounted at " + target + " could not be read: "
                            + outcome.trouble().get(),
                    Captures.errors(capture));
        }
        if (outcome.mount().isEmpty()) {
            return exists ? nothing(capture, outcome) : Verdict.met(new Evidence(capture.command(), ""));
        }
        Mount mount = outcome.mount().get();
        Evidence line = new Evidence(capture.command(), target + " " + mount.shownSource() + " " + mount.type());
        if (!exists) {
            return Verdict.notMet("nothing mounted at " + target, words(there, mount) + " mounted at " + target, line);
        }
        Comparison comparison = new Comparison().looking(line);
        netnsOf.ifPresent(scope -> compareNamespace(comparison, facts, there, scope, mount));
        type.ifPresent(wanted -> comparison
                .looking(line)
                .that(
                        wanted.equals(mount.type()),
                        "a " + wanted + " mounted at " + target,
                        "a " + mount.type() + " mounted at " + target));
        source.ifPresent(wanted -> comparison
                .looking(line)
                .that(
                        wanted.equals(mount.source()) || wanted.equals(mount.shownSource()),
                        "source " + wanted,
                        "source " + mount.shownSource()));
        return comparison.verdict();
    }

    private Verdict nothing(ProbeCapture capture, MountOutcome outcome) {
        String file =
                switch (outcome.file()) {
                    case NONE -> "; there is no such file";
                    case LINK -> "; it is a symbolic link to " + outcome.link().orElse("");
                    case PLAIN -> "; it is a plain file";
                    case FOLDER -> "; it is a folder";
                    case OTHER -> "";
                };
        return Verdict.notMet(
                        wanted() + " mounted at " + target,
                        "nothing mounted at " + target + file,
                        new Evidence(capture.command(), ""))
                .because(whyNothing(outcome.file()));
    }

    private Optional<String> whyNothing(MountOutcome.File file) {
        boolean name = target.replaceFirst("^/var/run/", "/run/").startsWith(NAMES);
        return switch (file) {
            case PLAIN ->
                name
                        ? Optional.of("ip netns lists every file there, but a file is only a name"
                                + " until a namespace is mounted on it")
                        : Optional.empty();
            case LINK ->
                Optional.of("a symbolic link only leads to another path and holds nothing;"
                        + (name
                                ? " wanted is a plain file with the namespace mounted on it"
                                : " wanted is a mount at this very path"));
            case NONE, FOLDER, OTHER -> Optional.empty();
        };
    }

    private void compareNamespace(Comparison comparison, Facts facts, HostFacts there, Scope scope, Mount mount) {
        long wanted = ScopeLookup.find(facts, scope).orElseThrow().inode();
        boolean same = mount.netns().equals(Optional.of(wanted));
        comparison
                .that(
                        same,
                        "the network namespace of " + PlaceWords.place(scope) + " mounted at " + target,
                        words(there, mount) + " mounted at " + target)
                .looking(Identities.evidence(facts, List.of(scope))[0])
                .that(same, "net:[" + wanted + "]", mount.root());
    }

    /** {@code the network namespace of red}, {@code a namespace of another kind (mnt:[4026532400])}, {@code a tmpfs}. */
    private String words(HostFacts there, Mount mount) {
        if (mount.netns().isEmpty()) {
            return mount.type().equals("nsfs")
                    ? "a namespace of another kind (" + mount.root() + ")"
                    : "a " + mount.type();
        }
        return there.namespaces().toOptional().stream()
                .flatMap(List::stream)
                .filter(namespace -> mount.netns().equals(Optional.of(namespace.inode())))
                .findFirst()
                .flatMap(this::owner)
                .orElse("a network namespace that no place has");
    }

    /** By another name than the one that the mount gives it. */
    private Optional<String> owner(Namespace namespace) {
        return namespace.names().stream()
                .filter(name -> name.kind() != Scope.Kind.NETNS || !target.endsWith("/netns/" + name.name()))
                .findFirst()
                .map(name -> "the network namespace of " + PlaceWords.place(name));
    }
}
