package dev.drydock.verify.facts;

import java.util.Optional;
import java.util.OptionalInt;

/** A listening socket; {@code address} is {@code 0.0.0.0}, {@code ::}, {@code *} or a bound address; the owner is known only where the kernel told. */
public record Socket(String protocol, String address, int port, OptionalInt pid, Optional<String> comm) {}
