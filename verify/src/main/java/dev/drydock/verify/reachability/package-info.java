/**
 * Why one place can or cannot reach another: the causal chain, link by link there and back, up to the first broken one.
 *
 * <p>The chain follows one packet through everything that was read: names, interfaces, routes, cables, bridges, neighbours, rules,
 * translations, listeners, and the answer's way. A link that cannot be told never counts as broken. What lies beyond the lab hosts is
 * not known here, only what a real probe brought back from it.
 *
 * <p>Knows facts, the way of a packet through one namespace ({@code packet}) and the outcomes of probes. Must not know expectations, labs, YAML,
 * processes or terminals.
 */
package dev.drydock.verify.reachability;
