/**
 * The verbs of the {@code lab} command, one class each, and what they write for machines (JSON, JUnit XML, completion).
 *
 * <p>Knows picocli, sessions, worlds and the screen. Must not know standard streams (they are handed in), how a fact is read or
 * how a world is built.
 */
package dev.drydock.shell.cli;
