package dev.drydock.verify.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.probe.UdpOutcome.Kind;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UdpOutcomeTest {
    private static UdpOutcome outcome(int exit, String out) {
        return UdpOutcome.parse(ProbeCapture.of("timeout 2 bash …", exit, out, ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "answered|ANSWERED|''",
                "arrived|ARRIVED|no answer in time",
                "unwanted|UNWANTED|it arrived, and nobody there listens for it",
                "''|SILENCE|no answer in time",
                "recv: Connection refused|REFUSED|cat: -: Connection refused",
                "recv: Network is unreachable|NETWORK_UNREACHABLE|cat: -: Network is unreachable",
                "recv: No route to host|UNREACHABLE|cat: -: No route to host",
                "send: Operation not permitted|FORBIDDEN|bash: line 1: echo: write error: Operation not permitted",
                "send: Network is unreachable|NO_ROUTE|bash: line 1: echo: write error: Network is unreachable",
                "send: Invalid argument|NO_ROUTE|bash: line 1: echo: write error: Invalid argument",
                "send: Permission denied|UNREACHABLE|bash: line 1: echo: write error: Permission denied",
                "name: Name or service not known|UNKNOWN_NAME|Name or service not known",
                "bind: Address already in use|COULD_NOT_RUN|perl ended with status 0: bind: Address already in use",
            })
    void reads_each_word_of_the_sender(String said, Kind kind, String line) {
        UdpOutcome outcome = outcome(0, said + "\n");
        assertThat(outcome.kind()).isEqualTo(kind);
        assertThat(Words.text(outcome.line())).isEqualTo(line);
    }

    @Test
    void tells_who_answered_in_place_of_the_one_that_was_asked() {
        UdpOutcome outcome = outcome(0, "from fd00::2 53\n");
        assertThat(outcome.kind()).isEqualTo(Kind.ANSWERED_BY_ANOTHER);
        assertThat(outcome.by()).contains(IpAddress.parse("fd00::2"));
        assertThat(Words.text(outcome.line())).isEqualTo("the answer came from [fd00::2]:53");
    }

    @Test
    void tells_a_neighbour_that_does_not_answer_and_a_sender_that_could_not_run() {
        assertThat(outcome(113, "10.9.0.77 dev eth0 INCOMPLETE\n").kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(outcome(2, "").kind()).isEqualTo(Kind.COULD_NOT_RUN);
        assertThat(UdpOutcome.parse(ProbeCapture.notRun("bash", Message.verbatim("perl is missing")))
                        .kind())
                .isEqualTo(Kind.COULD_NOT_RUN);
    }
}
