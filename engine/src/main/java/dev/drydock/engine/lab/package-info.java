/**
 * What a lab is: steps, goals, questions, hints; the reader of format 1 and the library of labs.
 *
 * <p>{@link dev.drydock.engine.lab.LabReader} turns text into nodes (only {@code YamlComposer} knows SnakeYAML), nodes through
 * shapes into records of this package and of verify, and whatever is wrong into {@link dev.drydock.engine.lab.Problem}s, all of
 * a file at once. One small file binds one family of expectations ({@code LinkKinds}, {@code ReachKinds} …).
 *
 * <p>Knows YAML (as nodes) and verify's expectations. Must not know worlds, sessions or terminals.
 */
package dev.drydock.engine.lab;
