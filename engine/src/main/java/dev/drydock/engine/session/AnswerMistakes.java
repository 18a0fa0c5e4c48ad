package dev.drydock.engine.session;

import dev.drydock.engine.session.AnswerMistake.InterfacePlace;
import dev.drydock.engine.session.AnswerMistake.Named;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.DockerNetwork;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.LinkPlace;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.PortMapping;
import dev.drydock.verify.facts.ProcessEntry;
import dev.drydock.verify.facts.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds out what kind of mistake a wrong answer is, by comparing it with the facts of the world. Pure: reads nothing else. */
final class AnswerMistakes {
    /** A right number up to this is taken for a count, a greater one may be a PID. */
    private static final long MOST_COUNTED = 32;

    private static final Set<String> TARGETS =
            Set.of("accept", "drop", "reject", "return", "masquerade", "dnat", "snat", "redirect", "log", "queue");
    private static final Set<String> DRIVERS =
            Set.of("bridge", "host", "none", "null", "macvlan", "ipvlan", "overlay", "veth", "vxlan");

    private final Facts facts;
    private final String typed;
    private final String right;
    private final List<InterfacePlace> interfaces;

    private AnswerMistakes(Facts facts, String typed, String right) {
        this.facts = facts;
        this.right = AnswerForm.fold(right);
        String plain = AnswerForm.withColons(AnswerForm.fold(typed));
        boolean number = AnswerForm.number(this.right).isPresent();
        this.typed = number ? AnswerForm.withoutLabel(plain) : plain;
        this.interfaces = interfaces(facts);
    }

    /**
     * The mistake; empty when it is of no known kind.
     *
     * @param typed a wrong answer
     * @param right a right answer
     */
    static Optional<AnswerMistake> of(String typed, String right, Facts facts) {
        return new AnswerMistakes(facts, typed, right).find();
    }

    private Optional<AnswerMistake> find() {
        Optional<AnswerKind> given = AnswerKind.of(typed);
        Optional<AnswerKind> wanted = AnswerKind.of(right);
        if (given.isEmpty() || wanted.isEmpty()) {
            return Optional.empty();
        }
        Optional<AnswerMistake> known =
                switch (given.get()) {
                    case SUBNET, ADDRESS -> address(wanted.get());
                    case ENDPOINT -> endpoint(wanted.get());
                    case MAC ->
                        owner(one -> one.link().mac().stream()
                                        .anyMatch(mac -> mac.text().equals(typed)))
                                .map(AnswerMistake.MacOf::new);
                    case NUMBER -> number(wanted.get());
                    case NAME -> name(wanted.get());
                };
        return known.or(() -> given.equals(wanted) || wanted.get() == AnswerKind.NAME
                ? Optional.empty()
                : Optional.of(new AnswerMistake.OtherKind(given.get(), wanted.get())));
    }

    // --- addresses ---

    private Optional<AnswerMistake> address(AnswerKind wanted) {
        Optional<Cidr> mask = AnswerForm.subnet(typed);
        Optional<IpAddress> address = mask.map(Cidr::address).or(() -> IpAddress.tryParse(typed));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        if (wanted == AnswerKind.SUBNET) {
            return ofSubnet(AnswerForm.subnet(right).orElseThrow(), address.get(), mask);
        }
        if (wanted == AnswerKind.ENDPOINT && right.startsWith(address.get() + ":")) {
            return Optional.of(new AnswerMistake.PortOf(Optional.empty(), false));
        }
        Optional<AnswerMistake> whole = mask.filter(
                        subnet -> subnet.address().equals(subnet.network().address())
                                && IpAddress.tryParse(AnswerForm.withoutPrefix(right))
                                        .filter(subnet::contains)
                                        .isPresent())
                .map(AnswerMistake.SubnetForAddress::new);
        return whole.or(() -> whose(address.get()));
    }

    private Optional<AnswerMistake> ofSubnet(Cidr subnet, IpAddress address, Optional<Cidr> mask) {
        if (subnet.address().equals(address)) {
            return Optional.of(
                    mask.isEmpty()
                            ? new AnswerMistake.MaskForgotten()
                            : new AnswerMistake.OtherMask(mask.get().prefix()));
        }
        return subnet.contains(address)
                ? Optional.of(new AnswerMistake.HostOfSubnet(address, owner(has(address))))
                : whose(address);
    }

    private Optional<AnswerMistake> whose(IpAddress address) {
        Optional<AnswerMistake> owner = owner(has(address)).map(AnswerMistake.AddressOf::new);
        return owner.or(() -> networks()
                .filter(network -> network.gateways().contains(address))
                .findFirst()
                .map(AnswerMistake.GatewayOf::new));
    }

    private static Predicate<InterfacePlace> has(IpAddress address) {
        return one -> one.link().addresses().stream()
                .anyMatch(own -> own.address().address().equals(address));
    }

