package dev.drydock.verify.reachability;

import dev.drydock.verify.facts.DockerNetwork;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Options of Docker networks that stop traffic: {@code icc=false}, {@code ip-masq=false}. Options of the daemon for its default bridge are among
 * the options of that network.
 */
record DockerSettings(NetworkModel model) {
    private static final String TALK = "com.docker.network.bridge.enable_icc";
    private static final String MASQUERADE = "com.docker.network.bridge.enable_ip_masquerade";

    /**
     * An option with the value false.
     *
     * @param option the full name for {@code docker network create -o}
     */
    record Off(DockerNetwork network, String option) {
        /** As {@code enable_icc=false}. */
        String shown() {
            return option.substring(option.lastIndexOf('.') + 1) + "=false";
        }

        /** The command that shows the value. */
        String command() {
            return "docker network inspect -f '{{index .Options \"" + option + "\"}}' "
                    + LearnerCommand.quoted(network.name());
        }
    }

    /** The network whose option made Docker add this rule, which isolates the containers of one bridge; empty for other rules. */
    Optional<Off> apart(Node at, String rule) {
        return off(at, TALK)
                .filter(off -> off.network()
                        .bridge()
                        .filter(bridge -> rule.contains("-i " + bridge + " -o " + bridge + " -j DROP"))
                        .isPresent())
                .findFirst();
    }

    /** The network whose option keeps Docker from masquerading this source; empty where there is none. */
    Optional<Off> untranslated(Node at, IpAddress source) {
        return off(at, MASQUERADE)
                .filter(off -> off.network().subnets().stream().anyMatch(subnet -> subnet.contains(source)))
                .findFirst();
    }

    private Stream<Off> off(Node at, String option) {
        return networks(at).stream()
                .filter(network ->
                        network.options().getOrDefault(option, "true").equals("false"))
                .map(network -> new Off(network, option));
    }

    private List<DockerNetwork> networks(Node at) {
        return at.isHost() ? at.host().networks().orElse(List.of()) : List.of();
    }
}
