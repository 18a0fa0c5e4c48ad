/**
 * Holds the labs to what their authors promise: readable, provable, on one screen.
 *
 * <p>Knows every module, for content is tested through all of it.
 */
package dev.drydock.labs;
