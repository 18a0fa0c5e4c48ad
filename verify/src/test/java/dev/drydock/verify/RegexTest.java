package dev.drydock.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.verify.Regex.Found;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class RegexTest {
    @Test
    void finds_and_matches_as_java_does() {
        assertThat(Regex.of("b+", 0).find("abbc")).isEqualTo(Found.YES);
        assertThat(Regex.of("b+", 0).matches("abbc")).isEqualTo(Found.NO);
        assertThat(Regex.of("ab+c", 0).matches("abbc")).isEqualTo(Found.YES);
        assertThat(Regex.of("x", 0).find("abbc")).isEqualTo(Found.NO);
    }

    /** Java remembers some of what it tried in vain, so that the first is cubic; the others are exponential. */
    @ParameterizedTest
    @CsvSource({"(x+x+)+y,x", "(x+?x+?)+?y,x", "(.*)*=(.*)*=\\1\\2!,b", "((x+x+)+y)\\2,x"})
    void gives_up_what_never_ends(String expression, String letter) {
        assertThat(Regex.of(expression, 0).find(letter.repeat(5000) + "!")).isEqualTo(Found.TOO_LONG);
    }

    @Test
    void gives_up_what_loops_over_nothing() {
        assertThat(Regex.of("(?:(?:){1000000}){30000}", 0).find("")).isEqualTo(Found.TOO_LONG);
    }

    @Test
    void gives_up_what_needs_more_stack_than_there_is() {
        assertThat(Regex.of("(a|b)*c", 0).matches("ab".repeat(1_000_000))).isEqualTo(Found.TOO_LONG);
        assertThatThrownBy(() -> Regex.of("(".repeat(200_000), 0)).isInstanceOf(PatternSyntaxException.class);
    }

    @Test
    void tells_on_which_text_it_gave_up() {
        Regex regex = Regex.of("(x+x+)+y", 0).within(100_000);
        assertThat(regex.firstTooLong(List.of("", "abc", "x".repeat(200)))).contains("x".repeat(200));
        assertThat(Regex.of("x+y", 0).within(100_000).firstTooLong(List.of("", "x".repeat(200))))
                .isEmpty();
    }
}
