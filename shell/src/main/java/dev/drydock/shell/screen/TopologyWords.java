package dev.drydock.shell.screen;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.PortMapping;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.facts.Vxlan;
import dev.drydock.verify.topology.Fault;
import dev.drydock.verify.topology.HostNetwork;
import dev.drydock.verify.topology.InterfaceId;
import dev.drydock.verify.topology.NamespaceBox;
import dev.drydock.verify.topology.NetworkInterface;
import dev.drydock.verify.topology.NetworkInterface.State;
import dev.drydock.verify.topology.Topology;
import dev.drydock.verify.topology.TranslationMark;
import dev.drydock.verify.topology.Wire;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The words in a picture of the network. A fault has the mark {@code !} before it. */
final class TopologyWords {
    /** How many addresses of an interface are shown where there is little room; the others are counted. */
    private static final int FEW_ADDRESSES = 2;

    private final Topology topology;
    private final DisplayOptions look;

    TopologyWords(Topology topology, DisplayOptions look) {
        this.topology = topology;
        this.look = look;
    }

    /** An interface: its name, kind, addresses, hardware address, and faults. */
    Line interfaceLine(NamespaceBox box, NetworkInterface one, boolean mac) {
        return interfaceLine(box, one, mac, false);
    }

    /**
     * @param mac whether the hardware address is shown
     * @param narrow whether to leave out that a network's bridge is a bridge, and most addresses of an interface that has many
     */
    Line interfaceLine(NamespaceBox box, NetworkInterface one, boolean mac, boolean narrow) {
        Line line = Line.of(Style.STRONG, look.spell(one.name()));
        if (one.bridge()) {
            line = line.plus(
                    Style.FAINT, narrow && one.network().isPresent() ? "" : " " + Words.text(say("topology.bridge")));
        } else if (!one.kind().equals("veth")
                && !one.kind().isEmpty()
                && one.vxlan().isEmpty()) {
            line = line.plus(Style.FAINT, " " + look.spell(one.kind()));
        }
        if (one.vxlan().isPresent()) {
            line = line.plus(" " + look.spell(tunnel(one.vxlan().get())));
        }
        int most = narrow && one.addresses().size() > FEW_ADDRESSES + 1
                ? FEW_ADDRESSES
                : one.addresses().size();
        for (var address : one.addresses().subList(0, most)) {
            line = line.plus(" " + address);
        }
        if (most < one.addresses().size()) {
            line = line.plus(" "
                    + Words.text(
                            say("changes.and-more", "count", one.addresses().size() - most)));
        }
        if (mac && one.mac().isPresent()) {
            line = line.plus(Style.FAINT, " " + one.mac().get());
        }
        if (one.network().isPresent()) {
            line = line.plus(
                    Style.FAINT,
                    " "
                            + look.spell(Words.text(say(
                                    "topology.network", "network", one.network().get(), "internal", one.internal()))));
        }
        return line.plus(wrong(new InterfaceId(box.id(), one.name()), one));
    }

    private Line wrong(InterfaceId end, NetworkInterface one) {
        Set<String> marks = new LinkedHashSet<>();
        topology.faults().stream()
                .filter(fault -> fault.where().contains(end))
                .forEach(fault -> marks.add(Words.text(mark(fault.kind(), one))));
        Line line = Line.EMPTY;
        if (one.state() == State.NO_CARRIER && !marks.contains(Words.text(State.NO_CARRIER.words()))) {
            line = line.plus(Style.FAINT, " " + Words.text(State.NO_CARRIER.words()));
        }
        for (String mark : marks) {
            line = line.plus(" ").plus(Style.NOT_MET, "!" + mark);
        }
        if (one.wire().kind() == Wire.Kind.UNKNOWN) {
            line = line.plus(Style.UNKNOWN, " ? " + look.spell(one.wire().words()));
        }
        return line;
    }

    private static Message mark(Fault.Kind kind, NetworkInterface one) {
        return switch (kind) {
            case UNREAD -> say("topology.mark.unread");
            case DOWN -> State.DOWN.words();
            case NO_CARRIER -> State.NO_CARRIER.words();
            case LEADS_NOWHERE -> say("topology.mark.leads-nowhere");
            case NOT_FORWARDING -> say("topology.mark.port-state", "state", one.portState());
            case ADDRESS_ON_PORT -> say("topology.mark.address-on-port");
            case NO_ADDRESS -> say("topology.mark.no-address");
            case DUPLICATE_ADDRESS -> say("topology.mark.same-address");
            case DUPLICATE_MAC -> say("topology.mark.same-mac");
            case MTU_STEP -> say("topology.mark.mtu");
            case SAME_SUBNET -> say("topology.mark.same-subnet");
            case NO_SUCH_GATEWAY -> say("topology.mark.no-such-gateway");
            case NO_NAME -> say("topology.mark.no-name");
        };
    }

