package dev.drydock.verify.facts;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Docker network; {@code containers} are the names of the containers attached now; {@code bridge} is the Linux bridge that carries it. */
public record DockerNetwork(String id, String name, String driver, List<Cidr> subnets, List<IpAddress> gateways, Optional<String> bridge, List<String> containers, Map<String, String> options) {}
