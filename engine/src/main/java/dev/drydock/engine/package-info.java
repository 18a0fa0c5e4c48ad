/**
 * The words in which a lab asks and a lab host offers: capabilities and images.
 *
 * <p>Knows nothing else, so that content and hosts can share it. Must not know labs, hosts, sessions or terminals.
 */
package dev.drydock.engine;
