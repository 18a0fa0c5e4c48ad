package dev.drydock.verify.expect;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Layer;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.facts.Vxlan;
import dev.drydock.verify.packet.RouteLookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Facts in the format of {@code ip}, for evidence. */
final class IpLines {
    private IpLines() {}

    /** {@code 5: eth0@if6: <UP,LOWER_UP> mtu 1500 master br0 state UP}; of the flags only UP and LOWER_UP. */
    static String link(Link link) {
        String flags = !link.up() ? "<>" : link.carrier() ? "<UP,LOWER_UP>" : "<NO-CARRIER,UP>";
        String peer = link.peerIndex().isPresent() ? "@if" + link.peerIndex().getAsInt() : "";
        return link.index() + ": " + link.name() + peer + ": " + flags + " mtu " + link.mtu()
                + link.master().map(master -> " master " + master).orElse("") + " state "
                + link.operState();
    }

    /** All interfaces of a namespace. */
    static Evidence list(Facts facts, Scope in, List<Link> links) {
        return new Evidence(
                ScopeCommands.ip(facts, in, "link"),
                links.stream().map(IpLines::link).collect(Collectors.joining("\n")));
    }

    /** One interface of a namespace. */
    static Evidence show(Facts facts, Scope in, Link link) {
        return new Evidence(ScopeCommands.ip(facts, in, "link show " + LearnerCommand.quoted(link.name())), link(link));
    }

    /** The interface's line, its MAC address and its addresses, as {@code ip addr show} prints them. */
    static String addresses(Link link) {
        List<String> lines = new ArrayList<>();
        lines.add(link(link));
        link.mac().ifPresent(mac -> lines.add("    link/ether " + mac));
        if (!link.layer().equals(Layer.NONE)) {
            lines.add("    " + layer(link.layer(), link.kind()));
        }
        // the word tentative is gone a second later
        link.addresses().forEach(address -> lines.add("    " + address.shown().replace(" tentative", "")));
        return String.join("\n", lines);
    }

    /** The line about a parent or a VXLAN device, as {@code ip -d link} prints it. */
    private static String layer(Layer layer, String kind) {
        String parent = layer.parentName().map(name -> " on " + name).orElse("");
        return layer.vxlan()
                .map(Vxlan::shown)
                .orElseGet(
                        () -> kind + layer.mode().map(mode -> " mode " + mode).orElse("") + parent);
    }

    /** The arguments for {@code ip} that show the table of this route: {@code route}, {@code route show table 100}. */
    static String lookup(Optional<RouteLookup> way) {
        return way.flatMap(RouteLookup::route)
                .map(Route::table)
                .filter(table -> !table.equals(Route.MAIN))
                .map(table -> "route show table " + table)
                .orElse("route");
    }

    /** {@code default via 10.9.0.1 dev eth0}. */
    static String route(Route route) {
        return (route.type().equals("unicast") ? "" : route.type() + " ")
                + destination(route.destination())
                + route.via().map(via -> " via " + via).orElse("")
                + route.device().map(device -> " dev " + device).orElse("")
                + route.source().map(source -> " src " + source).orElse("")
                + (route.metric() == 0 ? "" : " metric " + route.metric());
    }

    /** {@code default}, {@code 10.9.0.0/24}, {@code 10.9.0.7}. */
    static String destination(Cidr cidr) {
        if (cidr.prefix() == 0) {
            return "default";
        }
        boolean single = cidr.prefix() == (cidr.address().isIpv6() ? 128 : 32);
        return single ? cidr.address().toString() : cidr.toString();
    }
}
