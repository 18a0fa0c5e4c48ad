package dev.drydock.verify.way;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.way.Finding.Broken;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A place that was named as one end of a question: whether it is there, and by which of its addresses it is called. */
public final class Places {
    private Places() {}

    /** The question whether one place reaches another, or an address of it, by the address that lies nearest. */
    public static Question question(Facts facts, Scope from, Scope target, Optional<Integer> port) {
        Ground ground = new Ground(facts);
        Optional<Station> source = ground.station(from);
        Optional<Station> there = ground.station(target);
        String to = there.flatMap(station -> address(ground, source, station))
                .map(IpAddress::toString)
                .orElse("");
        return new Question(from, Optional.of(target), to, port);
    }

    /** The address that a question is about: its own, or what a name means to who asks, by a hosts file or by the answer of a name server. */
    public static Optional<IpAddress> address(Facts facts, Question question) {
        return IpAddress.tryParse(question.to())
                .or(() -> new Resolution(new Ground(facts), question.from(), question.to()).address());
    }

    private static Optional<IpAddress> address(Ground ground, Optional<Station> source, Station target) {
        List<IpAddress> all = target.wires().stream()
                .flatMap(end -> end.addresses().stream())
                .map(Cidr::address)
                .toList();
        if (source.equals(Optional.of(target))) {
            return all.stream().findFirst().or(() -> Optional.of(new IpAddress("127.0.0.1")));
        }
        Stream<IpAddress> near = source.stream()
                .flatMap(station -> all.stream().filter(address -> station.wires().stream()
                        .flatMap(end -> end.addresses().stream())
                        .anyMatch(own -> own.contains(address))));
        Wiring wiring = new Wiring(ground);
        Stream<IpAddress> wired = source.stream()
                .flatMap(station -> station.wires().stream())
                .flatMap(wire -> wiring.from(wire, false).to(spot -> true).stream())
                .map(path -> wiring.stack(path.last()))
                .filter(end -> end.at().equals(target))
                .flatMap(end -> end.addresses().stream())
                .map(Cidr::address);
        Stream<IpAddress> outer = target.wires().stream()
                .filter(wiring::isCard)
                .flatMap(end -> end.addresses().stream())
                .map(Cidr::address);
        return Stream.of(near, wired, outer, all.stream())
                .flatMap(stream -> stream)
                .findFirst();
    }

    /** {@code web is in that subnet itself: eth1 has 172.20.0.4/16}, where its route to the address leads through no router. */
    static Optional<String> inSubnet(Wording words, Station source, IpAddress to) {
        return source.route(to)
                .filter(route -> route.via().isEmpty())
                .flatMap(Route::device)
                .flatMap(source::end)
                .flatMap(end -> end.addresses(to.isIpv6()).stream()
                        .filter(own -> own.contains(to) && !own.address().equals(to))
                        .findFirst()
                        .map(own -> words.place(source) + " is in that subnet itself: " + end.name() + " has " + own));
    }

    static Optional<Container> container(Ground ground, Scope scope) {
        return scope.kind() == Scope.Kind.CONTAINER
                ? ground.facts().container(scope.host(), scope.name()).toOptional()
                : Optional.empty();
    }

    /** {@code exited with status 137}, {@code created but not started}. */
    static String condition(Container container) {
        return switch (container.status()) {
            case "exited" -> "exited with status " + container.exitCode();
            case "created" -> "created but not started";
            default -> container.status();
        };
    }

    /** Why a place has no namespace, or cannot be told. */
    static Finding missing(Ground ground, Scope scope) {
        Optional<Container> container = container(ground, scope).filter(one -> !one.running());
        if (container.isPresent()) {
            Container stopped = container.get();
            return new Broken(
                    Cause.NOT_RUNNING,
                    stopped.name() + " is not running (" + condition(stopped) + ")",
                    new Evidence("docker inspect -f '{{.State.Status}}' " + stopped.name(), stopped.status()),
                    "starting " + stopped.name(),
                    "docker start " + stopped.name());
        }
        return new Finding.CannotTell("the namespace of " + scope + " was not read");
    }

    /** Why a place that was named has no address to be called by. */
    static Finding addressless(Ground ground, Wording words, Station station) {
        List<End> wires = station.wires();
        if (wires.isEmpty()) {
            return new Routing(ground, words).noRoute(station, new IpAddress("0.0.0.0"), false);
        }
        End wire = wires.get(0);
        return new Broken(
                Cause.NO_ADDRESS,
                wires.size() == 1 ? words.end(wire) + " has no address" : words.place(station) + " has no address",
                new Evidence(
                        words.ip(station, "addr show " + LearnerCommand.quoted(wire.name())),
                        wire.link().shown()),
                "an address on " + words.end(wire));
    }
}