    private Optional<AnswerMistake> endpoint(AnswerKind wanted) {
        int colon = typed.lastIndexOf(':');
        IpAddress address = IpAddress.parse(typed.substring(0, colon));
        if (wanted == AnswerKind.ENDPOINT && right.startsWith(address + ":")) {
            int port = Integer.parseInt(typed.substring(colon + 1));
            boolean published = ports().anyMatch(mapping -> mapping.outside() == port);
            return Optional.of(new AnswerMistake.PortOf(Optional.of(port), published));
        }
        return whose(address);
    }

    // --- numbers ---

    private Optional<AnswerMistake> number(AnswerKind wanted) {
        long number = AnswerForm.number(typed).orElseThrow();
        if (wanted == AnswerKind.NAME) {
            boolean interfaceAsked =
                    interfaces.stream().anyMatch(one -> one.link().name().equals(right));
            return interfaceAsked
                            && interfaces.stream().anyMatch(one -> one.link().index() == number)
                    ? Optional.of(new AnswerMistake.IndexForName())
                    : Optional.empty();
        }
        if (wanted != AnswerKind.NUMBER) {
            return Optional.empty();
        }
        long key = AnswerForm.number(right).orElseThrow();
        boolean pidAsked = pidAsked(key);
        boolean inodeAsked = namespaces().anyMatch(namespace -> namespace.inode() == key);
        return (inodeAsked ? inode(number) : Optional.<AnswerMistake>empty())
                .or(() -> pidAsked ? pid(number) : Optional.empty())
                .or(() -> inodeAsked ? process(number, false) : Optional.empty())
                .or(() -> port(number, key))
                .or(() -> mtu(number, key))
                .or(() -> count(number, key));
    }

    private boolean pidAsked(long key) {
        return key > MOST_COUNTED && processes().anyMatch(process -> process.pid() == key);
    }

