package dev.drydock.verify.trace;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.RouteLookup;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.reachability.Cause;
import dev.drydock.verify.reachability.InterfaceCause;
import dev.drydock.verify.reachability.StepFinding.Broken;
import dev.drydock.verify.trace.Ending.Kind;
import dev.drydock.verify.trace.TraceEvent.Decided;
import dev.drydock.verify.trace.TraceEvent.Point;
import dev.drydock.verify.trace.TraceEvent.Seen;
import dev.drydock.verify.words.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Tells from the last thing seen of a packet what became of it; where no rule dropped it, {@link EndingCause} is asked why. */
final class Endings {
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

    private static Ending ending(Kind kind, String sentence, Optional<Broken> why) {
        return new Ending(kind, sentence, why.map(Broken::cause));
    }

    Ending of(HostTrace sending, List<Visit> request, List<Visit> replies, List<Visit> errors) {
        Node sender = causes.sender();
        if (sending.answered() || answered(sending, sender, request, replies)) {
            return new Ending(
                    Kind.ANSWERED,
                    packet.port().isPresent()
                            ? packet.to() + " accepts connections on port "
                                    + packet.port().getAsInt() + listener(request)
                            : packet.to() + " answered");
        }
        if (request.isEmpty()) {
            String complaint = sending.said().stream()
                    .filter(line -> line.startsWith("ping: ") || line.startsWith("curl: "))
                    .findFirst()
                    .map(line -> ": " + line)
                    .orElse("");
            return ending(
                    Kind.NOT_SENT,
                    "no packet left " + wires.place(sender) + complaint + noRoute(sender, packet.to()),
                    causes.notSent());
        }
        Optional<Ending> dropped = dropped(request, Kind.DROPPED, "the packet was dropped");
        if (dropped.isPresent()) {
            return dropped.get();
        }
        Optional<Ending> answerDropped = dropped(replies, Kind.REPLY_DROPPED, "the answer was dropped");
        if (answerDropped.isPresent()) {
            return answerDropped.get();
        }
        if (!replies.isEmpty()) {
            Visit back = replies.get(replies.size() - 1);
            if (replies.stream().anyMatch(visit -> visit.entered().reset())
                    && back.at(Point.DELIVERED).isPresent()) {
                return ending(
                        Kind.REFUSED,
                        refuser(request) + " refuses: nobody listens on tcp port " + destinationPort(request)
                                + " there",
                        causes.refused(wires.node(request.get(request.size() - 1))));
            }
            Optional<Broken> why = causes.replyLost(replies, wires);
            return ending(Kind.REPLY_LOST, "the answer was lost: " + lost(back, why), why);
        }
        Visit last = request.get(request.size() - 1);
        if (!errors.isEmpty()) {
            return unreachable(errors.get(0), last);
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
     * Whether the kernel handed the answer to whoever had sent the packet. On a busy machine a sender may come too late to say that it got
     * one, so its own silence is no evidence against that.
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

    /** The program behind the port, where the facts know it. */
    private String listener(List<Visit> request) {
        if (request.isEmpty()) {
            return "";
        }
        Visit last = request.get(request.size() - 1);
        OptionalInt port = last.last().header().destinationPort();
        return last.at(Point.DELIVERED)
                .flatMap(seen -> wires.node(last))
                .flatMap(node -> node.namespace().sockets().orElse(List.of()).stream()
                        .filter(socket ->
                                socket.protocol().equals("tcp") && port.isPresent() && socket.port() == port.getAsInt())
                        .flatMap(socket -> socket.comm().stream())
                        .findFirst())
                .map(program -> ": " + program + " listens in " + last.place())
                .orElse("");
    }

    private static Optional<Ending> dropped(List<Visit> visits, Kind kind, String what) {
        for (Visit visit : visits) {
            Optional<Decided> drop = visit.drop();
            if (drop.isPresent()) {
                String chain = drop.get().chain();
                Cause cause = Cause.of(
                        chain.substring(chain.lastIndexOf('/') + 1), drop.get().policy());
                return Optional.of(new Ending(
                        kind, what + " in " + visit.place() + " by " + shown(drop.get()), Optional.of(cause)));
            }
        }
        return Optional.empty();
    }

    private static String shown(Decided drop) {
        if (drop.policy()) {
            return "the policy of " + drop.chain();
        }
        String number = drop.number().isPresent() ? "rule " + drop.number().getAsInt() : "a rule";
        return drop.chain() + ", " + number + ": " + drop.rule();
    }

    private static String refuser(List<Visit> request) {
        return request.get(request.size() - 1).place();
    }

    private String destinationPort(List<Visit> request) {
        TracedHeader header = request.get(request.size() - 1).last().header();
        return Integer.toString(
                header.destinationPort().orElseGet(() -> packet.port().orElse(0)));
    }

    private Ending unreachable(Visit first, Visit last) {
        TracedHeader error = first.entered();
        Optional<Node> owner = wires.owner(error.source());
        String who = owner.map(node -> wires.place(node) + " (" + error.source() + ")")
                .orElse(error.source().toString());
        String code = error.icmpCode().orElse("");
        String type = error.icmpType().orElse("");
        String meaning =
                switch (type.equals("destination-unreachable") ? code : type) {
                    case "net-unreachable" -> "it has no route there";
                    case "host-unreachable" -> "the next hop does not answer ARP, or its route says unreachable";
                    case "prot-unreachable" -> "the other end does not know the protocol";
                    case "port-unreachable" -> "nobody listens there, or a rule rejects it";
                    case "time-exceeded" -> "the packet went in a circle until it had no hops left";
                    default -> "a rule or a route there forbids it";
                };
        return ending(
                Kind.UNREACHABLE,
                who + " answered " + (code.isEmpty() || !type.equals("destination-unreachable") ? type : code) + ": "
                        + meaning,
                causes.unreachable(error.source(), code.equals("host-unreachable"), owner.or(() -> wires.node(last))));
    }

    private String unanswered(Visit last, Optional<Broken> why) {
        String said = last.place() + " got the packet and sent no answer";
        if (is(why, Cause.ECHO_IGNORED)) {
            return said + ": net.ipv4.icmp_echo_ignore_all is 1 there";
        }
        IpAddress asker = last.last().header().source();
        return said
                + wires.node(last)
                        .map(node -> noRoute(node, asker))
                        .filter(reason -> !reason.isEmpty())
                        .orElse("; the kernel names no reason");
    }

    private static boolean is(Optional<Broken> why, Cause cause) {
        return why.filter(broken -> broken.cause() == cause).isPresent();
    }

    /** Behind the last point where it was seen no rule dropped it. */
    private String lost(Visit visit, Optional<Broken> why) {
        Seen last = visit.last();
        String where = visit.place();
        TracedHeader header = last.header();
        return switch (last.point()) {
            case MADE, ROUTED -> "in " + where + " behind its route " + by(header.out()) + "; no rule was named";
            case PORT_IN ->
                in(visit, header)
                        + ", and the bridge handed it to nobody: no port knows that address, or the ports do not forward";
            case SWITCHED ->
                "in the bridge of " + where + ", on its way to port "
                        + header.out().orElse("?");
            case DELIVERED -> where + " got it, and nobody there wanted it";
            case IN -> arrived(visit, header, why);
            case OUT, PORT_OUT -> beyond(visit, header);
        };
    }

    private static String in(Visit visit, TracedHeader header) {
        return "it came into " + visit.place() + by(header.in());
    }

    private static String by(Optional<String> device) {
        return device.map(name -> " by " + name).orElse("");
    }

    private String arrived(Visit visit, TracedHeader header, Optional<Broken> why) {
        String said = in(visit, header) + " and went no further";
        Optional<Node> node = wires.node(visit);
        if (node.isEmpty()) {
            return said;
        }
        Node here = node.get();
        if (here.has(header.destination())) {
            return said + ", although " + header.destination() + " is its own: the kernel did not accept it from "
                    + header.source();
        }
        if ("0".equals(wires.network().settings(here).get(Router.FORWARDING))) {
            return said + ": net.ipv4.ip_forward is 0, so " + visit.place() + " does not forward";
        }
        String route = noRoute(here, header.destination());
        if (!route.isEmpty()) {
            return said + route;
        }
        return said + ": "
                + why.filter(broken -> broken.cause() != Cause.REVERSE_PATH)
                        .map(broken -> Words.text(broken.found()))
                        .orElse("its routing refused it, as it does where the way back to " + header.source()
                                + " leads by another interface (rp_filter)");
    }

    private String beyond(Visit visit, TracedHeader header) {
        String device = header.out().orElse("?");
        String left = "it left " + visit.place() + " by " + device;
        Optional<String> silent = silentHop(visit);
        if (silent.isPresent()) {
            return visit.place() + " asks by ARP who has " + silent.get() + " on "
                    + visit.steps().stream()
                            .filter(Seen.class::isInstance)
                            .map(step -> ((Seen) step))
                            .filter(seen -> seen.point() == Point.OUT)
                            .reduce((first, second) -> second)
                            .flatMap(seen -> seen.header().out())
                            .orElse(device)
                    + ", and nobody answers";
        }
        Optional<Interface> end = wires.peer(visit, device);
        if (end.isPresent()) {
            return left + " and was not seen at the other end, " + state(end.get());
        }
        if (wires.end(visit, device).filter(Interface::isBridge).isPresent()) {
            return left + ", and the bridge handed it to no port";
        }
        boolean stranger =
                wires.node(visit).filter(known -> !known.has(header.source())).isPresent();
        return left + ", and nothing came back"
                + (stranger
                        ? "; it went with the source " + header.source() + ", which is not " + visit.place()
                                + "'s own: an answer to it needs a route back"
                        : "");
    }

    private String state(Interface end) {
        String said = end.name() + " in " + wires.place(end.at());
        if (!end.up()) {
            return said + ", which is down";
        }
        Optional<Interface> bridge = wires.network().bridge(end);
        if (bridge.filter(master -> !master.up()).isPresent()) {
            return said + ", whose bridge " + bridge.get().name() + " is down";
        }
        return said + (InterfaceCause.isLoose(wires.network(), end) ? ", which is in no bridge" : "");
    }

    /** The address of a next hop on the device by which it was last seen leaving that did not answer ARP. */
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

    private String noRoute(Node node, IpAddress to) {
        return wires.network()
                        .router(node)
                        .filter(router -> router.way(to).kind() == RouteLookup.Kind.NONE)
                        .isPresent()
                ? "; there is no route to " + to
                : "";
    }
}
