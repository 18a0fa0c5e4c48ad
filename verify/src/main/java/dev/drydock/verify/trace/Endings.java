package dev.drydock.verify.trace;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.packet.RouteLookup;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.reachability.Cause;
import dev.drydock.verify.reachability.InterfaceCause;
import dev.drydock.verify.reachability.StepFinding.Broken;
import dev.drydock.verify.trace.Ending.Kind;
import dev.drydock.verify.trace.TraceEvent.Decided;
import dev.drydock.verify.trace.TraceEvent.Point;
import dev.drydock.verify.trace.TraceEvent.Seen;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Finds the end of a traced packet from what was seen last. Where no rule dropped the packet, {@link EndingCause} finds the cause. */
final class Endings {
    private static final Set<String> MEANINGS =
            Set.of("net-unreachable", "host-unreachable", "prot-unreachable", "port-unreachable", "time-exceeded");

    /** The names that ICMPv6 has for errors of ICMP. */
    private static final Map<String, String> MEANINGS_IPV6 =
            Map.of("no-route", "net-unreachable", "addr-unreachable", "host-unreachable");

    private final VisitLinks wires;
    private final TracedPacket packet;
    private final List<HostTrace> hosts;
    private final EndingCause causes;

    Endings(VisitLinks wires, TracedPacket packet, List<HostTrace> hosts, EndingCause causes) {
        this.wires = wires;
        this.packet = packet;
        this.hosts = hosts;
        this.causes = causes;
    }

    private static Ending ending(Kind kind, Message sentence, Optional<Broken> why) {
        return new Ending(kind, sentence, why.map(Broken::cause));
    }

    Ending of(HostTrace sending, List<Visit> request, List<Visit> replies, List<Visit> errors) {
        Node sender = causes.sender();
        if (sending.answered() || answered(sending, sender, request, replies)) {
            return new Ending(
                    Kind.ANSWERED,
                    packet.mark().protocol() == Protocol.TCP
                            ? accepts(request)
                            : say("ending.answered", "address", packet.to()));
        }
        if (request.isEmpty()) {
            String complaint = sending.said().stream()
                    .filter(line -> line.matches("(?:ping|curl|send|bind|name): .*"))
                    .findFirst()
                    .orElse("");
            Optional<Broken> why = causes.notSent();
            return ending(
                    Kind.NOT_SENT,
                    say("ending.not-sent")
                            .with("place", wires.place(sender))
                            .with("complaint", complaint)
                            .with("reason", why.map(Broken::found))
                            .with("address", why.isPresent() ? Optional.empty() : noRoute(sender, packet.to())),
                    why);
        }
        Optional<Ending> dropped = dropped(request, Kind.DROPPED, "dropped", () -> causes.lost(request, wires));
        if (dropped.isPresent()) {
            return dropped.get();
        }
        Optional<Ending> answerDropped =
                dropped(replies, Kind.REPLY_DROPPED, "answer-dropped", () -> causes.replyLost(replies, wires));
        if (answerDropped.isPresent()) {
            return answerDropped.get();
        }
        if (!replies.isEmpty()) {
            Visit back = replies.get(replies.size() - 1);
            if (replies.stream().anyMatch(visit -> visit.entered().reset())
                    && back.at(Point.DELIVERED).isPresent()) {
                return ending(
                        Kind.REFUSED, refuses(request), causes.refused(wires.node(request.get(request.size() - 1))));
            }
            Optional<Broken> why = causes.replyLost(replies, wires);
            return ending(Kind.REPLY_LOST, say("ending.answer-lost", "how", lost(back, why)), why);
        }
        Visit last = request.get(request.size() - 1);
        boolean refused = packet.mark().protocol() == Protocol.UDP
                && last.at(Point.DELIVERED).isPresent()
                && !errors.isEmpty()
                && errors.get(0)
                        .entered()
                        .icmpCode()
                        .filter("port-unreachable"::equals)
                        .isPresent();
        if (refused) {
            return ending(Kind.REFUSED, told(refuses(request), errors), causes.refused(wires.node(last)));
        }
        if (!errors.isEmpty()) {
            return unreachable(errors, last);
        }
        if (last.at(Point.DELIVERED).isPresent()) {
            Optional<Broken> why = causes.unanswered(wires.node(last));
            return ending(Kind.UNANSWERED, unanswered(last, why), why);
        }
        Optional<Broken> why =
                silentHop(last).isPresent() ? causes.unheard(request, wires) : causes.lost(request, wires);
        return ending(Kind.LOST, lost(last, why), why);
    }

