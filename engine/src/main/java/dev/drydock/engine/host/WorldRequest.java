package dev.drydock.engine.host;

import java.util.List;
import java.util.Set;

/**
 * What a lab wants of a world.
 *
 * @param hosts names of the lab hosts, at least one
 * @param needs capabilities, {@code docker} among them when the hosts should run an engine
 * @param images names of container images to be made locally
 */
public record WorldRequest(String labId, List<String> hosts, Set<String> needs, List<String> images) {
    public WorldRequest {
        hosts = List.copyOf(hosts);
        needs = Set.copyOf(needs);
        images = List.copyOf(images);
    }
}
