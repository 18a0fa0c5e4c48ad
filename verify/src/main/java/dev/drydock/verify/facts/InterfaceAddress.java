package dev.drydock.verify.facts;


/** An address on an interface; {@code scope} is {@code global}, {@code link} or {@code host}. */
public record InterfaceAddress(Cidr address, String scope, boolean secondary) {}