    /**
     * Whether the answer was delivered to the sender. The kernel's own trace decides: on a busy machine the sender's program may end before it
     * reports the answer.
     */
    private boolean answered(HostTrace sending, Node sender, List<Visit> request, List<Visit> replies) {
        Optional<TracedHeader> asked = own(sending, sender, request)
                .flatMap(visit -> visit.at(Point.MADE).stream())
                .map(Seen::header)
                .findFirst();
        return asked.isPresent()
                && own(sending, sender, replies)
                        .filter(visit -> visit.drop().isEmpty())
                        .flatMap(visit -> visit.at(Point.DELIVERED).stream())
                        .map(Seen::header)
                        .anyMatch(answer -> !answer.reset()
                                && answer.from().equals(asked.get().to())
                                && answer.to().equals(asked.get().from()));
    }

    private static Stream<Visit> own(HostTrace sending, Node sender, List<Visit> visits) {
        return visits.stream()
                .filter(visit -> visit.host().equals(sending.host())
                        && visit.inode() == sender.namespace().inode());
    }

    /** That the packet was received, with the program that listens at the port, where it is known. */
    private Message accepts(List<Visit> request) {
        return say("ending.accepts")
                .with("address", packet.to())
                .with("port", packet.port().getAsInt())
                .with("program", request.isEmpty() ? "" : listener(request.get(request.size() - 1)))
                .with("place", request.isEmpty() ? "" : refuser(request));
    }

    private Optional<String> listener(Visit last) {
        OptionalInt port = last.last().header().destinationPort();
        return last.at(Point.DELIVERED)
                .flatMap(seen -> wires.node(last))
                .flatMap(node -> node.namespace().sockets().orElse(List.of()).stream()
                        .filter(socket -> socket.protocol()
                                        .equals(packet.mark().protocol().toString())
                                && port.isPresent()
                                && socket.port() == port.getAsInt())
                        .flatMap(socket -> socket.comm().stream())
                        .findFirst());
    }

    /** @param why the cause in the namespace where the packet was seen last; a wrong route may have brought the packet to the rule */
    private static Optional<Ending> dropped(
            List<Visit> visits, Kind kind, String what, Supplier<Optional<Broken>> why) {
        for (Visit visit : visits) {
            Optional<Decided> drop = visit.drop();
            if (drop.isPresent()) {
                String chain = drop.get().chain();
                Cause cause = chain.startsWith("bridge ")
                        ? Cause.FRAME_RULE
                        : drop.get().policy() ? Cause.POLICY : Cause.RULE;
                Optional<Broken> found = why.get();
                Optional<Broken> misled = found.filter(broken -> !broken.cause().isOfRules());
                // what a rule is there for is not to be seen in a trace
                boolean apart = cause == Cause.RULE
                        && found.filter(broken -> broken.cause() == Cause.DOCKER_ISOLATION)
                                .isPresent();
                return Optional.of(new Ending(
                        kind,
                        say("ending." + what)
                                .with("place", visit.place())
                                .with("rejected", drop.get().rejects())
                                .with("rule", shown(drop.get()))
                                .with("reason", misled.map(Broken::found)),
                        misled.map(Broken::cause).or(() -> Optional.of(apart ? Cause.DOCKER_ISOLATION : cause))));
            }
        }
        return Optional.empty();
    }

    private static Message shown(Decided drop) {
        return drop.policy()
                ? say("ending.by-policy", "chain", drop.chain())
                : say("ending.by-rule")
                        .with("chain", drop.chain())
                        .with(
                                "number",
                                drop.number().isPresent()
                                        ? Integer.toString(drop.number().getAsInt())
                                        : "")
                        .with("rule", drop.rule());
    }

    private static String refuser(List<Visit> request) {
        return request.get(request.size() - 1).place();
    }

