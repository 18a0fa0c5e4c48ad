/**
 * All that was read of all lab hosts, as one network: namespaces, their interfaces, and which interfaces reach each other at layer 2.
 *
 * <p>{@link dev.drydock.verify.network.NetworkModel} is made once for a set of facts and parses each namespace's rules and settings once. Knows
 * facts, the rules and routes of {@code packet} and the outcomes of probes. Must not know causes, expectations or sentences.
 */
package dev.drydock.verify.network;
