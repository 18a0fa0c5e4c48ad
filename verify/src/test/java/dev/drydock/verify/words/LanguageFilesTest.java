package dev.drydock.verify.words;

import static dev.drydock.verify.words.Message.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.facts.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a file of a second language has to hold to: keys of the English one, arguments that its messages have, and a place in the list. */
class LanguageFilesTest {
    private static final Path FOLDER = Path.of("src/main/resources/dev/drydock");

    private final Words before = Words.speak(Words.ofLanguage("en"));

    @AfterEach
    void speak_as_before() {
        Words.speak(before);
    }

    @Test
    void every_language_that_is_listed_has_a_file_and_every_file_is_listed() throws IOException {
        List<String> listed = Words.LANGUAGES.stream()
                .skip(1)
                .map(code -> "messages_" + code + ".properties")
                .toList();
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".properties")))
                    .contains("messages.properties")
                    .filteredOn(name -> name.contains("_"))
                    .containsExactlyInAnyOrderElementsOf(listed);
        }
    }

    @Test
    void every_language_says_what_english_says() {
        MessageFile english = MessageFile.read("messages.properties", null);
        assertThat(Words.LANGUAGES.stream().skip(1)).allSatisfy(code -> assertThat(
                        faults(english, MessageFile.read("messages_" + code + ".properties", null)))
                .isEmpty());
    }

    @Test
    void a_key_an_argument_or_a_brace_that_is_wrong_is_found() {
        MessageFile english = new MessageFile("a = {x} and {y?{z}}\nb = plain", null);
        assertThat(faults(english, new MessageFile("a = {z} kaj {x}\nb = simpla", null)))
                .isEmpty();
        assertThat(faults(english, new MessageFile("a = {w}\nb = {x\nc = x", null)))
                .containsExactlyInAnyOrder("a has no argument w", "b is no entry: {x", "c is no key");
    }

    private static List<String> faults(ResourceBundle english, MessageFile other) {
        List<String> faults = new ArrayList<>();
        for (String key : other.keySet()) {
            String entry = other.getString(key);
            if (!english.containsKey(key)) {
                faults.add(key + " is no key");
                continue;
            }
            try {
                Template.parse(entry).names().stream()
                        .filter(name ->
                                !Template.parse(english.getString(key)).names().contains(name))
                        .forEach(name -> faults.add(key + " has no argument " + name));
            } catch (IllegalArgumentException e) {
                faults.add(key + " is no entry: " + entry);
            }
        }
        return faults;
    }

    /** In the resources of the tests there is a file of a language that is not listed. */
    @Test
    void what_a_language_lacks_is_said_in_english() {
        Words.speak(Words.ofLanguage("eo"));
        assertThat(Words.text(say("place.in", "place", Scope.LAB_HOST))).isEqualTo("in la gastiganto");
    }

    @Test
    void a_reader_of_a_language_that_is_not_listed_reads_english() {
        Words.speakTo(Map.of("LANG", "eo_XX.UTF-8"));
        assertThat(Words.text(say("place.in", "place", Scope.LAB_HOST))).isEqualTo("in the lab host");
    }
}
