package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.HostsEntry;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.NameLookup;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.reachability.StepFinding.Broken;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The resolution of a name as glibc does it in the asking namespace: hosts file and name servers, in the order of {@code nsswitch.conf}. */
record NameResolution(NetworkModel model, PathWording words, Scope from, String name) {
    static final String LOCALHOST = "localhost";

    private static final IpAddress OWN = new IpAddress("127.0.0.1");
    private static final IpAddress OWN_IPV6 = new IpAddress("::1");

    NameResolution(NetworkModel model, Scope from, String name) {
        this(model, new PathWording(model, from), from, name);
    }

    /** The DNS probe for the name. */
    static ActiveProbe probe(Scope from, String name) {
        return new ActiveProbe.Dns(from, name, Optional.empty());
    }

    /** Whether the answer is known: the hosts file has the name, or the DNS probe was run. */
    boolean isAsked() {
        return !fromHostsFile().isEmpty() || lookup().isPresent();
    }

    /** The first of {@link #addresses}. */
    Optional<IpAddress> address() {
        return addresses().stream().findFirst();
    }

    /** The addresses among which a program chooses; of both versions IPv4 alone. Empty where the name has none, or that is not known. */
    List<IpAddress> addresses() {
        return sources().stream()
                .map(source -> switch (source) {
                    case "files" -> fromHostsFile();
                    case "dns" -> fromServer();
                    default -> List.<IpAddress>of();
                })
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** That the name has this address, and which file or server says so. */
    Message resolved(IpAddress address) {
        Optional<Message> other = namesakeElsewhere(address).map(owner -> say("holds.name-of-another")
                .with("container", words.place(owner))
                .with(
                        "own",
                        owner.wires().stream()
                                .flatMap(wire -> wire.addresses().stream())
                                .map(own -> own.address())
                                .toList()));
        return byFile(address)
                ? say("holds.name-by-file", "address", address, "other", other)
                : say("holds.name-by-server")
                        .with("address", address)
                        .with("name", decisive().map(NameLookup.Attempt::name).filter(asked -> !isSame(asked)))
                        .with("server", decisive().map(NameLookup.Attempt::server))
                        .with("before", lookup().map(this::unheard).orElse(List.of()))
                        .with("other", other);
    }

    /** The servers that gave no usable answer before the one that did. */
    private List<String> unheard(NameLookup lookup) {
        return lookup.attempts().stream()
                .filter(attempt -> !attempt.decides())
                .map(NameLookup.Attempt::server)
                .distinct()
                .toList();
    }

    private boolean byFile(IpAddress address) {
        return fromHostsFile().contains(address);
    }

    private boolean isSame(String asked) {
        return asked.equalsIgnoreCase(name);
    }

    /**
     * Why the address is outdated: a namespace with this name has another address, or the hosts file has an address that no name server returns.
     * Empty where the address may be right.
     */
    Optional<Broken> stale(IpAddress address) {
        if (address.equals(OWN) || address.equals(OWN_IPV6)) {
            return Optional.empty();
        }
        return namesakeElsewhere(address)
                .map(owner -> EndpointDiagnosis.address(model, model.node(from), owner, address.isIpv6())
                        .map(now -> stale(address, now, owner)))
                .flatMap(found -> found)
                .or(() -> fromServer().stream()
                        .findFirst()
                        .filter(served ->
                                byFile(address) && model.holders(address).isEmpty())
                        .filter(served -> !decisive().orElseThrow().addresses().contains(address))
                        .filter(served -> Reachability.of(
                                        model.facts(),
                                        ReachabilityQuery.of(from, served.text(), Optional.empty()),
                                        ProbeResult.NONE)
                                .holds())
                        .map(served -> overridden(address, served)));
    }

    private Broken stale(IpAddress address, IpAddress now, Node owner) {
        Message found = say("broken.stale-name")
                .with("place", words.place(model.node(from).orElseThrow()))
                .with("name", name)
                .with("address", address)
                .with("server", byFile(address) ? Optional.empty() : decisive().map(NameLookup.Attempt::server))
                .with("owner", words.place(owner))
                .with("now", now);
        return byFile(address)
                ? new Broken(
                        Cause.STALE_NAME,
                        found,
                        linesOfFile(),
                        say("mend.hosts-entry", "address", now),
                        edited("/[[:space:]]" + name + "\\b/s/^"
                                + address.text().replace(".", "[.]") + "\\b/" + now + "/"))
                : new Broken(Cause.STALE_NAME, found, served(), say("mend.name-record", "address", now));
    }

    private Broken overridden(IpAddress address, IpAddress served) {
        return new Broken(
                Cause.STALE_NAME,
                say("broken.hosts-entry")
                        .with("name", name)
                        .with("address", address)
                        .with("server", decisive().map(NameLookup.Attempt::server))
                        .with("served", served),
                linesOfFile(),
                say("mend.hosts-entry-gone"),
                edited("/[[:space:]]" + name + "\\b/d"));
    }

    /** The command that edits the hosts file. In a container the file is a mount, so it can be written but not replaced. */
    private String edited(String script) {
        String file = hostsFile().source().command().replaceFirst("^.* cat |^cat ", "");
        String edit = "sed '" + script + "' " + file + " >/tmp/hosts && cat /tmp/hosts >" + file;
        return from.kind() == Scope.Kind.CONTAINER
                ? words.inside(model.node(from).orElseThrow(), "sh -c \"" + edit.replace("\\", "\\\\") + "\"")
                : edit;
    }

    /**
     * A namespace with this name that lacks the address; empty where the address belongs to another namespace of this name, to a lab host or to the
     * asker.
     */
    private Optional<Node> namesakeElsewhere(IpAddress address) {
        boolean meant = model.holders(address).stream()
                .map(Interface::at)
                .anyMatch(node ->
                        node.isHost() || isNamed(node) || model.node(from).equals(Optional.of(node)));
        return meant
                ? Optional.empty()
                : model.nodes().stream()
                        .filter(node -> node.host()
                                .equals(model.facts().host(from).toOptional().orElse(null)))
                        .filter(node -> node.namespace()
                                        .names(Scope.Kind.CONTAINER)
                                        .contains(name)
                                || node.namespace().names(Scope.Kind.NETNS).contains(name))
                        .filter(node -> !node.has(address) && !node.wires().isEmpty())
                        .findFirst();
    }

    private boolean isNamed(Node node) {
        return node.namespace().names(Scope.Kind.NETNS).contains(name)
                || model.containersIn(node).stream()
                        .anyMatch(container -> container.name().equals(name)
                                || container.attachments().values().stream()
                                        .anyMatch(attachment ->
                                                attachment.aliases().contains(name)));
    }

    private Reading<List<HostsEntry>> hostsFile() {
        return model.facts().hostsFile(from);
    }

    private Evidence linesOfFile() {
        Evidence file = hostsFile().source();
        return new Evidence(
                file.command(),
                file.excerpt()
                        .lines()
                        .filter(line -> List.of(
                                        line.replaceFirst("#.*", "").strip().split("\\s+"))
                                .contains(name))
                        .collect(Collectors.joining("\n")));
    }

    private List<IpAddress> fromHostsFile() {
        List<IpAddress> all = hostsFile().toOptional().stream()
                .flatMap(List::stream)
                .filter(entry -> entry.names().stream().anyMatch(name::equalsIgnoreCase))
                .map(HostsEntry::address)
                .toList();
        if (name.equals(LOCALHOST)) {
            return List.of(all.stream()
                    .filter(address -> !address.isIpv6())
                    .findFirst()
                    .orElse(OWN));
        }
        // the resolver puts the loopback address before all others
        return all.contains(OWN_IPV6) ? List.of(OWN_IPV6) : ofOneVersion(all);
    }

    private List<IpAddress> fromServer() {
        return ofOneVersion(decisive().map(NameLookup.Attempt::addresses).orElse(List.of()));
    }

    /** Those of IPv4, or all where there is none. */
    private static List<IpAddress> ofOneVersion(List<IpAddress> all) {
        List<IpAddress> old =
                all.stream().filter(address -> !address.isIpv6()).distinct().toList();
        return old.isEmpty() ? all.stream().distinct().toList() : old;
    }

    private List<String> sources() {
        return lookup().map(NameLookup::sources).orElse(List.of("files", "dns"));
    }

    private Optional<NameLookup> lookup() {
        return capture().flatMap(ProbeCapture::lookup);
    }

    private Optional<ProbeCapture> capture() {
        return model.facts().capture(probe(from, name));
    }

    private Optional<NameLookup.Attempt> decisive() {
        return lookup().flatMap(NameLookup::decisive);
    }

    /** The path to the name server; present only where its silence is the reason for the missing address. */
    Optional<NameServerDiagnosis> unanswered() {
        return lookup().filter(lookup -> lookup.sources().contains("dns"))
                .filter(lookup -> lookup.decisive()
                        .filter(attempt -> attempt.answers().isEmpty())
                        .isPresent())
                .filter(lookup -> docker().isEmpty())
                .map(lookup -> new NameServerDiagnosis(model, words, from, name, lookup));
    }

    /** Why the name has no address. Where a name server is silent, {@link NameServerDiagnosis} explains it in more detail. */
    StepFinding missing() {
        if (lookup().isEmpty()) {
            return new StepFinding.CannotTell(say("unclear.name", "name", name, "namespace", from.toString()));
        }
        NameLookup lookup = lookup().get();
        if (!lookup.sources().contains("dns")) {
            return new Broken(
                    Cause.NAME_SERVER_NOT_ASKED,
                    say("broken.servers-not-asked", "name", name, "services", lookup.services()),
                    new Evidence(
                            words.file(place(), "/etc/nsswitch.conf"),
                            lookup.services().orElse("")),
                    say("mend.services"));
        }
        Optional<Broken> docker = docker();
        if (docker.isPresent()) {
            return docker.get();
        }
        NameLookup.Attempt decisive = decisive().orElseThrow();
        if (decisive.answers().isEmpty()) {
            return new Broken(
                    Cause.NAME_SERVER,
                    say("broken.no-name-server", "server", decisive.server()),
                    configuration(lookup, decisive.server()),
                    say("mend.name-server", "answers", false));
        }
        if (!decisive.decides()) {
            return new Broken(
                    Cause.NAME_SERVER,
                    say("broken.name-refused")
                            .with("server", decisive.server())
                            .with("name", decisive.name())
                            .with("status", decisive.answers().get(0).statusName()),
                    served(),
                    say("mend.name-server", "answers", true));
        }
        List<String> asked = lookup.attempts().stream()
                .map(NameLookup.Attempt::name)
                .distinct()
                .filter(one -> !isSame(one))
                .toList();
        return new Broken(
                Cause.NAME_UNKNOWN,
                decisive.known()
                        ? say("broken.name-without-address", "server", decisive.server(), "name", decisive.name())
                        : say("broken.name-unknown", "server", decisive.server(), "name", name, "searched", asked),
                served(),
                say("mend.name"));
    }

    private Optional<Broken> docker() {
        return capture().flatMap(new DockerNames(model, words, from, name)::broken);
    }

    private Node place() {
        return model.node(from).orElseThrow();
    }

    private Evidence served() {
        return capture().map(ProbeCapture::output).orElseThrow();
    }

    /** The nameserver lines of resolv.conf for this server; all nameserver lines where none names it. */
    private Evidence configuration(NameLookup lookup, String server) {
        return NameServerDiagnosis.configuration(words, place(), lookup, server);
    }
}
