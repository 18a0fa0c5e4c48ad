package dev.drydock.shell.screen;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Vxlan;
import dev.drydock.verify.topology.HostNetwork;
import dev.drydock.verify.topology.InterfaceId;
import dev.drydock.verify.topology.NamespaceBox;
import dev.drydock.verify.topology.NetworkInterface;
import dev.drydock.verify.topology.NetworkInterface.State;
import dev.drydock.verify.topology.Topology;
import dev.drydock.verify.topology.Wire;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The network of a world in the languages of programs that draw graphs: a node for each interface, grouped by namespace and host. */
public final class TopologySource {
    private final Topology topology;
    private final TopologyWords words;
    private final Map<InterfaceId, String> nodes = new LinkedHashMap<>();

    private TopologySource(Topology topology) {
        this.topology = topology;
        this.words = new TopologyWords(topology, DisplayOptions.plain(true));
        for (NamespaceBox box : topology.boxes()) {
            box.interfaces().forEach(one -> nodes.put(new InterfaceId(box.id(), one.name()), "i" + nodes.size()));
        }
    }

    /** What joins two nodes. @param broken whether nothing passes */
    private record Edge(String from, String to, String label, boolean broken) {}

    /** For Graphviz. */
    public static String dot(Topology topology) {
        return new TopologySource(topology).dot();
    }

    /** For Mermaid, as Markdown files of many sites show it. */
    public static String mermaid(Topology topology) {
        return new TopologySource(topology).mermaid();
    }

    private List<Edge> edges() {
        List<Edge> edges = new ArrayList<>();
        Set<Set<InterfaceId>> told = new HashSet<>();
        for (NamespaceBox box : topology.boxes()) {
            for (NetworkInterface one : box.interfaces()) {
                InterfaceId end = new InterfaceId(box.id(), one.name());
                String node = nodes.get(end);
                one.master()
                        .map(bridge -> nodes.get(new InterfaceId(box.id(), bridge)))
                        .ifPresent(bridge -> edges.add(new Edge(bridge, node, "port", one.state() == State.DOWN)));
                one.wire()
                        .end()
                        .filter(nodes::containsKey)
                        .filter(other -> told.add(Set.of(end, other)))
                        .ifPresent(other -> edges.add(new Edge(
                                node, nodes.get(other), one.wire().words(), !carries(one) || !carries(other))));
                tunnels(one)
                        .filter(other -> !other.equals(end) && told.add(Set.of(end, other)))
                        .forEach(other -> edges.add(new Edge(
                                node,
                                nodes.get(other),
                                "vxlan " + one.vxlan().orElseThrow().id(),
                                !carries(one) || !carries(other))));
                if (one.wire().kind() == Wire.Kind.BACKBONE) {
                    edges.add(new Edge("internet", node, Topology.ROUTER, !carries(one)));
                }
            }
        }
        return edges;
    }

    /** The VXLAN devices of the same id and port that an interface sends to. */
    private Stream<InterfaceId> tunnels(NetworkInterface from) {
        Optional<Vxlan> own = from.vxlan();
        Optional<IpAddress> remote = own.flatMap(Vxlan::remote);
        return topology.boxes().stream()
                .filter(box -> remote.isPresent() && holds(box, remote.get()))
                .flatMap(box -> box.interfaces().stream()
                        .filter(one -> one.vxlan()
                                .filter(its -> its.id() == own.get().id()
                                        && its.port() == own.get().port())
                                .isPresent())
                        .map(one -> new InterfaceId(box.id(), one.name())));
    }

    private static boolean holds(NamespaceBox box, IpAddress address) {
        return box.interfaces().stream()
                .flatMap(one -> one.addresses().stream())
                .anyMatch(own -> own.address().equals(address));
    }

    private boolean carries(InterfaceId end) {
        return topology.box(end.box())
                .flatMap(box -> box.named(end.name()))
                .filter(TopologySource::carries)
                .isPresent();
    }

    private static boolean carries(NetworkInterface one) {
        return one.state() == State.UP;
    }

    private List<String> label(NamespaceBox box) {
        List<String> lines = new ArrayList<>(List.of(words.title(box).text()));
        String out = words.wayOut(box).text();
        if (!out.isEmpty()) {
            lines.add(out);
        }
        words.remarks(box).forEach(line -> lines.add(line.text()));
        return lines;
    }

