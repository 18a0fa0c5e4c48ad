/**
 * The immutable result of one sweep over a world: namespaces, links, addresses, routes, rules, sockets, containers.
 *
 * <p>Knows what the kernel and Docker said, and what could not be read. Must not know how it was read or what anyone expects.
 */
package dev.drydock.verify.facts;
