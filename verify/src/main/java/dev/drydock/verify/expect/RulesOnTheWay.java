package dev.drydock.verify.expect;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Attachment;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.packet.Outcome;
import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.packet.Rule;
import dev.drydock.verify.packet.Way;
import dev.drydock.verify.probe.PacketFilterOutcome;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the rules of the namespaces along a way do to a packet that goes there. Where one rewrites it, or cannot be told, the rest of the
 * way is left out.
 *
 * @param along the namespaces that the packet passes, in order, the first being where it is made
 * @param port where there are ports
 */
record RulesOnTheWay(Facts facts, Scope from, List<Namespace> along, IpAddress to, Optional<Integer> port) {
    private static final List<Cidr> PRIVATE = Stream.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
            .map(Cidr::parse)
            .toList();

    /** The rule or policy that drops the packet, or rejects it: the word of who rejects may be lost on its way back. */
    Optional<String> stops() {
        return ends(Set.of(Outcome.Ending.DROPPED, Outcome.Ending.REJECTED));
    }

    /** The rule that rejects the packet. */
    Optional<String> rejects() {
        return ends(Set.of(Outcome.Ending.REJECTED));
    }

    /** A private address that leaves for a public one: whoever answers cannot send there. */
    Optional<String> untranslated() {
        boolean outside = facts.hosts().size() == 1 && PRIVATE.stream().noneMatch(network -> network.contains(to));
        return outside ? first(this::leavesUntranslated) : Optional.empty();
    }

    /** A rule that gives the packet a source for which nobody on this lab host takes the answers. */
    Optional<String> wrongSource() {
        return first((in, tried) -> tried.outcome().sourceBy().flatMap(rule -> leavesAsNobody(in, tried, rule)));
    }

    /** A neighbour for whom somebody asked in vain: an address of a subnet on the way that nobody on this lab host has. */
    Optional<String> nobodyThere() {
        return first(this::askedForInVain);
    }

    private Optional<String> leavesAsNobody(Scope in, Witness.Tried tried, Rule rule) {
        Router router = tried.witness().router();
        IpAddress now = tried.packet().header().source();
        Optional<String> out = tried.packet().out().known();
        boolean neighbour = out.flatMap(router::link).stream()
                .flatMap(Router::addresses)
                .anyMatch(own -> own.prefix() < 32 && own.contains(now));
        return tried.outcome().ending() == Outcome.Ending.LEFT
                        && facts.hosts().size() == 1
                        && neighbour
                        && nobodyHas(now)
                        && nobodySendsItBack(now)
                        && !answersFor(in, router, out.orElseThrow(), now)
                ? Optional.of(rule.place() + " " + Words.at(in) + " gives it the source " + now
                        + ", which no interface there has, so no answer comes back: " + rule.shown())
                : Optional.empty();
    }

    /** Whether that namespace answers ARP for an address that its interfaces do not have, or nobody can tell. */
    private boolean answersFor(Scope in, Router router, String out, IpAddress address) {
        boolean proxy = Stream.of("all", out)
                .map(name -> "net.ipv4.conf." + name.replace('.', '/') + ".")
                .anyMatch(conf -> !"0".equals(router.settings().get(conf + "proxy_arp"))
                        || !"0".equals(router.settings().get(conf + "proxy_arp_pvlan")));
        return proxy
                || facts.capture(Witness.probe(in))
                        .flatMap(capture -> PacketFilterOutcome.parse(capture).answered())
                        .map(answered -> answered.stream().anyMatch(own -> own.contains(address)))
                        .orElse(true);
    }

    private Optional<String> askedForInVain(Scope in, Witness.Tried tried) {
        Router router = tried.witness().router();
        Optional<String> out = tried.packet().out().known();
        IpAddress asked = tried.packet().header().destination();
        boolean neighbour =
                out.flatMap(router::link).stream().flatMap(Router::addresses).anyMatch(own -> own.contains(asked));
        boolean onLink = tried.outcome()
                .way()
                .filter(way -> way.kind() == Way.Kind.ON && way.via().isEmpty())
                .isPresent();
        return tried.outcome().ending() == Outcome.Ending.LEFT
                        && !tried.witness().packet().made()
                        && neighbour
                        && onLink
                        && nobodyHas(asked)
                ? Optional.of("no interface " + Words.at(in) + " has the address " + asked
                        + ", and nobody answers for it behind " + out.orElseThrow())
                : Optional.empty();
    }

    /** No namespace of this lab host, all of which have been read. */
    private boolean nobodyHas(IpAddress address) {
        return everywhere(namespace -> Readings.known(namespace.links())
                .filter(links -> links.stream().flatMap(Router::addresses).noneMatch(own -> own.address()
                        .equals(address)))
                .isPresent());
    }

    /** No namespace has been told a way to that very address: a route to it alone, or its place in the neighbour table. */
    private boolean nobodySendsItBack(IpAddress address) {
        return everywhere(namespace -> Readings.known(namespace.routes())
                        .filter(routes -> routes.stream()
                                .noneMatch(route -> route.destination().equals(Cidr.single(address))))
                        .isPresent()
                && Readings.known(namespace.neighbours())
                        .filter(neighbours -> neighbours.stream()
                                .noneMatch(neighbour -> neighbour.address().equals(address)
                                        && neighbour.mac().isPresent()))
                        .isPresent());
    }

