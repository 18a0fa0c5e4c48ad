/**
 * The way of one packet through the packet filter of one namespace: a witness packet is evaluated against the rules as they were read,
 * hook by hook, and never against their text.
 *
 * <p>Whatever is not known forks the way: a rule whose match this package cannot decide is tried both ways. Only where the ways end
 * differently does it matter.
 *
 * <p>Knows facts. Must not know expectations, verdicts, YAML, processes or terminals.
 */
package dev.drydock.verify.packet;
