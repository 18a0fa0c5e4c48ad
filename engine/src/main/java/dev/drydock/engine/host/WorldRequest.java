package dev.drydock.engine.host;

import java.util.List;
import java.util.Set;

/**
 * What a lab demands of its world.
 *
 * @param hosts names of the lab hosts, 1 to 200; the first is the default one
 * @param needs names of capabilities; with {@code docker} every lab host runs a Docker engine
 * @param images words of {@link dev.drydock.engine.Image}: the container images that are made locally
 */
public record WorldRequest(String labId, List<String> hosts, Set<String> needs, List<String> images) {
    public WorldRequest {
        hosts = List.copyOf(hosts);
        needs = Set.copyOf(needs);
        images = List.copyOf(images);
    }
}
