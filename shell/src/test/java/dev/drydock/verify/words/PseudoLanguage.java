package dev.drydock.verify.words;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A language that nobody speaks: every entry of the English file with other letters. What is still English in it stands in the code. */
public final class PseudoLanguage extends ResourceBundle {
    private static final Pattern ENGLISH = Pattern.compile(
            "(?:^|[\\s(])(?:the|is|are|was|were|has|have|not|cannot|no|an|of|with|there|which|that|this|who|nobody|nothing|does"
                    + "|do|and|or|but|its|it|only|so)(?:$|[\\s,.;:)])");

    private final ResourceBundle english = ResourceBundle.getBundle("dev.drydock.messages", Locale.ROOT);

    private PseudoLanguage() {}

    /** What a page says while the process speaks this language. */
    public static String said(Supplier<String> page) {
        Words before = Words.speak(new Words(new PseudoLanguage()) {
            @Override
            String say(Message message) {
                String words = super.say(message);
                return message.key().equals("verbatim") ? masked(words) : words;
            }
        });
        try {
            return page.get();
        } finally {
            Words.speak(before);
        }
    }

    /**
     * The pieces of English that are left.
     *
     * @param samples classes of tests whose sources hold what the page's lab, machine and author say
     */
    public static List<String> english(String page, Class<?>... samples) throws IOException {
        StringBuilder said = new StringBuilder();
        for (Class<?> sample : samples) {
            Path source = Path.of(
                    System.getProperty("drydock.root", ".."),
                    "shell/src/test/java",
                    sample.getName().replace('.', '/') + ".java");
            said.append(letters(Files.readString(source).replaceAll("\"\\s*\\+\\s*\"|\\\\n", "")));
        }
        return page.lines()
                .flatMap(line -> Stream.of(line.split("ż|…|\\s{2,}")))
                .filter(piece -> ENGLISH.matcher(piece).find() && said.indexOf(letters(piece)) < 0)
                .toList();
    }

    private static String letters(String text) {
        return text.replaceAll("[^a-zA-Z]", "");
    }

    @Override
    protected Object handleGetObject(String key) {
        return translated(english.getString(key));
    }

    @Override
    public Enumeration<String> getKeys() {
        return Collections.enumeration(english.keySet());
    }

    /** The entry with its places as they are and every letter of its words another one. */
    private static String translated(String entry) {
        StringBuilder text = new StringBuilder();
        Matcher place = Pattern.compile("\\{[a-zA-Z0-9-]+(?::[a-z]+)?(?:}|\\?)").matcher(entry);
        int from = 0;
        while (place.find()) {
            text.append(masked(entry.substring(from, place.start()))).append(place.group());
            from = place.end();
        }
        return text.append(masked(entry.substring(from))).toString();
    }

    private static String masked(String words) {
        return words.replaceAll("\\p{Alpha}", "ż");
    }
}
