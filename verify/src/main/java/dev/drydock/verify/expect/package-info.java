/**
 * What a lab may expect of a world's state, one record per kind, each judging facts without I/O or clock.
 *
 * <p>Three rules hold for every kind. A statement about a place supposes the place: where it is known to be absent, neither the
 * statement nor its negation is met. What could not be read leaves a statement open, unless something else already decides it. Silence
 * proves nothing, unless a control that was tried from the same place answered.
 *
 * <p>Knows facts, the outcomes of active probes and verdicts. Must not know YAML, processes, terminals or commands' raw formats.
 */
package dev.drydock.verify.expect;