    private Message refuses(List<Visit> request) {
        return say(
                "ending.refuses",
                "place",
                refuser(request),
                "protocol",
                packet.mark().protocol(),
                "port",
                destinationPort(request));
    }

    private String destinationPort(List<Visit> request) {
        TracedHeader header = request.get(request.size() - 1).last().header();
        return Integer.toString(
                header.destinationPort().orElseGet(() -> packet.port().orElse(0)));
    }

    /** The sentence, and where the sender does not learn it, because a rule dropped the ICMP error, that as well. */
    private static Message told(Message sentence, List<Visit> errors) {
        boolean arrived = errors.stream()
                .anyMatch(visit ->
                        visit.drop().isEmpty() && visit.at(Point.DELIVERED).isPresent());
        return errors.stream()
                .filter(visit -> !arrived && visit.drop().isPresent())
                .findFirst()
                .map(visit -> say("ending.error-dropped")
                        .with("ending", sentence)
                        .with("place", visit.place())
                        .with("rule", shown(visit.drop().orElseThrow())))
                .orElse(sentence);
    }

    private Ending unreachable(List<Visit> errors, Visit last) {
        TracedHeader error = errors.get(0).entered();
        Optional<Node> owner = wires.owner(error.source());
        String code = error.icmpCode().orElse("");
        String type = error.icmpType().orElse("");
        String said = type.equals("destination-unreachable") ? code : type;
        String meant = MEANINGS_IPV6.getOrDefault(said, said);
        Optional<Broken> why =
                causes.unreachable(error.source(), meant.equals("host-unreachable"), owner.or(() -> wires.node(last)));
        Message sentence = say("ending.unreachable")
                .with("place", owner.map(wires::place))
                .with("address", error.source())
                .with("code", said.isEmpty() ? type : said)
                .with(
                        "meaning",
                        why.map(Broken::found)
                                .orElseGet(
                                        () -> say("unreachable." + (MEANINGS.contains(meant) ? meant : "forbidden"))));
        return ending(Kind.UNREACHABLE, told(sentence, errors), why);
    }

    private Message unanswered(Visit last, Optional<Broken> why) {
        if (packet.mark().protocol() == Protocol.UDP && why.isEmpty()) {
            return say("ending.kept", "place", last.place());
        }
        if (is(why, Cause.ECHO_IGNORED)) {
            return say("ending.echo-ignored")
                    .with("place", last.place())
                    .with("setting", Router.ignoringEchoes(packet.to().isIpv6()));
        }
        IpAddress asker = last.last().header().source();
        return say("ending.unanswered")
                .with("place", last.place())
                .with("reason", why.map(Broken::found))
                .with("address", wires.node(last).flatMap(node -> noRoute(node, asker)));
    }

    private static boolean is(Optional<Broken> why, Cause cause) {
        return why.filter(broken -> broken.cause() == cause).isPresent();
    }

    /** The sentence for a packet that was not seen again. A known cause is preferred to a guess from the last sighting. */
    private Message lost(Visit visit, Optional<Broken> why) {
        Seen last = visit.last();
        TracedHeader header = last.header();
        Optional<Message> reason = why.map(Broken::found);
        return switch (last.point()) {
            case MADE, ROUTED -> at("behind-route", visit, header.out(), reason);
            case PORT_IN -> at("bridge-ignores", visit, header.in(), reason);
            case SWITCHED -> at("in-bridge", visit, header.out(), reason);
            case DELIVERED -> say("ending.unwanted", "place", visit.place(), "reason", reason);
            case IN -> arrived(visit, header, reason);
            case OUT, PORT_OUT -> beyond(visit, header, reason);
        };
    }

    private static Message at(String key, Visit visit, Optional<String> device, Optional<Message> reason) {
        return say("ending." + key, "place", visit.place(), "interface", device, "reason", reason);
    }

