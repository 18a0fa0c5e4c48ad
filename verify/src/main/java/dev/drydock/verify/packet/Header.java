package dev.drydock.verify.packet;

import dev.drydock.verify.facts.IpAddress;
import java.util.Objects;

/** What the packet itself says of where it comes from and where it goes to. */
public record Header(
        IpAddress source, IpAddress destination, Protocol protocol, Ports sourcePort, Ports destinationPort) {
    public Header {
        Objects.requireNonNull(source);
        Objects.requireNonNull(destination);
        Objects.requireNonNull(protocol);
        Objects.requireNonNull(sourcePort);
        Objects.requireNonNull(destinationPort);
    }

    Header from(IpAddress address, Ports port) {
        return new Header(address, destination, protocol, port, destinationPort);
    }

    Header to(IpAddress address, Ports port) {
        return new Header(source, address, protocol, sourcePort, port);
    }
}