    private Optional<AnswerMistake> inode(long number) {
        for (HostFacts host : facts.hosts().values()) {
            for (Namespace namespace : host.namespaces().orElse(List.of())) {
                if (namespace.inode() == number && !namespace.names().isEmpty()) {
                    return Optional.of(new AnswerMistake.InodeOf(scope(host, namespace)));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Pid 1, and a pid that no process of the facts has, is taken for one from the pid namespace of a container; any other is that of another
     * process.
     */
    private Optional<AnswerMistake> pid(long number) {
        return number == 1 || processes().noneMatch(process -> process.pid() == number)
                ? Optional.of(new AnswerMistake.PidInside())
                : process(number, true);
    }

    private Optional<AnswerMistake> process(long number, boolean asked) {
        return processes()
                .filter(process -> process.pid() == number)
                .findFirst()
                .map(process -> new AnswerMistake.PidOf(process.comm(), asked));
    }

    private Optional<AnswerMistake> port(long number, long key) {
        return containers()
                .flatMap(container -> container.ports().published().stream()
                        .filter(mapping -> (mapping.outside() == number && mapping.inside() == key)
                                || (mapping.inside() == number && mapping.outside() == key))
                        .map(mapping -> new AnswerMistake.OtherPort(mapping.outside() == number, container.name())))
                .<AnswerMistake>map(mistake -> mistake)
                .findFirst();
    }

    private Optional<AnswerMistake> mtu(long number, long key) {
        boolean asked = interfaces.stream().anyMatch(one -> one.link().mtu() == key);
        return asked ? owner(one -> one.link().mtu() == number).map(AnswerMistake.MtuOf::new) : Optional.empty();
    }

    private Optional<AnswerMistake> count(long number, long key) {
        boolean withLoopback = number == key + 1
                && number <= MOST_COUNTED
                && namespaces()
                        .map(namespace -> namespace.links().orElse(List.of()))
                        .anyMatch(links -> links.size() == number
                                && links.stream().anyMatch(link -> link.name().equals("lo")));
        return withLoopback ? Optional.of(new AnswerMistake.CountedLoopback()) : Optional.empty();
    }

    // --- names ---

    private Optional<AnswerMistake> name(AnswerKind wanted) {
        return (wanted == AnswerKind.NAME ? interfaceName() : programForPid())
                .or(() -> named().map(AnswerMistake.NameOf::new));
    }

    /** A container may have the name of a program, as busybox has; then it is taken for the container. */
    private Optional<AnswerMistake> programForPid() {
        long key = AnswerForm.number(right).orElse(0L);
        List<ProcessEntry> running =
                processes().filter(process -> isName(process.comm())).toList();
        return pidAsked(key) && !running.isEmpty() && containers().noneMatch(container -> isName(container.name()))
                ? Optional.of(
                        new AnswerMistake.ProgramForPid(running.stream().anyMatch(process -> process.pid() == key)))
                : Optional.empty();
    }

    private Optional<AnswerMistake> interfaceName() {
        List<InterfacePlace> there = interfaces.stream()
                .filter(one -> one.link().name().equalsIgnoreCase(typed))
                .toList();
        List<InterfacePlace> asked = interfaces.stream()
                .filter(one -> one.link().name().equalsIgnoreCase(right))
                .toList();
        if (there.isEmpty() || asked.isEmpty()) {
            return Optional.empty();
        }
        Optional<InterfacePlace> inside = there.stream()
                .filter(one -> peer(one).filter(asked::contains).isPresent())
                .findFirst();
        return Optional.of(
                inside.isPresent()
                        ? new AnswerMistake.NameInside(inside.get())
                        : new AnswerMistake.OtherInterface(preferred(there), peer(preferred(there))));
    }

    /** The interface of the lab host's own namespace, if one of them is there; else the first. */
    private static InterfacePlace preferred(List<InterfacePlace> all) {
        return all.stream().filter(one -> one.namespace().isHost()).findFirst().orElse(all.get(0));
    }

    private Optional<InterfacePlace> peer(InterfacePlace one) {
        if (!one.link().kind().equals("veth")) {
            return Optional.empty();
        }
        Optional<LinkPlace> far = one.host().peer(one.namespace(), one.link()).toOptional();
        return far.map(
                end -> new InterfacePlace(one.host(), end.namespace(), end.link(), scope(one.host(), end.namespace())));
    }

    private Optional<Named> named() {
        if (typed.equals("docker")) {
            return Optional.of(Named.CLIENT);
        } else if (containers().anyMatch(container -> isName(container.name()))) {
            return Optional.of(Named.CONTAINER);
        } else if (networks().anyMatch(network -> isName(network.name()))) {
            return Optional.of(Named.NETWORK);
        } else if (namespaces().anyMatch(namespace -> namespace.names(Scope.Kind.NETNS).stream()
                .anyMatch(this::isName))) {
            return Optional.of(Named.NAMESPACE);
        } else if (containers().anyMatch(container -> isName(container.image()) || isName(untagged(container)))) {
            return Optional.of(Named.IMAGE);
        } else if (typed.length() >= 12
                && containers().anyMatch(container -> container.id().startsWith(typed))) {
            return Optional.of(Named.CONTAINER_ID);
        } else if (processes().anyMatch(process -> isName(process.comm()))) {
            return Optional.of(Named.PROGRAM);
        } else if (namespaces()
                .flatMap(namespace -> namespace.chains().orElse(List.of()).stream())
                .anyMatch(chain -> isName(chain.name()))) {
            return Optional.of(Named.CHAIN);
        } else if (TARGETS.contains(typed)) {
            return Optional.of(Named.TARGET);
        }
        return DRIVERS.contains(typed) ? Optional.of(Named.DRIVER) : Optional.empty();
    }

    private boolean isName(String name) {
        return name.toLowerCase(Locale.ROOT).equals(typed);
    }

    private static String untagged(Container container) {
        return container.image().replaceFirst(":[^/]*$", "");
    }

    // --- what there is ---

    private Optional<InterfacePlace> owner(Predicate<InterfacePlace> isMeant) {
        List<InterfacePlace> all = interfaces.stream().filter(isMeant).toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(preferred(all));
    }

    private Stream<Container> containers() {
        return facts.hosts().values().stream().flatMap(host -> host.containers().orElse(List.of()).stream());
    }

    private Stream<PortMapping> ports() {
        return containers().flatMap(container -> container.ports().published().stream());
    }

    private Stream<DockerNetwork> networks() {
        return facts.hosts().values().stream().flatMap(host -> host.networks().orElse(List.of()).stream());
    }

    private Stream<Namespace> namespaces() {
        return facts.hosts().values().stream().flatMap(host -> host.namespaces().orElse(List.of()).stream());
    }

    private Stream<ProcessEntry> processes() {
        return facts.hosts().values().stream().flatMap(host -> host.processes().orElse(List.of()).stream());
    }

    private static List<InterfacePlace> interfaces(Facts facts) {
        List<InterfacePlace> all = new ArrayList<>();
        for (HostFacts host : facts.hosts().values()) {
            for (Namespace namespace : host.namespaces().orElse(List.of())) {
                if (namespace.names().isEmpty()) {
                    continue;
                }
                for (Link link : namespace.links().orElse(List.of())) {
                    all.add(new InterfacePlace(host, namespace, link, scope(facts, host, namespace)));
                }
            }
        }
        return all;
    }

    private Scope scope(HostFacts host, Namespace namespace) {
        return scope(facts, host, namespace);
    }

    private static Scope scope(Facts facts, HostFacts host, Namespace namespace) {
        Scope name = namespace.names().iterator().next();
        return facts.hosts().size() == 1 ? name : new Scope(Optional.of(host.name()), name.kind(), name.name());
    }
}
