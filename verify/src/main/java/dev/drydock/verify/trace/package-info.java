/**
 * One real packet's way through the real kernel, as the kernel's own trace tells it: the script that sends it and listens, the parser of
 * what nft prints, and the way there and back put together from what each namespace saw.
 *
 * <p>Nothing here is foreseen: where the kernel says nothing, so does the trace.
 *
 * <p>Knows facts and the output of nft, ping and curl. Must not know expectations, YAML, terminals, nor start a process.
 */
package dev.drydock.verify.trace;
