package dev.drydock.verify.packet.compare;

import com.google.gson.JsonObject;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.Packet;
import dev.drydock.verify.packet.PacketDevice;
import dev.drydock.verify.packet.Ports;
import dev.drydock.verify.packet.Protocol;

/**
 * One packet that is sent for real and followed by the model.
 *
 * @param from {@code lan}, {@code blue}, {@code wan}, or {@code here} for one that the router makes
 * @param to whose MAC address it bears: {@code router}, or the end to which the bridge hands it on
 * @param mark of the socket; 0 for what the router does not make
 */
record TestPacket(
        String from, String to, String source, String destination, Protocol protocol, int sport, int dport, int mark) {

    /** A random packet; {@code number} tells the source port, so that no two connections of one ruleset are the same. */
    static TestPacket draw(Draw draw, int number) {
        Protocol protocol = draw.one(
                java.util.List.of(Protocol.TCP, Protocol.TCP, Protocol.TCP, Protocol.UDP, Protocol.UDP, Protocol.ICMP));
        boolean ports = protocol != Protocol.ICMP;
        int sport = ports ? (draw.chance(85) ? 20000 : 600) + number : 0;
        int dport = ports ? Integer.parseInt(draw.one("22", "53", "80", "443", "8080", "1234", "5001")) : 0;
        return switch (draw.below(16)) {
            case 0, 1, 2, 3 ->
                new TestPacket(
                        "lan",
                        "router",
                        draw.one("10.9.0.11", "10.9.0.11", "10.9.1.11", "10.9.0.15"),
                        draw.one("8.8.8.8", "8.8.8.8", "10.0.2.9", "8.8.4.4"),
                        protocol,
                        sport,
                        dport,
                        0);
            case 4, 5 ->
                new TestPacket(
                        "lan", "router", "10.9.0.11", draw.one("10.9.0.1", "10.0.2.15"), protocol, sport, dport, 0);
            case 6, 7 ->
                new TestPacket(
                        "wan", "router", draw.one("203.0.113.9", "10.0.2.9"), "10.0.2.15", protocol, sport, dport, 0);
            case 8, 9 ->
                new TestPacket(
                        "wan",
                        "router",
                        draw.one("8.8.8.8", "203.0.113.9"),
                        draw.one("10.9.0.12", "10.9.0.11", "10.9.1.11"),
                        protocol,
                        sport,
                        dport,
                        0);
            case 10 -> new TestPacket("blue", "router", "10.9.0.12", "8.8.8.8", protocol, sport, dport, 0);
            case 11, 12 ->
                draw.chance(70)
                        ? new TestPacket("lan", "blue", "10.9.0.11", "10.9.0.12", protocol, sport, dport, 0)
                        : new TestPacket("blue", "lan", "10.9.0.12", "10.9.0.11", protocol, sport, dport, 0);
            case 13, 14 -> {
                String to = draw.one("8.8.8.8", "10.0.2.9", "10.9.0.12");
                String own = to.startsWith("10.9") ? "10.9.0.1" : "10.0.2.15";
                yield new TestPacket(
                        "here", "", own, to, protocol, sport, dport, draw.chance(30) ? draw.between(1, 3) : 0);
            }
            default -> {
                String own = draw.one("10.0.2.15", "10.9.0.1");
                yield new TestPacket("here", "", own, own, protocol, sport, dport, draw.chance(30) ? 1 : 0);
            }
        };
    }

    boolean made() {
        return from.equals("here");
    }

    /** Whether the bridge hands it on without routing it. */
    boolean switched() {
        return !made() && !to.equals("router");
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("from", from);
        json.addProperty("to", to);
        json.addProperty("src", source);
        json.addProperty("dst", destination);
        json.addProperty("proto", protocol.toString());
        json.addProperty("sport", sport);
        json.addProperty("dport", dport);
        json.addProperty("mark", mark);
        return json;
    }

    /** The same packet for the model. */
    Packet packet() {
        boolean ports = protocol.hasPorts();
        Header header = new Header(
                new IpAddress(source),
                new IpAddress(destination),
                protocol,
                ports ? Ports.of(sport) : Ports.NONE,
                ports ? Ports.of(dport) : Ports.NONE);
        PacketDevice in = made() ? PacketDevice.NONE : PacketDevice.named(from.equals("wan") ? "wan0" : "br0");
        return Packet.of(header, in, false)
                .withMark(mark)
                .onPorts(
                        from.equals("lan") || from.equals("blue") ? PacketDevice.named(from + "0") : PacketDevice.NONE,
                        switched() ? PacketDevice.named(to + "0") : PacketDevice.NONE,
                        switched());
    }
}
