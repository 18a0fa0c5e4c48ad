package dev.drydock.verify.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class PseudoLanguageTest {
    @Test
    void says_every_entry_in_other_letters_and_leaves_arguments_as_they_are() {
        assertThat(PseudoLanguage.said(() ->
                        Words.text(Message.say("place.on-another-host", "name", "web", "host", "a", "wanted", "b"))))
                .isEqualTo("web żż żż a, żżż żż b");
        assertThat(PseudoLanguage.said(() -> Words.text(Message.verbatim("no such file"))))
                .isEqualTo("żż żżżż żżżż");
        assertThat(Words.text(Message.say("list.and", "before", "a", "last", "b")))
                .isEqualTo("a and b");
    }

    @Test
    void finds_the_english_that_stands_in_the_code_and_not_what_the_sample_says() throws IOException {
        assertThat(PseudoLanguage.english("żżż eth0 żż\nżż this is left  and this is of the sample"))
                .containsExactly(" this is left", "and this is of the sample");
        assertThat(PseudoLanguage.english("żż  and this is of the sample", PseudoLanguageTest.class))
                .isEmpty();
    }
}