    private boolean everywhere(Predicate<Namespace> holds) {
        return Sites.host(facts, from.host())
                .map(HostFacts::namespaces)
                .flatMap(Readings::known)
                .filter(all -> all.stream().allMatch(holds))
                .isPresent();
    }

    private Optional<String> ends(Set<Outcome.Ending> endings) {
        return first((in, tried) -> endings.contains(tried.outcome().ending())
                ? tried.outcome()
                        .decision()
                        .flatMap(ForwardVerdict::decided)
                        .map(words -> words.replaceFirst("(drops|rejects|accepts) it", "$1 the packet"))
                        .map(words -> (in.kind() == Scope.Kind.HOST ? apart() : "") + Words.at(in) + " " + words)
                : Optional.empty());
    }

    private Optional<String> leavesUntranslated(Scope in, Witness.Tried tried) {
        IpAddress source = tried.packet().header().source();
        Optional<String> out = tried.packet().out().known();
        boolean foreign = out.flatMap(name -> tried.witness().router().link(name))
                .map(link -> Router.addresses(link).noneMatch(own -> own.contains(source)))
                .orElse(false);
        boolean passes = tried.outcome().ending() == Outcome.Ending.LEFT
                && !tried.witness().unseen()
                && !tried.witness().packet().made()
                && tried.outcome().sourceBy().isEmpty();
        return passes
                        && foreign
                        && isTowardsOutside(in, out.orElseThrow())
                        && PRIVATE.stream().anyMatch(network -> network.contains(source))
                ? Optional.of(Words.place(in) + " sends it on by " + out.orElseThrow() + " as " + source
                        + ", a private address to which nobody outside can answer; no rule translates it")
                : Optional.empty();
    }

    /** By an interface whose other end is not on this lab host. */
    private boolean isTowardsOutside(Scope in, String device) {
        return facts.peer(in, device).fold(found -> false, absent -> true, unknown -> false);
    }

    /** What to say about a packet's way through one namespace; empty where nothing. */
    private interface Remark {
        Optional<String> about(Scope in, Witness.Tried tried);
    }

    private Optional<String> first(Remark remark) {
        if (to.isIpv6()) {
            return Optional.empty();
        }
        Flow flow = new Flow(
                FlowEnd.at(from),
                FlowEnd.of(to),
                port.isPresent() ? Protocol.TCP : Protocol.ICMP,
                Optional.empty(),
                port,
                Optional.empty(),
                Optional.empty(),
                false);
        for (Namespace namespace : along) {
            Optional<Scope> in = scope(namespace);
            if (in.isEmpty()) {
                return Optional.empty();
            }
            // every way that the packet may take must say the same
            Set<Optional<String>> said = new HashSet<>();
            Verdict passed = Witness.judge(facts, in.get(), flow, false, tried -> {
                Optional<String> words = remark.about(in.get(), tried);
                said.add(words);
                return words.isEmpty() && goesOn(tried) ? Verdict.met() : Verdict.notMet("", "");
            });
            if (!passed.isMet()) {
                return passed.isNotMet() && said.size() == 1 ? said.iterator().next() : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean goesOn(Witness.Tried tried) {
        Outcome outcome = tried.outcome();
        return outcome.ending() == Outcome.Ending.LEFT
                && outcome.sourceBy().isEmpty()
                && outcome.destinationBy().isEmpty();
    }

    private Optional<Scope> scope(Namespace namespace) {
        boolean first = Sites.find(facts, from)
                .filter(source -> source.inode() == namespace.inode())
                .isPresent();
        return first
                ? Optional.of(from)
                : namespace.names().stream().findFirst().map(name -> new Scope(from.host(), name.kind(), name.name()));
    }

    /** {@code web is on mynet, db on other: }, where two containers share no network. */
    private String apart() {
        List<Container> all = Sites.host(facts, from.host())
                .map(HostFacts::containers)
                .flatMap(Readings::known)
                .orElse(List.of());
        Optional<Container> source = Clues.container(facts, from);
        Optional<Container> target = all.stream()
                .filter(container -> container.running()
                        && container.attachments().values().stream()
                                .map(Attachment::address)
                                .anyMatch(Optional.of(to)::equals))
                .findFirst();
        if (source.isEmpty() || target.isEmpty()) {
            return "";
        }
        Set<String> here = source.get().attachments().keySet();
        Set<String> there = target.get().attachments().keySet();
        return Collections.disjoint(here, there)
                ? source.get().name() + " is on " + networks(here) + ", "
                        + target.get().name() + " on " + networks(there) + ": "
                : "";
    }

    /** {@code the default bridge and mynet}. */
    static String networks(Set<String> names) {
        return Words.list(
                new TreeSet<>(names)
                        .stream()
                                .map(name -> name.equals("bridge") ? "the default bridge" : name)
                                .toList(),
                "no network");
    }
}
