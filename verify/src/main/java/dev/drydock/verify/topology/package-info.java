/**
 * The network of a world as a picture needs it: hosts, the namespaces on them as boxes, interfaces and what each of them leads to,
 * and what is visibly wrong; a pure function of the facts in an order that depends on names alone.
 *
 * <p>Knows facts. Must not know how a picture is drawn, terminals, or what a lesson expects.
 */
package dev.drydock.verify.topology;
