package dev.drydock.shell.repl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.words.Words;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongMessageTest {
    private final LongMessage message = new LongMessage();

    private String after(String output, int piece) {
        byte[] bytes = output.getBytes(StandardCharsets.UTF_8);
        message.begin();
        for (int i = 0; i < bytes.length; i += piece) {
            message.saw(bytes, i, Math.min(piece, bytes.length - i));
        }
        return message.end();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sendmsg() failed: Message too long\r\niptables-restore: line 1201 failed: Message too long.\r\n",
                "ssendmsg() failed: Message too long",
                "netlink: Error: Could not process rule: Message too long\r\n"
            })
    void says_what_helps_however_the_output_comes(String output) {
        for (int piece = 1; piece <= output.length(); piece++) {
            assertThat(after(output, piece)).isEqualTo(Words.text(LongMessage.SENTENCE) + "\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ping: sendmsg: Message too long\n",
                "ping: local error: message too long, mtu=1500\n",
                "netlink: Error: Could not process rule: No such file or directory\n"
            })
    void says_nothing_of_other_messages(String output) {
        assertThat(after(output, 7)).isEmpty();
    }

    @Test
    void says_it_once() {
        assertThat(after("sendmsg() failed: Message too long\n", 5)).isNotEmpty();
        assertThat(message.end()).isEmpty();
    }
}
