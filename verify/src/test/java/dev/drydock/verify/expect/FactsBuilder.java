package dev.drydock.verify.expect;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.DockerNetwork;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.HostsEntry;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Layer;
import dev.drydock.verify.facts.NameAnswer;
import dev.drydock.verify.facts.NameLookup;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.ProcessEntry;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Facts of one lab host, told in a few words: {@code facts().netns("red", red -> red.link("eth0", …)).build()}. */
final class FactsBuilder {
    static final Evidence SWEEP = new Evidence("sweep", "");

    private final List<NamespaceBuilder> namespaces = new ArrayList<>();
    private final List<Container> containers = new ArrayList<>();
    private final List<DockerNetwork> networks = new ArrayList<>();
    private final List<ProcessEntry> processes = new ArrayList<>();
    private final Map<Scope, Reading<List<HostsEntry>>> hostsFiles = new LinkedHashMap<>();
    private final Map<ActiveProbe, ProbeCapture> captures = new LinkedHashMap<>();
    private boolean namespacesUnread;
    private boolean containersUnread;
    private boolean networksUnread;
    private boolean processesUnread;

    private FactsBuilder() {
        namespaces.add(new NamespaceBuilder(1).named(Scope.LAB_HOST));
    }

    /** A lab host with nothing on it. */
    static FactsBuilder facts() {
        return new FactsBuilder();
    }

    /** A lab host of which nothing could be read. */
    static Facts unread() {
        return facts().namespacesUnread()
                .containersUnread()
                .networksUnread()
                .processesUnread()
                .build();
    }

    static <T> Reading<T> unknown(String what) {
        return new Reading.Unknown<>(Message.verbatim(what + " could not be read"), SWEEP);
    }

    FactsBuilder host(Consumer<NamespaceBuilder> setup) {
        setup.accept(namespaces.get(0));
        return this;
    }

    FactsBuilder netns(String name) {
        return netns(name, namespace -> {});
    }

    FactsBuilder netns(String name, Consumer<NamespaceBuilder> setup) {
        setup.accept(at(Scope.netns(name)));
        return this;
    }

    /** A running container on the default bridge, with a namespace of its own. */
    FactsBuilder container(String name, Consumer<ContainerBuilder> setup) {
        ContainerBuilder container = new ContainerBuilder(name, containers.size() + 1);
        setup.accept(container);
        Container built = container.build();
        containers.add(built);
        if (built.pid() > 0) {
            at(container.lives().orElse(Scope.container(name))).named(Scope.container(name));
        }
        return this;
    }

    FactsBuilder network(DockerNetwork network) {
        networks.add(network);
        return this;
    }

    FactsBuilder in(String scope, Consumer<NamespaceBuilder> setup) {
        setup.accept(at(Scope.parse(scope)));
        return this;
    }

    /** Both ends up: {@code cable("netns:red", "eth0", "host", "red0")}. */
    FactsBuilder cable(String one, String oneName, String other, String otherName) {
        NamespaceBuilder near = at(Scope.parse(one));
        NamespaceBuilder far = at(Scope.parse(other));
        LinkBuilder nearEnd = near.add(oneName).kind("veth").up();
        LinkBuilder farEnd = far.add(otherName).kind("veth").up();
        nearEnd.peer(farEnd.index(), near.idOf(far));
        farEnd.peer(nearEnd.index(), far.idOf(near));
        return this;
    }

    /** A macvlan interface, up, on an interface of the lab host: {@code tenant("netns:red", "eth0", "bridge", "eth0")}. */
    FactsBuilder tenant(String in, String name, String mode, String card) {
        NamespaceBuilder near = at(Scope.parse(in));
        host(host -> host.link(
                card,
                below -> near.link(name, link -> link.kind("macvlan")
                        .up()
                        .layer(new Layer(
                                Optional.empty(),
                                OptionalInt.of(below.index()),
                                near.idOf(namespaces.get(0)),
                                Optional.of(mode),
                                Optional.empty())))));
        return this;
    }

    FactsBuilder process(int pid, String scope, String comm, String arguments) {
        return process(pid, scope, Optional.empty(), comm, arguments);
    }

    FactsBuilder process(int pid, String scope, Optional<Long> mountNamespace, String comm, String arguments) {
        processes.add(new ProcessEntry(pid, at(Scope.parse(scope)).inode(), mountNamespace, comm, arguments));
        return this;
    }

    /** Lines of a hosts file: {@code 172.17.0.2 db}. */
    FactsBuilder hostsFile(String scope, String... lines) {
        List<HostsEntry> entries = new ArrayList<>();
        for (String line : lines) {
            String effective = line.replaceFirst("#.*", "").strip();
            List<String> words = List.of(effective.split("\\s+"));
            IpAddress.tryParse(words.get(0))
                    .ifPresent(address -> entries.add(new HostsEntry(address, words.subList(1, words.size()))));
        }
        Evidence source = new Evidence("docker exec web cat /etc/hosts", String.join("\n", lines));
        hostsFiles.put(Scope.parse(scope), new Reading.Known<>(entries, source));
        return this;
    }

    FactsBuilder capture(ActiveProbe probe, int exit, String out, String err) {
        captures.put(
                probe,
                named(probe)
                        .filter(name -> exit == 9 || !answers(out).isEmpty())
                        .map(name -> ProbeCapture.asked(command(probe), lookup(name, answers(out))))
                        .orElseGet(() -> ProbeCapture.of(command(probe), exit, out, err)));
        return this;
    }

    private static Optional<String> named(ActiveProbe probe) {
        return probe instanceof ActiveProbe.Dns dns
                ? Optional.of(dns.name())
                : probe instanceof ActiveProbe.DnsSpread spread ? Optional.of(spread.name()) : Optional.empty();
    }

