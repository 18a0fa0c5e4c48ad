package dev.drydock.engine.lab;

import static dev.drydock.engine.lab.ExpectationKind.kind;
import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.expect.Flow;
import dev.drydock.verify.expect.FlowDevice;
import dev.drydock.verify.expect.FlowEnd;
import dev.drydock.verify.expect.ForwardVerdict;
import dev.drydock.verify.expect.NatResult;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.words.Complaint;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the expectations about netfilter rules: {@code nat}, {@code forward}. */
record RuleKinds(LabPlaces places) {
    private static final String FLOW = "flow: {src: 10.9.0.11, dst: 8.8.8.8, proto: tcp, dport: 80}";
    private static final Decoder<Protocol> PROTOCOL = Decoders.choice(
            Map.of("tcp", Protocol.TCP, "udp", Protocol.UDP, "icmp", Protocol.ICMP), List.of("tcp", "udp", "icmp"));
    private static final Decoder<Boolean> STATE =
            Decoders.choice(Map.of("new", false, "established", true), List.of("new", "established"));

    Map<String, ExpectationKind> all() {
        return Map.ofEntries(
                kind("nat: {flow: {src: 10.9.0.11, dst: 8.8.8.8}, source: translated}", this::nat),
                kind("forward: {flow: {src: 10.9.0.11, dst: 8.8.8.8}, verdict: accept}", this::forward));
    }

    private Optional<NatResult> nat(MapReader map) {
        var in = map.optional("in", places.scope(), Scope.LAB_HOST);
        var flow = map.required("flow", this::flow);
        var source = map.optional("source", RuleKinds::source);
        var destination = map.optional("destination", RuleKinds::destination);
        if (map.has("source")) {
            map.refuse("destination", say("nat.source-and-destination"));
        } else if (!map.has("destination")) {
            map.error(say("nat.neither", "node", map.node().label()), say("nat.neither.next"));
        }
        return map.build(() -> source.get()
                .map(wanted -> new NatResult(in.get(), flow.get(), true, wanted))
                .orElseGet(() -> new NatResult(
                        in.get(), flow.get(), false, destination.get().orElseThrow())));
    }

    private Optional<ForwardVerdict> forward(MapReader map) {
        var in = map.optional("in", places.scope(), Scope.LAB_HOST);
        var flow = map.required("flow", this::flow);
        var verdict = map.required("verdict", Decoders.choice(ForwardVerdict.Verb.class));
        return map.build(() -> new ForwardVerdict(in.get(), flow.get(), verdict.get()));
    }

    private static Optional<NatResult.Wanted> source(YamlNode node, Problems problems) {
        return Decoders.text(text -> switch (text) {
                    case "translated" -> NatResult.Wanted.TRANSLATED;
                    case "unchanged", "none" -> NatResult.Wanted.UNCHANGED;
                    default ->
                        IpAddress.tryParse(text)
                                .filter(address -> !address.isIpv6())
                                .map(address -> NatResult.Wanted.exactly(address, Optional.empty()))
                                .orElseThrow(() -> new Complaint(say("nat.no-source", "text", Quote.of(text))));
                })
                .read(node, problems);
    }

    private static Optional<NatResult.Wanted> destination(YamlNode node, Problems problems) {
        return Decoders.text(text -> {
                    if (text.equals("unchanged") || text.equals("none")) {
                        return NatResult.Wanted.UNCHANGED;
                    }
                    int colon = text.indexOf(':');
                    String port = colon < 0 ? "" : text.substring(colon + 1);
                    Optional<IpAddress> address = IpAddress.tryParse(colon < 0 ? text : text.substring(0, colon))
                            .filter(given -> !given.isIpv6());
                    if (address.isEmpty() || (colon >= 0 && !isPort(port))) {
                        throw new Complaint(say("nat.no-destination", "text", Quote.of(text)));
                    }
                    return NatResult.Wanted.exactly(
                            address.get(), colon < 0 ? Optional.empty() : Optional.of(Integer.valueOf(port)));
                })
                .read(node, problems);
    }

    private static boolean isPort(String text) {
        return text.matches("[1-9][0-9]{0,4}") && Integer.parseInt(text) <= 65535;
    }

    private Optional<Flow> flow(YamlNode node, Problems problems) {
        return MapReader.read(node, problems, Optional.of(FLOW), map -> {
            var source = map.optional("src", this::end, FlowEnd.OUTSIDE);
            var destination = map.required("dst", this::end);
            var protocol = map.optional("proto", PROTOCOL, Protocol.ICMP);
            var sourcePort = map.optional("sport", Decoders.number(1, 65535));
            var destinationPort = map.optional("dport", Decoders.number(1, 65535));
            var in = map.optional("in", RuleKinds::device);
            var out = map.optional("out", RuleKinds::device);
            var established = map.optional("state", STATE, false);
            return map.build(() -> new Flow(
                    source.get(),
                    destination.get(),
                    protocol.get(),
                    sourcePort.get(),
                    destinationPort.get(),
                    in.get(),
                    out.get(),
                    established.get()));
        });
    }

    /** An address, {@code outside}, or a place. */
    private Optional<FlowEnd> end(YamlNode node, Problems problems) {
        if (node instanceof YamlNode.Text text && text.text().equals("outside")) {
            return Optional.of(FlowEnd.OUTSIDE);
        }
        if (node instanceof YamlNode.Text text && text.text().matches("[0-9./]+|.*:.*:.*")) {
            return Decoders.text(given -> FlowEnd.of(ScalarParsers.address(given)))
                    .read(node, problems);
        }
        return places.scope().read(node, problems).map(FlowEnd::at);
    }

    /** {@code eth0}, or {@code {not: br0}}. */
    private static Optional<FlowDevice> device(YamlNode node, Problems problems) {
        return node instanceof YamlNode.Text
                ? ScalarParsers.INTERFACE.read(node, problems).map(name -> new FlowDevice(name, false))
                : MapReader.read(node, problems, Optional.of("out: {not: br0}"), map -> {
                    var name = map.required("not", ScalarParsers.INTERFACE);
                    return map.build(() -> new FlowDevice(name.get(), true));
                });
    }
}
