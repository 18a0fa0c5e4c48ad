package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

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
import dev.drydock.verify.words.Complaint;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code mount: {in: host, target: /run/netns/busybox, netns_of: container:busybox}}: what is mounted at a path in the lab host's own mount
 * namespace. A network namespace is recognized by its inode. Links in the folders of the path are followed, a link at its end is not. Of stacked
 * mounts the uppermost counts.
 *
 * @param netnsOf the namespace that must be mounted; on the same lab host where it names none
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

    /** @throws Complaint when attributes are given for a mount that must not exist */
    public MountPoint {
        if (!exists && (netnsOf.isPresent() || type.isPresent() || source.isPresent())) {
            throw new Complaint(say("mount.nothing-has-attributes"));
        }
        Optional<String> here = host;
        netnsOf = netnsOf.map(scope -> scope.host().isPresent() ? scope : new Scope(here, scope.kind(), scope.name()));
    }

    @Override
    public Message statement() {
        return exists
                ? say("mount.is", "what", wanted(), "path", target, "host", host)
                : say("mount.none", "path", target, "host", host);
    }

    @Override
    public Message denial() {
        boolean any = netnsOf.isEmpty() && type.isEmpty() && source.isEmpty();
        return any
                ? new MountPoint(host, target, !exists, netnsOf, type, source).statement()
                : say("mount.is-not", "what", wanted(), "path", target, "host", host);
    }

    /** {@code the network namespace of busybox}, {@code a tmpfs}, {@code something}. */
    private Message wanted() {
        return say("mount.what", "netns", netnsOf, "type", type, "source", source);
    }

    private Message mounted(Message what) {
        return say("mount.mounted", "what", what, "path", target);
    }

    private static Message ofType(String type) {
        return say("mount.what", "netns", "", "type", type, "source", "");
    }

    private static Message netns(Scope of) {
        return say("mount.what", "netns", of, "type", "", "source", "");
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
                        .orElseGet(() -> Verdict.cannotTell(say("mount.not-looked-for", "path", target)))));
    }

    private Verdict judge(Facts facts, HostFacts there, ProbeCapture capture) {
        MountOutcome outcome = MountOutcome.parse(capture, target);
        if (outcome.trouble().isPresent()) {
            return Verdict.cannotTell(
                    say("mount.unread", "path", target, "why", outcome.trouble().get()), ProbeEvidence.errors(capture));
        }
        if (outcome.mount().isEmpty()) {
            return exists ? nothing(capture, outcome) : Verdict.met(new Evidence(capture.command(), ""));
        }
        Mount mount = outcome.mount().get();
        Evidence line = new Evidence(capture.command(), target + " " + mount.shownSource() + " " + mount.type());
        if (!exists) {
            return Verdict.notMet(say("mount.nothing", "path", target), mounted(words(there, mount)), line);
        }
        Comparison comparison = new Comparison().looking(line);
        netnsOf.ifPresent(scope -> compareNamespace(comparison, facts, there, scope, mount));
        type.ifPresent(wanted -> comparison
                .looking(line)
                .that(wanted.equals(mount.type()), mounted(ofType(wanted)), mounted(ofType(mount.type()))));
        source.ifPresent(wanted -> comparison
                .looking(line)
                .that(
                        wanted.equals(mount.source()) || wanted.equals(mount.shownSource()),
                        say("mount.source", "source", wanted),
                        say("mount.source", "source", mount.shownSource())));
        return comparison.verdict();
    }

    private Verdict nothing(ProbeCapture capture, MountOutcome outcome) {
        Message found =
                switch (outcome.file()) {
                    case NONE -> say("mount.nothing-no-file", "path", target);
                    case LINK -> say("mount.nothing-link", "path", target, "to", outcome.link());
                    case PLAIN -> say("mount.nothing-plain", "path", target);
                    case FOLDER -> say("mount.nothing-folder", "path", target);
                    case OTHER -> say("mount.nothing", "path", target);
                };
        return Verdict.notMet(mounted(wanted()), found, new Evidence(capture.command(), ""))
                .causedBy(whyNothing(outcome.file()));
    }

    private Optional<Message> whyNothing(MountOutcome.File file) {
        boolean name = target.replaceFirst("^/var/run/", "/run/").startsWith(NAMES);
        return switch (file) {
            case PLAIN -> name ? Optional.of(say("mount.why-plain")) : Optional.empty();
            case LINK -> Optional.of(say("mount.why-link", "namespace", name));
            case NONE, FOLDER, OTHER -> Optional.empty();
        };
    }

    private void compareNamespace(Comparison comparison, Facts facts, HostFacts there, Scope scope, Mount mount) {
        long wanted = ScopeLookup.find(facts, scope).orElseThrow().inode();
        boolean same = mount.netns().equals(Optional.of(wanted));
        comparison
                .that(same, mounted(netns(scope)), mounted(words(there, mount)))
                .looking(NamespaceIdentities.evidence(facts, List.of(scope))[0])
                .that(same, say("namespace.net", "inode", wanted), Message.verbatim(mount.root()));
    }

    /** {@code the network namespace of red}, {@code a namespace of another kind (mnt:[4026532400])}, {@code a tmpfs}. */
    private Message words(HostFacts there, Mount mount) {
        if (mount.netns().isEmpty()) {
            return mount.type().equals("nsfs")
                    ? say("mount.other-namespace", "root", mount.root())
                    : ofType(mount.type());
        }
        return there.namespaces().toOptional().stream()
                .flatMap(List::stream)
                .filter(namespace -> mount.netns().equals(Optional.of(namespace.inode())))
                .findFirst()
                .flatMap(this::owner)
                .orElseGet(() -> say("mount.unnamed-namespace"));
    }

    /** The namespace's name, other than the one of the mount itself, which would tell nothing. */
    private Optional<Message> owner(Namespace namespace) {
        return namespace.names().stream()
                .filter(name -> name.kind() != Scope.Kind.NETNS || !target.endsWith("/netns/" + name.name()))
                .findFirst()
                .map(MountPoint::netns);
    }
}
