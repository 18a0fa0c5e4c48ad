/**
 * Compares the model of the packet filter with the kernel: random rulesets, real packets, and the outcome that the model foresees.
 *
 * <p>Knows the public types of {@code dev.drydock.verify.packet} and the sweep. Must not know how the model reads a rule: the grammars
 * here are written from the manuals of iptables and nft, not from the code under test. docs/RULES.md says how to run it.
 */
package dev.drydock.verify.packet.compare;
