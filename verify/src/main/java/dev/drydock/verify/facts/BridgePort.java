package dev.drydock.verify.facts;


/** An interface enslaved to a bridge; {@code state} is {@code forwarding}, {@code disabled} …. */
public record BridgePort(String name, String bridge, String state) {}
