package dev.drydock.verify.expect;

import dev.drydock.verify.facts.Scope;
import java.util.Optional;

/** An interface named by its place; the name may be open where any will do. */
public record InterfaceRef(Scope in, Optional<String> name) {}
