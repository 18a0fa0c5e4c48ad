package dev.drydock.verify.facts;

/** A link and the namespace that it was found in. */
public record LinkPlace(Namespace namespace, Link link) {}
