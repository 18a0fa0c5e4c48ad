package dev.drydock.verify.facts;

import java.util.List;
import java.util.Map;

/** What was read on one lab host. A host without Docker has empty, known lists of containers and networks only when its Docker is known to be absent by the lab's own choice; an unreachable engine is unknown. */
public record HostFacts(String name, Reading<List<Namespace>> namespaces, Reading<List<Container>> containers, Reading<List<DockerNetwork>> networks, Map<Scope, Reading<List<HostsEntry>>> hostsFiles, Reading<List<ProcessEntry>> processes, Map<ActiveProbe, ProbeCapture> captures) {}
