/**
 * The student's shell: a line edited by JLine, executed by the real bash of a lab host on a pseudo-terminal, and judged after
 * it ran; lab verbs, questions, completion, highlighting and history.
 *
 * <p>Knows sessions, lab hosts as something that opens an interactive program, terminals and the screen's pages. Must not know
 * how a fact is read, how a sandbox is made, picocli, or how a page is drawn.
 */
package dev.drydock.shell.repl;
