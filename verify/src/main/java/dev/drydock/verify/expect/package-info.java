/**
 * The expectations of a lab, one record for each kind. Each judges facts without I/O and without a clock.
 *
 * <p>Three rules hold for every kind. The namespaces of an expectation must exist: where one is known to be absent, neither the expectation nor its
 * negation is met. What could not be read gives "cannot tell", unless something else already decides. Silence proves nothing, unless a control that
 * was tried from the same namespace answered.
 *
 * <p>Knows facts, the outcomes of active probes and verdicts. Must not know YAML, processes, terminals or commands' raw formats.
 */
package dev.drydock.verify.expect;
