/**
 * Why one namespace can or cannot reach another: the steps of a packet and of its answer, up to the first broken one.
 *
 * <p>The packet is followed through everything that was read: names, interfaces, routes, cables, bridges, neighbours, rules, NAT, listeners, and
 * back. A step that cannot be judged never counts as broken. Networks beyond the lab hosts are not known; only the results of real probes tell
 * about them.
 *
 * <p>Knows facts, the way of a packet through one namespace ({@code packet}) and the outcomes of probes. Must not know expectations, labs, YAML,
 * processes or terminals.
 */
package dev.drydock.verify.reachability;
