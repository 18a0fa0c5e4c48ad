/**
 * The way of one real packet through the real kernel, from the kernel's own trace: the script that sends and listens, the parser of nft's output,
 * and the way there and back, joined from what each namespace saw.
 *
 * <p>Nothing is predicted here: where the kernel reports nothing, the trace has nothing.
 *
 * <p>Knows facts and the output of nft, ping and curl. Must not know expectations, YAML, terminals, nor start a process.
 */
package dev.drydock.verify.trace;