    /** Of a place whose resolv.conf names the server that answered, or 127.0.0.11; without an answer, of one that was silent. */
    private static NameLookup lookup(String name, List<NameAnswer> answers) {
        String server = answers.isEmpty() ? "127.0.0.11" : answers.get(0).server();
        return new NameLookup(
                List.of("nameserver " + server),
                Optional.empty(),
                List.of(new NameLookup.Attempt(server, name, answers, Optional.empty())));
    }

    /** {@code status: NOERROR, server: 127.0.0.11}, then {@code rr. 600 IN A 172.20.0.2} for each record. */
    private static List<NameAnswer> answers(String out) {
        List<NameAnswer> answers = new ArrayList<>();
        for (String line : out.lines().toList()) {
            String[] words = line.split(",? ");
            if (words[0].equals("status:")) {
                int status = List.of("NOERROR", "", "SERVFAIL", "NXDOMAIN", "", "REFUSED")
                        .indexOf(words[1]);
                answers.add(new NameAnswer(status, words[3], List.of()));
            } else if (words.length == 5) {
                NameAnswer last = answers.remove(answers.size() - 1);
                List<NameAnswer.Entry> records = new ArrayList<>(last.records());
                records.add(new NameAnswer.Entry(
                        words[0], Long.parseLong(words[1]), words[3] + " " + words[4], IpAddress.tryParse(words[4])));
                answers.add(new NameAnswer(last.status(), last.server(), records));
            }
        }
        return answers;
    }

    FactsBuilder couldNotRun(ActiveProbe probe, String why) {
        captures.put(probe, ProbeCapture.notRun(command(probe), Message.verbatim(why)));
        return this;
    }

    private static String command(ActiveProbe probe) {
        return probe.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    }

    FactsBuilder namespacesUnread() {
        namespacesUnread = true;
        return this;
    }

    FactsBuilder containersUnread() {
        containersUnread = true;
        return this;
    }

    FactsBuilder networksUnread() {
        networksUnread = true;
        return this;
    }

    FactsBuilder processesUnread() {
        processesUnread = true;
        return this;
    }

    private NamespaceBuilder at(Scope scope) {
        return namespaces.stream()
                .filter(namespace -> namespace.isNamed(scope))
                .findFirst()
                .orElseGet(() -> {
                    NamespaceBuilder made = new NamespaceBuilder(namespaces.size() + 1).named(scope);
                    made.add("lo").up().address("127.0.0.1/8", "host");
                    namespaces.add(made);
                    return made;
                });
    }

    Facts build() {
        List<Namespace> built = namespaces.stream().map(NamespaceBuilder::build).toList();
        // no nft on this machine: the rules are those that iptables shows
        built.forEach(namespace -> namespace
                .names()
                .forEach(name -> captures.putIfAbsent(
                        new ActiveProbe.PacketFilter(name), ProbeCapture.of("nft list ruleset", 0, "\n\n", ""))));
        HostFacts host = new HostFacts(
                "labhost",
                namespacesUnread ? unknown("the namespaces") : new Reading.Known<>(built, SWEEP),
                containersUnread ? unknown("the containers") : new Reading.Known<>(containers, SWEEP),
                networksUnread ? unknown("Docker's networks") : new Reading.Known<>(networks, SWEEP),
                hostsFiles,
                processesUnread ? unknown("the processes") : new Reading.Known<>(processes, SWEEP),
                captures);
        TreeMap<String, HostFacts> hosts = new TreeMap<>();
        hosts.put("labhost", host);
        return new Facts("labhost", hosts);
    }

    /**
     * The default bridge and a network mynet, a container on each (web and db), forwarding on, and a way out by eth0.
     *
     * @param bridge of mynet
     * @param three the first three octets of mynet's addresses
     */
    static FactsBuilder twoNetworks(String bridge, String three, int length) {
        String subnet = three + ".0/" + length;
        return facts().host(h -> h.bridge("docker0", "172.17.0.1/16")
                        .bridge(bridge, three + ".1/" + length)
                        .route("172.17.0.0/16 dev docker0")
                        .route(subnet + " dev " + bridge)
                        .route("10.0.2.0/24 dev eth0")
                        .route("default via 10.0.2.2 dev eth0")
                        .link("eth0", l -> l.up().address("10.0.2.15/24"))
                        .sysctl("net.ipv4.ip_forward", "1")
                        .sysctl("net.bridge.bridge-nf-call-iptables", "1"))
                .container("web", c -> c.on("bridge", "172.17.0.2"))
                .container("db", c -> c.mode("mynet").on("mynet", three + ".2"))
                .cable("container:web", "eth0", "host", "veth1")
                .cable("container:db", "eth0", "host", "veth2")
                .host(h -> h.link("veth1", l -> l.master("docker0")).link("veth2", l -> l.master(bridge)))
                .in("container:web", n -> n.link("eth0", l -> l.address("172.17.0.2/16"))
                        .route("172.17.0.0/16 dev eth0")
                        .route("default via 172.17.0.1 dev eth0"))
                .in("container:db", n -> n.link("eth0", l -> l.address(three + ".2/" + length))
                        .route(subnet + " dev eth0")
                        .route("default via " + three + ".1 dev eth0"));
    }

    static DockerNetwork dockerNetwork(String name, String subnet, String gateway, String... members) {
        return new DockerNetwork(
                "id-of-" + name,
                name,
                "bridge",
                List.of(Cidr.parse(subnet)),
                List.of(IpAddress.parse(gateway)),
                List.of(),
                Optional.of("br-" + name),
                List.of(members),
                Map.of(),
                false);
    }
}
