package dev.drydock.labs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.lab.Glossary;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.Question;
import dev.drydock.engine.lab.Step;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The glossary that is shipped: enough terms, each used by the step that is to teach it. */
class GlossaryTest {
    static List<Glossary.Term> terms() {
        return Shelf.glossary().terms();
    }

    @Test
    void has_many_terms_and_no_problem() {
        assertThat(terms()).hasSizeGreaterThanOrEqualTo(40);
        assertThat(Shelf.catalogue().problems()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("terms")
    void names_a_step_that_uses_the_term(Glossary.Term term) {
        Lab lab = Shelf.labs().stream()
                .filter(one -> one.id().equals(term.lab()))
                .findFirst()
                .orElseThrow();
        Step step = lab.steps().stream()
                .filter(one -> one.id().equals(term.step()))
                .findFirst()
                .orElseThrow();

        String text = plain(String.join(
                " ",
                Stream.of(
                                Stream.of(step.title()),
                                step.say().stream(),
                                step.question().map(Question::ask).stream(),
                                step.hints().stream())
                        .flatMap(all -> all)
                        .toList()));

        assertThat(Stream.concat(Stream.of(term.name()), term.also().stream()).map(GlossaryTest::plain))
                .as(text)
                .anyMatch(text::contains);
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    }
}
