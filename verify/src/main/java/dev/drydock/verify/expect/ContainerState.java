package dev.drydock.verify.expect;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.MacAddress;
import java.util.Map;
import java.util.Optional;

/** {@code container: {name: web, running: true, network_mode: bridge, ip: 172.17.0.2, networks: {mynet: {ip: 172.20.0.2, aliases: [rr]}}, logs: {contains: …}}}. */
public record ContainerState(
        Optional<String> host,
        String name,
        boolean exists,
        Optional<Boolean> running,
        Optional<String> image,
        Optional<String> networkMode,
        Optional<IpAddress> address,
        Optional<MacAddress> mac,
        Map<String, NetworkPlace> networks,
        Optional<TextMatch> logs)
        implements Expectation {
    @Override
    public String describe() {
        throw new UnsupportedOperationException("contract only");
    }

    @Override
    public Verdict judge(Facts facts) {
        throw new UnsupportedOperationException("contract only");
    }
}
