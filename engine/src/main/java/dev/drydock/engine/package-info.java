/**
 * The names of capabilities and images, which labs ask for and lab hosts offer.
 *
 * <p>Knows nothing else, so that the reader of labs and the hosts can share it. Must not know labs, hosts, sessions or terminals.
 */
package dev.drydock.engine;