    private Message arrived(Visit visit, TracedHeader header, Optional<Message> reason) {
        Optional<Node> node = wires.node(visit);
        if (reason.isPresent() || node.isEmpty()) {
            return at("no-further", visit, header.in(), reason);
        }
        Node here = node.get();
        IpAddress to = visit.destination();
        if (here.has(to)) {
            return arrived("not-accepted", visit, header);
        }
        String setting = Router.forwarding(header.destination().isIpv6());
        if ("0".equals(wires.network().settings(here).get(setting))) {
            return say("ending.not-forwarding", "place", visit.place(), "interface", header.in(), "setting", setting);
        }
        return noRoute(here, to).isPresent()
                ? arrived("no-route", visit, header)
                : at("no-further", visit, header.in(), reason);
    }

    private static Message arrived(String key, Visit visit, TracedHeader header) {
        return say("ending." + key)
                .with("place", visit.place())
                .with("interface", header.in())
                .with("source", header.source())
                .with("destination", visit.destination());
    }

    private Message beyond(Visit visit, TracedHeader header, Optional<Message> reason) {
        String device = header.out().orElse("?");
        Optional<String> silent = silentHop(visit);
        if (silent.isPresent()) {
            return say("ending.arp-unanswered")
                    .with("place", visit.place())
                    .with("ipv6", header.destination().isIpv6())
                    .with("address", silent)
                    .with(
                            "interface",
                            visit.steps().stream()
                                    .filter(Seen.class::isInstance)
                                    .map(step -> ((Seen) step))
                                    .filter(seen -> seen.point() == Point.OUT)
                                    .reduce((first, second) -> second)
                                    .flatMap(seen -> seen.header().out())
                                    .orElse(device))
                    .with("reason", reason);
        }
        if (reason.isPresent()) {
            return say("ending.left", "place", visit.place(), "interface", device, "reason", reason);
        }
        Optional<Interface> end = wires.peer(visit, device);
        if (end.isPresent()) {
            return say("ending.not-at-other-end", "place", visit.place(), "interface", device, "end", state(end.get()));
        }
        if (wires.end(visit, device).filter(Interface::isBridge).isPresent()) {
            return at("no-port", visit, header.out(), Optional.empty());
        }
        boolean stranger =
                wires.node(visit).filter(known -> !known.has(header.source())).isPresent();
        return say("ending.nothing-back")
                .with("place", visit.place())
                .with("interface", device)
                .with("source", stranger ? header.source() : "");
    }

    private Message state(Interface end) {
        Optional<Interface> down = wires.network().bridge(end).filter(bridge -> end.up() && !bridge.up());
        return say("ending.other-end")
                .with("interface", end.name())
                .with("place", wires.place(end.at()))
                .with("up", end.up())
                .with("bridge", down.map(Interface::name))
                .with("loose", end.up() && down.isEmpty() && InterfaceCause.isLoose(wires.network(), end));
    }

    /** The next hop that did not reply to ARP at the interface by which the packet was last seen leaving; empty where there is none. */
    private Optional<String> silentHop(Visit visit) {
        Optional<String> device = visit.left();
        IpAddress destination = visit.last().header().destination();
        List<IpAddress> hops = wires.node(visit).stream()
                .flatMap(node -> node.namespace().routes().orElse(List.of()).stream())
                .filter(route -> route.destination().contains(destination))
                .flatMap(route -> route.via().stream())
                .toList();
        // 10.9.0.9 dev br0 INCOMPLETE
        return hosts.stream()
                .filter(trace -> trace.host().equals(visit.host()))
                .flatMap(trace -> trace.namespaces().entrySet().stream())
                .filter(entry -> entry.getKey() == visit.inode())
                .map(Map.Entry::getValue)
                .flatMap(heard -> heard.neighbours().stream())
                .map(line -> line.split(" +"))
                .filter(words -> words.length > 2 && device.equals(Optional.of(words[2])))
                .map(words -> IpAddress.tryParse(words[0]))
                .flatMap(Optional::stream)
                .filter(address -> address.equals(destination) || hops.contains(address))
                .map(IpAddress::toString)
                .findFirst();
    }

    /** The address, where no route leads to it; else empty. */
    private Optional<IpAddress> noRoute(Node node, IpAddress to) {
        return wires.network()
                .router(node)
                .filter(router -> router.way(to).kind() == RouteLookup.Kind.NONE)
                .map(router -> to);
    }
}
