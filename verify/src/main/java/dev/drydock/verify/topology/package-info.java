/**
 * The network of a lab as a picture needs it: hosts, their namespaces as boxes, interfaces and what each is connected to, and visible faults. A
 * pure function of the facts, in an order that depends on names alone.
 *
 * <p>Knows facts. Must not know how a picture is drawn, terminals, or what a lesson expects.
 */
package dev.drydock.verify.topology;