    private String dot() {
        StringBuilder text = new StringBuilder("graph network {\n  node [shape=box];\n");
        if (topology.onBackbone()) {
            text.append("  internet [label=")
                    .append(quoted(List.of("internet", String.join(" ", Topology.INTERNET))))
                    .append("];\n");
        }
        int clusters = 0;
        for (HostNetwork host : topology.hosts()) {
            text.append("  subgraph cluster_")
                    .append(clusters++)
                    .append(" {\n    label=")
                    .append(quoted(List.of(host.name())))
                    .append(";\n");
            for (NamespaceBox box : host.boxes()) {
                text.append("    subgraph cluster_")
                        .append(clusters++)
                        .append(" {\n      label=")
                        .append(quoted(label(box)))
                        .append(";\n");
                if (box.interfaces().isEmpty()) {
                    text.append("      empty").append(clusters).append(" [shape=point, style=invis];\n");
                }
                for (NetworkInterface one : box.interfaces()) {
                    text.append("      ")
                            .append(nodes.get(new InterfaceId(box.id(), one.name())))
                            .append(" [label=")
                            .append(quoted(
                                    List.of(words.interfaceLine(box, one, true).text())))
                            .append("];\n");
                }
                text.append("    }\n");
            }
            text.append("  }\n");
        }
        for (Edge edge : edges()) {
            text.append("  ")
                    .append(edge.from())
                    .append(" -- ")
                    .append(edge.to())
                    .append(" [label=")
                    .append(quoted(List.of(edge.label())));
            text.append(edge.broken() ? ", style=dashed];\n" : "];\n");
        }
        return text.append("}\n").toString();
    }

    /** A string of Graphviz: only quotes and backslashes mean something in it. */
    private static String quoted(List<String> lines) {
        return lines.stream()
                .map(line -> line.replace("\\", "\\\\").replace("\"", "\\\""))
                .collect(Collectors.joining("\\n", "\"", "\""));
    }

    private String mermaid() {
        StringBuilder text = new StringBuilder("flowchart LR\n");
        if (topology.onBackbone()) {
            text.append("  internet([")
                    .append(entities(List.of("internet", String.join(" ", Topology.INTERNET))))
                    .append("])\n");
        }
        int groups = 0;
        for (HostNetwork host : topology.hosts()) {
            text.append("  subgraph g")
                    .append(groups++)
                    .append("[")
                    .append(entities(List.of(host.name())))
                    .append("]\n");
            for (NamespaceBox box : host.boxes()) {
                text.append("    subgraph g")
                        .append(groups++)
                        .append("[")
                        .append(entities(label(box)))
                        .append("]\n");
                if (box.interfaces().isEmpty()) {
                    text.append("      e").append(groups).append("[\"lo\"]\n");
                }
                for (NetworkInterface one : box.interfaces()) {
                    text.append("      ")
                            .append(nodes.get(new InterfaceId(box.id(), one.name())))
                            .append("[")
                            .append(entities(
                                    List.of(words.interfaceLine(box, one, true).text())))
                            .append("]\n");
                }
                text.append("    end\n");
            }
            text.append("  end\n");
        }
        for (Edge edge : edges()) {
            String line = edge.broken() ? "-.-" : "---";
            text.append("  ").append(edge.from()).append(" ").append(line);
            text.append(edge.label().isEmpty() ? "" : "|" + entities(List.of(edge.label())) + "|");
            text.append(" ").append(edge.to()).append("\n");
        }
        return text.toString();
    }

    /** A string of Mermaid, in which everything that could mean something is an entity: {@code #35;} for a number sign. */
    private static String entities(List<String> lines) {
        return lines.stream().map(TopologySource::entities).collect(Collectors.joining("<br/>", "\"", "\""));
    }

    private static String entities(String line) {
        StringBuilder text = new StringBuilder();
        line.codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || " .,:/_-@()".indexOf(c) >= 0 || c > 0x7e) {
                text.appendCodePoint(c);
            } else {
                text.append('#').append(c).append(';');
            }
        });
        return text.toString();
    }
}
