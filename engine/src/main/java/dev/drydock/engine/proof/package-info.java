/**
 * The author's proof that a lab teaches and grades correctly ({@code lab test}).
 *
 * <p>Knows labs, lab hosts and verify. Must not know terminals.
 */
package dev.drydock.engine.proof;
