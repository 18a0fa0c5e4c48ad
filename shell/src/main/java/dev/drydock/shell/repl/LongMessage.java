package dev.drydock.shell.repl;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Recognizes in a command's output that iptables or nft sent the kernel more rules in one message than their socket holds, and says what helps: the
 * messages of both tools do not name the cause. The limit cannot be raised inside a user namespace (SO_SNDBUFFORCE is not allowed there).
 * Thread-safe.
 */
final class LongMessage {
    static final Message SENTENCE = say("rules.too-many-at-once");

    /** As iptables 1.8 and nft 1.0 write it. */
    private static final List<byte[]> WORDS = List.of(
            "sendmsg() failed: Message too long".getBytes(StandardCharsets.US_ASCII),
            "Could not process rule: Message too long".getBytes(StandardCharsets.US_ASCII));

    /** For each of {@link #WORDS}: how many of its bytes match the end of the output so far. */
    private final int[] seen = new int[WORDS.size()];

    private boolean found;

    /** Forgets the output so far; a command begins. */
    synchronized void begin() {
        found = false;
        Arrays.fill(seen, 0);
    }

    /** Takes the next piece of the command's output. */
    synchronized void saw(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length && !found; i++) {
            for (int which = 0; which < seen.length; which++) {
                byte[] words = WORDS.get(which);
                seen[which] = bytes[i] == words[seen[which]] ? seen[which] + 1 : bytes[i] == words[0] ? 1 : 0;
                if (seen[which] == words.length) {
                    found = true;
                    break;
                }
            }
        }
    }

    /** What to write after the command's output, with a line feed; empty where there is nothing to say. Also forgets that output. */
    synchronized String end() {
        String told = found ? Words.text(SENTENCE) + "\n" : "";
        begin();
        return told;
    }
}
