package dev.drydock.verify.change;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.change.Change.Kind;
import dev.drydock.verify.change.Change.Sign;
import dev.drydock.verify.change.Command.Stage;
import dev.drydock.verify.facts.InterfaceAddress;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Compares interfaces: new and gone ones, those that moved to another namespace, and the properties of the others. */
final class LinkComparison {
    private final HostComparison host;
    private final Pairing pairing;
    private final List<Interface> told = new ArrayList<>();

    LinkComparison(HostComparison host) {
        this.host = host;
        this.pairing = host.pairing;
    }

    void compare() {
        for (Pairing.Both<Namespace> both : pairing.namespaces) {
            host.readable(both.before().links(), both.after().links(), "interfaces", both.after());
        }
        pairing.goneLinks.stream().filter(LinkComparison::counts).forEach(this::gone);
        // a new interface may have the number of one that went
        told.clear();
        pairing.newLinks.stream().filter(LinkComparison::counts).forEach(this::made);
        pairing.links.forEach(this::other);
    }

    private static boolean counts(Interface place) {
        return !place.link().name().equals("lo");
    }

    private void made(Interface place) {
        if (told.contains(place)) {
            return;
        }
        Optional<Interface> peer = host.networkAfter.peer(place).filter(pairing.newLinks::contains);
        List<Interface> ends = peer.map(other -> hostFirst(place, other)).orElse(List.of(place));
        told.addAll(ends);
        Change change = Change.of(
                Kind.LINK,
                Sign.ADDED,
                LinkWords.label(ends),
                HostComparison.place(ends.get(0).namespace()),
                LinkWords.of(ends, false));
        host.add(host.causes.of(place, host.networkAfter), new LinkAddition(host, ends).of(change));
        ends.forEach(end -> end.link().addresses().stream()
                .filter(address -> !Automatic.is(end.link(), address))
                .forEach(address -> address(end, address, Sign.ADDED, List.of())));
    }

    private static List<Interface> hostFirst(Interface one, Interface other) {
        boolean together = one.at().equals(other.at());
        boolean swap = together
                ? one.link().name().compareTo(other.link().name()) > 0
                : other.namespace().isHost() && !one.namespace().isHost();
        return swap ? List.of(other, one) : List.of(one, other);
    }

    private void gone(Interface place) {
        if (told.contains(place)) {
            return;
        }
        Optional<Interface> peer = host.networkBefore.peer(place).filter(pairing.goneLinks::contains);
        List<Interface> ends = peer.map(other -> hostFirst(place, other)).orElse(List.of(place));
        told.addAll(ends);
        List<Message> took = ends.stream().flatMap(end -> withIt(end).stream()).toList();
        List<String> ports = orphans(place);
        List<Message> consequences = new ArrayList<>();
        if (!took.isEmpty()) {
            consequences.add(say("change.went-with-it", "what", took));
        }
        if (!ports.isEmpty()) {
            consequences.add(say("change.no-port-now", "ports", ports, "count", ports.size()));
        }
        Change change = Change.of(
                        Kind.LINK,
                        Sign.REMOVED,
                        LinkWords.label(ends),
                        HostComparison.place(ends.get(0).namespace()),
                        LinkWords.of(ends, true))
                .so(consequences);
        boolean withNamespace = ends.stream().anyMatch(end -> host.isGone(end.namespace()));
        Interface kept = ends.get(0);
        host.add(
                host.causes.of(place, host.networkBefore),
                withNamespace
                        ? change
                        : change.by(new Command(
                                Stage.LINKS_GO,
                                NamespaceWords.ip(kept.namespace(), false) + " link del "
                                        + LearnerCommand.quoted(kept.link().name()))));
    }

    /** The interface's addresses, and its routes apart from those of its own subnets. */
    private List<Message> withIt(Interface place) {
        List<Message> took = new ArrayList<>();
        place.link().addresses().stream()
                .filter(address -> !Automatic.is(place.link(), address))
                .map(address -> say("change.its-address", "address", address.address()))
                .forEach(took::add);
        Pairing.known(place.namespace().routes()).stream()
                .filter(route -> route.device().equals(Optional.of(place.link().name())))
                .filter(route -> !Automatic.is(route) && !Automatic.follows(route, place.link()))
                .map(route -> say("change.its-route", "route", route.shown()))
                .forEach(took::add);
        return took;
    }

    private List<String> orphans(Interface bridge) {
        return pairing.links.stream()
                .filter(both -> both.before().at().equals(bridge.at())
                        && both.before()
                                .link()
                                .master()
                                .equals(Optional.of(bridge.link().name())))
                .map(both -> both.after().link().name())
                .toList();
    }

