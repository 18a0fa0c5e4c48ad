/**
 * What a lab may expect of a world's state, one record per kind, each judging facts without I/O or clock.
 *
 * <p>Knows facts and verdicts. Must not know YAML, processes, terminals or commands' raw formats.
 */
package dev.drydock.verify.expect;
