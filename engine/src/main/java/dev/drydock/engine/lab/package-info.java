/**
 * The model of a lab (steps, goals, questions, hints), the reader of lab format 1, and the library of labs.
 *
 * <p>{@link dev.drydock.engine.lab.LabReader} turns the text of a file into YAML nodes, and the nodes, through decoders, into records of this package
 * and of verify. It reports all problems of a file at once, as {@link dev.drydock.engine.lab.Problem}s. One small file reads one family of
 * expectations ({@code LinkKinds}, {@code ReachKinds} …).
 *
 * <p>Knows YAML (as nodes; only {@code YamlComposer} knows SnakeYAML) and verify's expectations. Must not know worlds, sessions or terminals.
 */
package dev.drydock.engine.lab;
