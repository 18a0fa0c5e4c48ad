/**
 * The automatic test of a lab ({@code lab test}): its solutions are accepted, its mistakes are recognised, and its text shows what really happens.
 *
 * <p>Knows labs, lab hosts and verify. Must not know terminals.
 */
package dev.drydock.engine.proof;