    private void other(Pairing.Both<Interface> both) {
        Interface was = both.before();
        Interface is = both.after();
        boolean moved = !pairing.sameNamespace(was.namespace(), is.namespace());
        if (moved) {
            moved(was, is);
        } else if (!was.link().name().equals(is.link().name())) {
            Change change = changed(
                    is,
                    "name",
                    say("change.link-renamed")
                            .with("before", was.link().name())
                            .with("now", is.link().name())
                            .with("namespace", NamespaceWords.elsewhere(is.namespace())));
            add(
                    is,
                    change.by(new Command(
                            Stage.LINKS_MOVE,
                            NamespaceWords.ip(is.namespace(), false) + " link set "
                                    + LearnerCommand.quoted(was.link().name()) + " name "
                                    + LearnerCommand.quoted(is.link().name()))));
        }
        if (was.link().mtu() != is.link().mtu() && !Automatic.takenOver(is, pairing)) {
            set(
                    is,
                    "mtu",
                    say("change.from-to")
                            .with("what", NamespaceWords.at(is))
                            .with("before", was.link().mtu())
                            .with("now", is.link().mtu()),
                    "mtu " + is.link().mtu());
        }
        if (!was.link().mac().equals(is.link().mac()) && !Automatic.takenOver(is, pairing)) {
            set(
                    is,
                    "mac",
                    say("change.mac")
                            .with("interface", NamespaceWords.at(is))
                            .with("before", was.link().mac())
                            .with("now", is.link().mac()),
                    "address " + is.link().mac().map(Object::toString).orElse("none"));
        }
        if (!was.link().layer().equals(is.link().layer()) && !moved) {
            Message words = say("change.link-layer")
                    .with("before", LinkWords.of(List.of(was), false))
                    .with("now", LinkWords.of(List.of(is), false));
            add(
                    is,
                    Change.of(
                                    Kind.LINK,
                                    Sign.CHANGED,
                                    Change.label("link", is.link().kind()),
                                    HostComparison.place(is.namespace()),
                                    words)
                            .byNothing(say("no-command.link-layer")));
        }
        master(was, is, moved);
        addresses(was, is, moved);
        state(was, is, moved);
    }

    private void moved(Interface was, Interface is) {
        List<Message> lost = withIt(was);
        boolean renamed = !was.link().name().equals(is.link().name());
        Change change = changed(
                        is,
                        "moved",
                        say("change.link-moved")
                                .with("interface", was.link().name())
                                .with("before", NamespaceWords.name(was.namespace()))
                                .with("now", NamespaceWords.name(is.namespace()))
                                .with("name", renamed ? is.link().name() : ""))
                .so(lost.isEmpty() ? List.of() : List.of(say("change.lost-on-the-way", "what", lost)));
        List<Command> commands = new ArrayList<>();
        // the kernel moves the interfaces of a namespace that ends back to the host only where they are hardware
        commands.add(new Command(
                Stage.LINKS_MOVE,
                NamespaceWords.ip(was.namespace(), false) + " link set "
                        + LearnerCommand.quoted(was.link().name()) + " netns "
                        + NamespaceWords.netns(is.namespace(), host.isNew(is.namespace()))
                        + (renamed ? " name " + LearnerCommand.quoted(is.link().name()) : "")));
        add(is, change.by(commands));
    }

    private void master(Interface was, Interface is, boolean moved) {
        Optional<String> before =
                was.link().master().filter(bridge -> !moved).flatMap(bridge -> renamed(was.namespace(), bridge));
        Optional<String> now = is.link().master();
        if (before.equals(now)) {
            return;
        }
        Change change = Change.of(
                Kind.LINK,
                now.isPresent() ? before.isPresent() ? Sign.CHANGED : Sign.ADDED : Sign.REMOVED,
                "port",
                HostComparison.place(is.namespace()),
                say("change.port")
                        .with("port", NamespaceWords.at(is))
                        .with("bridge", now.or(() -> before))
                        .with("old", before.filter(bridge -> now.isPresent())));
        add(
                is,
                change.by(new Command(
                        Stage.PORTS,
                        host.linkSet(is)
                                + now.map(bridge -> " master " + LearnerCommand.quoted(bridge))
                                        .orElse(" nomaster"))));
    }

    /** The present name of a bridge; empty when it is gone. */
    private Optional<String> renamed(Namespace namespace, String name) {
        boolean known = Pairing.known(namespace.links()).stream()
                .anyMatch(link -> link.name().equals(name));
        return known
                ? pairing.links.stream()
                        .filter(both -> both.before().namespace().equals(namespace)
                                && both.before().link().name().equals(name))
                        .map(both -> both.after().link().name())
                        .findFirst()
                : Optional.of(name);
    }

