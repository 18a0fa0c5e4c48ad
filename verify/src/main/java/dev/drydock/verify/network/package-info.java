/**
 * What was read of all lab hosts as one network: the namespaces as nodes, their interfaces, and which interfaces hear each other.
 *
 * <p>{@link dev.drydock.verify.network.NetworkModel} is made once for a set of facts and parses each namespace's rules and settings once.
 * Knows facts, the rules and routes of {@code packet} and the outcomes of probes. Must not know causes, expectations or sentences.
 */
package dev.drydock.verify.network;
