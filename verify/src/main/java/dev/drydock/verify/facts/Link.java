package dev.drydock.verify.facts;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** An interface: {@code kind} is {@code veth}, {@code bridge} … or empty for a plain device; {@code up} is the administrative state; {@code peerIndex} is the ifindex of a veth's other end, {@code peerNetnsId} its namespace as this one numbers it, empty when it is this very namespace. */
public record Link(int index, String name, String kind, boolean up, String operState, boolean carrier, Optional<MacAddress> mac, int mtu, Optional<String> master, OptionalInt peerIndex, OptionalInt peerNetnsId, List<InterfaceAddress> addresses) {}
