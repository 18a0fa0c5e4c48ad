/**
 * The three-valued outcome of a check and the port through which facts are read.
 *
 * <p>Knows verdicts, evidence and that a script can be run somewhere. Must not know YAML, processes, terminals or where a host lives.
 */
package dev.drydock.verify;
