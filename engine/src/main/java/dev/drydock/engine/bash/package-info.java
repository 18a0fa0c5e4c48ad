/**
 * Bash as it is written: words, quotes, here-documents, and whether a text is whole.
 *
 * <p>Knows nothing but text. Must not know labs, worlds or terminals, and runs nothing.
 */
package dev.drydock.engine.bash;
