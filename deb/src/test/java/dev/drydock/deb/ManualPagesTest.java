package dev.drydock.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.drydock.shell.cli.Manual;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManualPagesTest {
    private static final Path TEXTS =
            Path.of(System.getProperty("drydock.root")).resolve("deb/src/main/man");

    @TempDir
    Path folder;

    @Test
    void every_verb_has_a_page_with_what_is_told_by_hand() throws IOException {
        ManualPages.main(new String[] {TEXTS.toString(), folder.toString()});
        Set<String> verbs = Manual.model().getSubcommands().keySet();
        assertThat(verbs).hasSizeGreaterThan(10).allSatisfy(verb -> assertThat(folder.resolve("lab-" + verb + ".adoc"))
                .content()
                .contains(Files.readString(TEXTS.resolve("lab-" + verb + ".adoc"))
                        .lines()
                        .findFirst()
                        .orElseThrow())
                .contains("*lab " + verb + "*", "== Exit status", "*130*", "*--debug*", "== See also"));
        assertThat(folder.resolve("lab-test.adoc"))
                .content()
                .contains("*-j* _N_", "*--excepting*=_ID,…_::", "lab test --all --strict --excepting ipvlan");
    }

    @Test
    void a_verb_that_nobody_tells_of_and_a_text_without_a_verb_are_refused() throws IOException {
        Path texts = Files.createDirectory(folder.resolve("texts"));
        try (Stream<Path> all = Files.list(TEXTS)) {
            for (Path text : all.toList()) {
                Files.copy(text, texts.resolve(text.getFileName()));
            }
        }
        String[] arguments = {texts.toString(), folder.resolve("pages").toString()};
        Files.move(texts.resolve("lab-hint.adoc"), texts.resolve("lab-hunt.adoc"));
        assertThatIllegalStateException()
                .isThrownBy(() -> ManualPages.main(arguments))
                .withMessageContaining("lab-hint.adoc");
        Files.copy(texts.resolve("lab-hunt.adoc"), texts.resolve("lab-hint.adoc"));
        assertThatIllegalStateException()
                .isThrownBy(() -> ManualPages.main(arguments))
                .withMessageContaining("lab-hunt.adoc");
    }
}
