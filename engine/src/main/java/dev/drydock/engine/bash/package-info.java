/**
 * Reads bash source text: words, quotes, here-documents, and whether a text is complete.
 *
 * <p>Knows nothing but text. Must not know labs, worlds or terminals, and runs nothing.
 */
package dev.drydock.engine.bash;
