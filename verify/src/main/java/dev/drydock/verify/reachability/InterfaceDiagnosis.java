package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.reachability.StepFinding.Broken;
import dev.drydock.verify.words.Message;
import java.util.List;

/** The findings for faults of an interface itself (down, parent down), and the commands that show its state. */
record InterfaceDiagnosis(PathWording words) {
    Broken down(Interface end) {
        return down(end, say("broken.interface-down", "interface", words.end(end)));
    }

    Broken down(Interface end, Message found) {
        return new Broken(
                        end.isBridge() ? Cause.BRIDGE_DOWN : Cause.INTERFACE_DOWN,
                        found,
                        links(end),
                        say("mend.set-up", "interface", words.end(end)),
                        words.change(end.at(), "link set " + LearnerCommand.quoted(end.name()) + " up"))
                .at(end);
    }

    Broken parentDown(Interface parent, Interface child) {
        return new Broken(
                        Cause.PARENT_DOWN,
                        say("broken.parent-down", "interface", words.end(parent), "child", words.end(child)),
                        links(parent),
                        say("mend.set-up", "interface", words.end(parent)),
                        words.change(parent.at(), "link set " + LearnerCommand.quoted(parent.name()) + " up"))
                .at(parent);
    }

    Evidence links(Interface end) {
        return new Evidence(
                words.ip(end.at(), "addr show " + LearnerCommand.quoted(end.name())),
                end.link().shown());
    }

    Evidence routes(Node node, boolean ipv6) {
        return table(node, Route.MAIN, ipv6);
    }

    /** All routes of one table, as evidence. */
    Evidence table(Node node, String table, boolean ipv6) {
        List<Route> all = node.namespace().routes().orElse(List.of()).stream()
                .filter(route -> route.ipv6() == ipv6 && route.table().equals(table))
                .toList();
        return new Evidence(words.ip(node, show(table, ipv6)), String.join("\n", Route.lines(all)));
    }

    /** One route, as evidence. */
    Evidence route(Node node, Route route) {
        return new Evidence(words.ip(node, show(route.table(), route.ipv6())), route.line());
    }

    private static String show(String table, boolean ipv6) {
        return (ipv6 ? "-6 " : "") + (table.equals(Route.MAIN) ? "route" : "route show table " + table);
    }
}