    private void state(Interface was, Interface is, boolean moved) {
        if (was.link().up() == is.link().up() || moved) {
            if (moved && is.link().up()) {
                add(
                        is,
                        changed(is, "state", say("change.is-up", "interface", NamespaceWords.at(is)))
                                .by(new Command(Stage.LINKS_ARE_UP, host.linkSet(is) + " up")));
            }
            return;
        }
        boolean up = is.link().up();
        List<Message> consequences = new ArrayList<>();
        List<String> routes = up ? List.of() : lostRoutes(was, is, route -> true);
        if (!routes.isEmpty()) {
            consequences.add(say("change.routes-went", "routes", routes));
        }
        host.networkAfter.peer(is).ifPresent(peer -> {
            boolean both =
                    pairing.before(peer).filter(earlier -> !earlier.link().up()).isPresent();
            if (peer.link().up() && !both) {
                consequences.add(say("change.carrier", "interface", NamespaceWords.at(peer), "up", up));
            }
        });
        Change change = changed(
                        is,
                        "state",
                        say(up ? "change.came-up" : "change.went-down", "interface", NamespaceWords.at(is)))
                .so(consequences);
        add(
                is,
                change.by(new Command(
                        up ? Stage.LINKS_ARE_UP : Stage.LINKS_ARE_SET, host.linkSet(is) + (up ? " up" : " down"))));
    }

    private static List<String> lostRoutes(Interface was, Interface is, Predicate<Route> which) {
        List<Route> now = Pairing.known(is.namespace().routes());
        return Pairing.known(was.namespace().routes()).stream()
                .filter(route -> route.device().equals(Optional.of(was.link().name())))
                .filter(route -> !Automatic.is(route) && !now.contains(route))
                .filter(which)
                .map(route -> new Route(
                                route.ipv6(),
                                route.type(),
                                route.destination(),
                                route.via(),
                                Optional.empty(),
                                Optional.empty(),
                                route.metric(),
                                route.table())
                        .shown())
                .toList();
    }

    private void addresses(Interface was, Interface is, boolean moved) {
        List<InterfaceAddress> before = moved ? List.of() : own(was);
        List<InterfaceAddress> now = own(is);
        boolean wentDown = was.link().up() && !is.link().up();
        List<InterfaceAddress> lost = new ArrayList<>(before.stream()
                .filter(one -> now.stream().noneMatch(other -> other.address().equals(one.address())))
                .filter(one -> !(wentDown && one.address().address().isIpv6()))
                .toList());
        boolean stayed = !moved
                && was.link().up()
                && is.link().up()
                && was.link().name().equals(is.link().name());
        List<String> routes = stayed ? routesBesideTheAddresses(was, is) : List.of();
        List<Message> consequences =
                routes.isEmpty() ? List.of() : List.of(say("change.routes-went", "routes", routes));
        for (InterfaceAddress one : now) {
            if (before.stream().anyMatch(other -> other.address().equals(one.address()))) {
                continue;
            }
            Optional<InterfaceAddress> other = lost.stream()
                    .filter(old -> old.address().address().equals(one.address().address()))
                    .findFirst();
            if (other.isPresent()) {
                lost.remove(other.get());
                Change change = Change.of(
                        Kind.ADDRESS,
                        Sign.CHANGED,
                        "address",
                        HostComparison.place(is.namespace()),
                        say("change.prefix")
                                .with("address", other.get().address())
                                .with("prefix", one.address().prefix())
                                .with("interface", NamespaceWords.at(is)));
                add(
                        is,
                        change.so(consequences)
                                .by(addressCommand(is, other.get(), false), addressCommand(is, one, true)));
                consequences = List.of();
            } else {
                address(is, one, Sign.ADDED, List.of());
            }
        }
        for (InterfaceAddress one : lost) {
            address(is, one, Sign.REMOVED, consequences);
            consequences = List.of();
        }
    }

    /** The routes that an interface lost, apart from those to its own subnets. */
    private static List<String> routesBesideTheAddresses(Interface was, Interface is) {
        return lostRoutes(was, is, route -> !Automatic.follows(route, was.link()));
    }

    private static List<InterfaceAddress> own(Interface place) {
        return place.link().addresses().stream()
                .filter(address -> !Automatic.is(place.link(), address))
                .toList();
    }

    private void address(Interface place, InterfaceAddress address, Sign sign, List<Message> consequences) {
        Change change = Change.of(
                Kind.ADDRESS,
                sign,
                "address",
                HostComparison.place(place.namespace()),
                say("change.address", "address", address.address(), "interface", NamespaceWords.at(place)));
        add(place, change.so(consequences).by(addressCommand(place, address, sign == Sign.ADDED)));
    }

    private Command addressCommand(Interface place, InterfaceAddress address, boolean added) {
        return new Command(
                added ? Stage.ADDRESSES : Stage.ADDRESSES_GO,
                NamespaceWords.ip(place.namespace(), host.isNew(place.namespace())) + " addr "
                        + (added ? "add " : "del ")
                        + address.address() + " dev "
                        + LearnerCommand.quoted(place.link().name()));
    }

    private void set(Interface is, String label, Message words, String argument) {
        add(is, changed(is, label, words).by(new Command(Stage.LINKS_ARE_SET, host.linkSet(is) + " " + argument)));
    }

    private static Change changed(Interface is, String label, Message words) {
        return Change.of(Kind.LINK, Sign.CHANGED, label, HostComparison.place(is.namespace()), words);
    }

    private void add(Interface place, Change change) {
        host.add(host.causes.of(place, host.networkAfter), change);
    }
}