    /** {@code vxlan 42 to 10.0.2.16 by eth0}. */
    static String tunnel(Vxlan vxlan) {
        return "vxlan " + vxlan.id()
                + vxlan.remote().map(to -> " to " + to).orElse("")
                + vxlan.group().map(to -> " group " + to).orElse("")
                + vxlan.device().map(by -> " by " + by).orElse("");
    }

    /** The title of a box's frame. */
    Line title(NamespaceBox box) {
        return box.names().isEmpty()
                ? Line.of(Style.NOT_MET, "!" + look.spell(box.title()))
                : Line.of(Style.STRONG, look.spell(box.title()));
    }

    /** The default routes of a box, such as {@code default via 172.17.0.1}, or that a box with addresses has none. Empty where it has neither. */
    Line wayOut(NamespaceBox box) {
        List<String> words = new ArrayList<>();
        for (Route route : box.defaultRoutes()) {
            words.add("default"
                    + route.via().map(gateway -> " via " + gateway).orElse("")
                    + (route.via().isPresent()
                            ? ""
                            : route.device().map(device -> " dev " + device).orElse("")));
        }
        boolean addressed =
                box.interfaces().stream().anyMatch(one -> !one.addresses().isEmpty());
        if (words.isEmpty() && addressed) {
            words.add(Words.text(say("topology.no-default-route")));
        }
        return Line.of(look.spell(String.join(", ", new LinkedHashSet<>(words))));
    }

    /** {@code ip_forward 1, FORWARD DROP}; nothing where neither was read. */
    Line forwarding(NamespaceBox box) {
        String policy = box.forwardPolicy()
                .map(word -> Words.text(say("topology.forward-policy", "policy", word)))
                .orElse("");
        return Line.of(
                Style.FAINT,
                look.spell(box.forwards()
                        .map(on -> "ip_forward " + (on ? "1" : "0") + policy)
                        .orElse("")));
    }

    /** Whether a box is a router, for which it matters whether it forwards packets. */
    static boolean router(NamespaceBox box) {
        long addressed = box.interfaces().stream()
                .filter(one -> !one.addresses().isEmpty())
                .count();
        return box.host() || (box.containers().isEmpty() && addressed > 1);
    }

    /** Remarks on a box, one line each: what could not be read, published ports, NAT. */
    List<Line> remarks(NamespaceBox box) {
        List<Line> lines = new ArrayList<>();
        box.unread().ifPresent(reason -> lines.add(Line.of(Style.UNKNOWN, "? " + look.spell(reason))));
        if (box.unread().isEmpty() && box.interfaces().isEmpty()) {
            lines.add(Line.of(say("topology.only-lo", "down", !box.loopbackUp())));
        }
        Set<String> ports = new LinkedHashSet<>();
        for (PortMapping port : box.published()) {
            String outside = port.address().equals("0.0.0.0") || port.address().equals("::") ? "host" : port.address();
            ports.add(outside + ":" + port.outside() + " → " + port.inside() + "/" + port.protocol());
        }
        ports.forEach(port -> lines.add(Line.of(look.spell(port))));
        for (TranslationMark rule : box.translations()) {
            lines.add(Line.of(Style.FAINT, "NAT ")
                    .plus(look.spell(
                            Words.text(rule.match()) + " → " + rule.to().orElse(rule.target()))));
        }
        return lines;
    }

    /** Containers that share the lab host's own namespace. */
    Optional<Line> sharing(NamespaceBox host) {
        return host.containers().isEmpty()
                ? Optional.empty()
                : Optional.of(Line.of(Style.STRONG, look.spell(String.join(", ", host.containers())))
                        .plus(Style.FAINT, say("topology.in-host-namespace")));
    }

    /** What is written below a picture: the faults in sentences, and the containers that do not run. */
    List<Line> below() {
        List<Line> lines = new ArrayList<>();
        topology.faults()
                .forEach(fault ->
                        lines.addAll(Goals.hanging(Line.of(Style.NOT_MET, "! "), Style.PLAIN, fault.words(), look)));
        for (HostNetwork host : topology.hosts()) {
            if (!host.stopped().isEmpty()) {
                Optional<String> where = topology.hosts().size() > 1 ? Optional.of(host.name()) : Optional.empty();
                List<String> all = host.stopped().stream()
                        .map(one -> one.container() + " (" + one.status() + ")")
                        .toList();
                lines.addAll(Goals.hanging(
                        Line.of(Style.FAINT, say("topology.not-running", "host", where)),
                        Style.PLAIN,
                        String.join(", ", all),
                        look));
            }
        }
        return lines;
    }
}
