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
 * What a Docker network was told when it was made, or the daemon for its default bridge: {@code icc=false}, {@code ip-masq=false}. Docker
 * writes either into the options of the network.
 */
record DockerSettings(NetworkModel model) {
    private static final String TALK = "com.docker.network.bridge.enable_icc";
    private static final String MASQUERADE = "com.docker.network.bridge.enable_ip_masquerade";

    /**
     * An option that is off.
     *
     * @param network the network that has it
     * @param option as {@code docker network create -o} takes it
     */
    record Off(DockerNetwork network, String option) {
        /** {@code enable_icc=false}. */
        String shown() {
            return option.substring(option.lastIndexOf('.') + 1) + "=false";
        }

        /** Prints {@code false}. */
        String command() {
            return "docker network inspect -f '{{index .Options \"" + option + "\"}}' "
                    + LearnerCommand.quoted(network.name());
        }
    }

    /** Why Docker made the rule that keeps the containers of one bridge from one another; empty for every other rule. */
    Optional<Off> apart(Node at, String rule) {
        return off(at, TALK)
                .filter(off -> off.network()
                        .bridge()
                        .filter(bridge -> rule.contains("-i " + bridge + " -o " + bridge + " -j DROP"))
                        .isPresent())
                .findFirst();
    }

    /** Why Docker makes no rule that translates this source; empty where it would. */
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
