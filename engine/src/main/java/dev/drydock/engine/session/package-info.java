/**
 * One student's run of one lab: progress, transcript, checks, hints, answers.
 *
 * <p>Knows labs, lab hosts and verify. Must not know JLine, picocli, colours, nor how a sandbox is made.
 */
package dev.drydock.engine.session;
