/**
 * The differences between two sweeps, in words and as commands that make the same changes by hand.
 *
 * <p>Knows facts, which objects of both sweeps are the same, and which change follows from which. Must not know when the facts were read, who typed
 * what, or how a screen looks.
 */
package dev.drydock.verify.change;
