/**
 * Sentences as data. Code makes a {@link dev.drydock.verify.words.Message}: a key and named, typed arguments.
 * {@link dev.drydock.verify.words.Words} makes the sentence from the file of the reader's language ({@code dev/drydock/messages.properties} is
 * English).
 *
 * <p>Knows keys, arguments and languages. Must not know what a sentence is about. No other code looks into a sentence.
 */
package dev.drydock.verify.words;
