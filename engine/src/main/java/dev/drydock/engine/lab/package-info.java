/**
 * What a lab is: steps, goals, questions, hints, and the reader of format 1.
 *
 * <p>Knows YAML (as nodes) and verify's expectations. Must not know worlds, sessions or terminals.
 */
package dev.drydock.engine.lab;
