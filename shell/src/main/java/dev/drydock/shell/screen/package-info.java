/**
 * All text that Drydock puts on a screen: pure functions from the model to lines, and {@link dev.drydock.shell.screen.Screen},
 * which writes them.
 *
 * <p>Knows sessions, verdicts, labs, topologies and how wide a character is. Must not know picocli, line editing, where a terminal comes
 * from, or how anything was found out.
 */
package dev.drydock.shell.screen;
