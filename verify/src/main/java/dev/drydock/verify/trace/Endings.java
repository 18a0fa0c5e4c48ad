package dev.drydock.verify.trace;

import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.LinkPlace;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.trace.Ending.Kind;
import dev.drydock.verify.trace.TraceEvent.Decided;
import dev.drydock.verify.trace.TraceEvent.Point;
import dev.drydock.verify.trace.TraceEvent.Seen;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Tells from the last thing seen of a packet what became of it; where no rule dropped it, the facts say what is known beside it. */
final class Endings {
    private final VisitLinks wires;
    private final TracedPacket packet;
    private final List<HostTrace> hosts;

    Endings(Facts facts, TracedPacket packet, List<HostTrace> hosts) {
        this.wires = new VisitLinks(facts);
        this.packet = packet;
        this.hosts = hosts;
    }

    Ending of(HostTrace sending, Namespace sender, List<Visit> request, List<Visit> replies, List<Visit> errors) {
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
            return new Ending(
                    Kind.NOT_SENT,
                    "no packet left " + wires.place(sending.host(), sender.inode()) + complaint
                            + noRoute(sender, packet.to()));
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
                return new Ending(
                        Kind.REFUSED,
                        refuser(request) + " refuses: nobody listens on tcp port " + destinationPort(request)
                                + " there");
            }
            return new Ending(Kind.REPLY_LOST, "the answer was lost: " + lost(back));
        }
        if (!errors.isEmpty()) {
            return unreachable(errors.get(0));
        }
        Visit last = request.get(request.size() - 1);
        return last.at(Point.DELIVERED).isPresent()
                ? new Ending(Kind.UNANSWERED, unanswered(last))
                : new Ending(Kind.LOST, lost(last));
    }

    /**
     * Whether the kernel handed the answer to whoever had sent the packet. On a busy machine a sender may come too late to say that it got
     * one, so its own silence is no evidence against that.
     */
    private boolean answered(HostTrace sending, Namespace sender, List<Visit> request, List<Visit> replies) {
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

    private static Stream<Visit> own(HostTrace sending, Namespace sender, List<Visit> visits) {
        return visits.stream().filter(visit -> visit.host().equals(sending.host()) && visit.inode() == sender.inode());
    }

    /** The program behind the port, where the facts know it. */
    private String listener(List<Visit> request) {
        if (request.isEmpty()) {
            return "";
        }
        Visit last = request.get(request.size() - 1);
        OptionalInt port = last.last().header().destinationPort();
        return last.at(Point.DELIVERED)
                .flatMap(seen -> wires.namespace(last.host(), last.inode()))
                .flatMap(namespace -> namespace.sockets().orElse(List.of()).stream()
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
                return Optional.of(new Ending(kind, what + " in " + visit.place() + " by " + shown(drop.get())));
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

    private Ending unreachable(Visit first) {
        TracedHeader error = first.entered();
        String who = wires.owner(error.source())
                .map(place -> place + " (" + error.source() + ")")
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
        return new Ending(
                Kind.UNREACHABLE,
                who + " answered " + (code.isEmpty() || !type.equals("destination-unreachable") ? type : code) + ": "
                        + meaning);
    }

    private String unanswered(Visit last) {
        Optional<Namespace> namespace = wires.namespace(last.host(), last.inode());
        String said = last.place() + " got the packet and sent no answer";
        if (packet.port().isEmpty()
                && namespace
                        .filter(known ->
                                value(known, "net.ipv4.icmp_echo_ignore_all").equals("1"))
                        .isPresent()) {
            return said + ": net.ipv4.icmp_echo_ignore_all is 1 there";
        }
        IpAddress asker = last.last().header().source();
        return said
                + namespace
                        .map(known -> noRoute(known, asker))
                        .filter(reason -> !reason.isEmpty())
                        .orElse("; the kernel names no reason");
    }

    /** Behind the last point where it was seen no rule dropped it. */
    private String lost(Visit visit) {
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
            case IN -> arrived(visit, header);
            case OUT, PORT_OUT -> beyond(visit, header);
        };
    }

    private static String in(Visit visit, TracedHeader header) {
        return "it came into " + visit.place() + by(header.in());
    }

    private static String by(Optional<String> device) {
        return device.map(name -> " by " + name).orElse("");
    }

    private String arrived(Visit visit, TracedHeader header) {
        Optional<Namespace> namespace = wires.namespace(visit.host(), visit.inode());
        String said = in(visit, header) + " and went no further";
        if (namespace.isEmpty()) {
            return said;
        }
        Namespace here = namespace.get();
        if (VisitLinks.has(here, header.destination())) {
            return said + ", although " + header.destination() + " is its own: the kernel did not accept it from "
                    + header.source();
        }
        if (value(here, "net.ipv4.ip_forward").equals("0")) {
            return said + ": net.ipv4.ip_forward is 0, so " + visit.place() + " does not forward";
        }
        String route = noRoute(here, header.destination());
        if (!route.isEmpty()) {
            return said + route;
        }
        return said + ": its routing refused it, as it does where the way back to " + header.source()
                + " leads by another interface (rp_filter)";
    }

    private String beyond(Visit visit, TracedHeader header) {
        String device = header.out().orElse("?");
        String left = "it left " + visit.place() + " by " + device;
        Optional<String> silent = silentHop(visit, device, header.destination());
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
        Optional<LinkPlace> end = wires.peer(visit, device);
        if (end.isPresent()) {
            return left + " and was not seen at the other end, " + state(visit, end.get());
        }
        boolean bridge = wires.link(visit, device)
                .filter(link -> link.kind().equals("bridge"))
                .isPresent();
        if (bridge) {
            return left + ", and the bridge handed it to no port";
        }
        Optional<Namespace> namespace = wires.namespace(visit.host(), visit.inode());
        boolean stranger = namespace
                .filter(known -> !VisitLinks.has(known, header.source()))
                .isPresent();
        return left + ", and nothing came back"
                + (stranger
                        ? "; it went with the source " + header.source() + ", which is not " + visit.place()
                                + "'s own: an answer to it needs a route back"
                        : "");
    }

    private String state(Visit visit, LinkPlace end) {
        Link link = end.link();
        String place = wires.place(visit.host(), end.namespace().inode());
        String said = link.name() + " in " + place;
        if (!link.up()) {
            return said + ", which is down";
        }
        Optional<Link> bridge = link.master().flatMap(name -> VisitLinks.links(end.namespace()).stream()
                .filter(other -> other.name().equals(name))
                .findFirst());
        if (bridge.filter(master -> !master.up()).isPresent()) {
            return said + ", whose bridge " + bridge.get().name() + " is down";
        }
        return said + (link.master().isEmpty() && link.addresses().isEmpty() ? ", which is in no bridge" : "");
    }

    /** The address of a next hop on the device that did not answer ARP. */
    private Optional<String> silentHop(Visit visit, String device, IpAddress destination) {
        List<String> lines = hosts.stream()
                .filter(trace -> trace.host().equals(visit.host()))
                .flatMap(trace -> trace.namespaces().entrySet().stream())
                .filter(entry -> entry.getKey() == visit.inode())
                .map(Map.Entry::getValue)
                .flatMap(heard -> heard.neighbours().stream())
                .toList();
        List<IpAddress> hops = wires.namespace(visit.host(), visit.inode())
                .map(namespace -> routes(namespace).stream()
                        .filter(route -> route.destination().contains(destination))
                        .flatMap(route -> route.via().stream())
                        .toList())
                .orElse(List.of());
        for (String line : lines) {
            // 10.9.0.9 dev br0 INCOMPLETE
            String[] words = line.split(" +");
            Optional<IpAddress> address = IpAddress.tryParse(words[0]);
            if (address.isPresent()
                    && (address.get().equals(destination) || hops.contains(address.get()))
                    && words.length > 2
                    && words[2].equals(device)) {
                return Optional.of(address.get().toString());
            }
        }
        return Optional.empty();
    }

    private static List<Route> routes(Namespace namespace) {
        return namespace.routes().orElse(List.of());
    }

    private String noRoute(Namespace namespace, IpAddress to) {
        boolean known = namespace.routes().fold(read -> true, unknown -> false);
        boolean reached = VisitLinks.has(namespace, to)
                || routes(namespace).stream()
                        .anyMatch(route ->
                                route.destination().contains(to) && route.type().equals("unicast"));
        return known && !reached && !to.text().startsWith("127.") ? "; there is no route to " + to : "";
    }

    private static String value(Namespace namespace, String key) {
        return namespace.sysctls().fold(known -> known.value().getOrDefault(key, ""), unknown -> "");
    }
}
