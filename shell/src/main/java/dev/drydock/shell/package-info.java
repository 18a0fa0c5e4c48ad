/**
 * The process: its streams, its environment, and which class stands behind each part.
 *
 * <p>Knows every package of the shell and the engine's entry points. Must not know what a verb does or how anything is drawn.
 */
package dev.drydock.shell;
