/**
 * The way of one packet through the packet filter, NAT and routing of one namespace. A test packet is evaluated against the parsed rules, hook by
 * hook; rule text is never searched.
 *
 * <p>Where a fact is not known, both cases are tried: a match that this package cannot decide is taken as yes once and as no once. Only where the
 * outcomes differ is the answer unknown.
 *
 * <p>Knows facts. Must not know expectations, verdicts, YAML, processes or terminals.
 */
package dev.drydock.verify.packet;
