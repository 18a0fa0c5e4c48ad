package dev.drydock.verify.change;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.change.Command.Stage;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.network.Interface;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The commands that create a new interface, or both ends of a new veth pair.
 *
 * @param ends one, or the two ends of a pair
 */
record LinkAddition(HostComparison host, List<Interface> ends) {
    /** The change with its commands, or with the reason why there are none. */
    Change of(Change change) {
        Interface first = ends.get(0);
        Optional<String> add = addition();
        if (add.isEmpty()) {
            return change.byNothing(say("no-command.link"));
        }
        List<Command> commands = new ArrayList<>(List.of(new Command(Stage.LINKS, add.get())));
        for (Interface end : ends) {
            String set = host.linkSet(end);
            end.link()
                    .master()
                    .ifPresent(bridge ->
                            commands.add(new Command(Stage.PORTS, set + " master " + LearnerCommand.quoted(bridge))));
            if (end.link().mtu() != 1500 && !first.link().kind().equals("vxlan")) {
                commands.add(new Command(
                        Stage.LINKS_ARE_SET, set + " mtu " + end.link().mtu()));
            }
            if (end.link().up()) {
                commands.add(new Command(Stage.LINKS_ARE_UP, set + " up"));
            }
        }
        return change.by(commands);
    }

    private Optional<String> addition() {
        Interface first = ends.get(0);
        Link link = first.link();
        String ip = NamespaceWords.ip(first.namespace(), host.isNew(first.namespace()));
        if (ends.size() == 2) {
            Interface second = ends.get(1);
            boolean elsewhere = !first.at().equals(second.at());
            return Optional.of(ip + " link add " + LearnerCommand.quoted(link.name()) + " type veth peer name "
                    + LearnerCommand.quoted(second.link().name())
                    + (elsewhere
                            ? " netns " + NamespaceWords.netns(second.namespace(), host.isNew(second.namespace()))
                            : ""));
        }
        boolean far =
                link.layer().parentIndex().isPresent() && !first.namespace().isHost();
        Optional<String> parent = far
                ? host.networkAfter
                        .parent(first)
                        .filter(below -> below.at().isHost())
                        .map(Interface::name)
                : link.layer().parentName();
        return switch (link.kind()) {
            case "bridge", "dummy", "ifb" ->
                Optional.of(ip + " link add " + LearnerCommand.quoted(link.name()) + " type " + link.kind());
            case "macvlan", "ipvlan", "macvtap" ->
                parent.filter(name -> link.layer().mode().isPresent())
                        .map(name -> (far ? "ip" : ip) + " link add link " + LearnerCommand.quoted(name) + " name "
                                + LearnerCommand.quoted(link.name())
                                + (far
                                        ? " netns "
                                                + NamespaceWords.netns(first.namespace(), host.isNew(first.namespace()))
                                        : "")
                                + " type " + link.kind() + " mode "
                                + link.layer().mode().get());
            case "vxlan" ->
                link.layer()
                        .vxlan()
                        .filter(vxlan -> !far)
                        .map(vxlan -> ip + " link add " + LearnerCommand.quoted(link.name()) + " type vxlan "
                                + LearnerCommand.words(vxlan.shown().replaceFirst("^vxlan ", "")));
            default -> Optional.empty();
        };
    }
}
