/**
 * What differs between two sweeps, in words and in the commands that would do the same by hand.
 *
 * <p>Knows facts, which of them are the same thing under another name or in another place, and what follows from what. Must not know
 * when the facts were read, who typed what, or how a screen looks.
 */
package dev.drydock.verify.change;
