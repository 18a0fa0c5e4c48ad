/**
 * How facts are read: one bash script for one round trip, and pure parsers of its sections.
 *
 * <p>Knows commands and their output formats. Must not know expectations, nor start a process: a {@link dev.drydock.verify.ProbeRunner} does.
 */
package dev.drydock.verify.probe;
