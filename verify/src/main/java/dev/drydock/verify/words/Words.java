package dev.drydock.verify.words;

import static dev.drydock.verify.words.Message.say;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes the sentences of {@link Message}s in one language. A language is a file {@code dev/drydock/messages_XX.properties} with its code in
 * {@link #LANGUAGES}; entries that are missing in it appear in English. Safe for several threads.
 */
public class Words {
    /** The ISO 639 codes of the available languages; the first one is that of {@code messages.properties}. */
    public static final List<String> LANGUAGES = List.of("en");

    /** The forms of lists that have the same text between all items. */
    private static final Set<String> JOINED = Set.of("comma", "semicolon", "blank", "each");

    private static volatile Words reader = ofLanguage(LANGUAGES.get(0));

    /** The command that started this process. A reader in a lab's own shell types {@code lab} instead; see {@link #inShell}. */
    private static volatile String called = "lab";

    private static volatile boolean inShell;

    private final ResourceBundle bundle;
    private final Map<String, Template> templates = new ConcurrentHashMap<>();

    Words(ResourceBundle bundle) {
        this.bundle = bundle;
    }

    /** The sentence in the language of this process's reader: English until {@link #speakTo}. */
    public static String text(Message message) {
        return reader.say(message);
    }

    /**
     * From now on says everything in the reader's language, where it is available; else in English.
     *
     * @param environment of the command that the reader typed; the language is chosen as in {@link #wanted}
     */
    public static void speakTo(Map<String, String> environment) {
        String code = wanted(environment);
        if (!code.equals(LANGUAGES.get(0))) {
            speak(ofLanguage(code));
        }
    }

    /** Sets the name of the command in all later sentences: {@code lab}, {@code ./lab}. */
    public static void callCommand(String name) {
        called = name;
    }

    /** Sets whether the reader types in a lab's own shell. */
    public static void inShell(boolean sits) {
        inShell = sits;
    }

    /** The command that the reader types at present to call Drydock. */
    public static String command() {
        return inShell ? "lab" : called;
    }

    /** Sets the language of this process; returns the words that were used before. */
    static Words speak(Words words) {
        Words before = reader;
        reader = words;
        return before;
    }

    /** @param code one of {@link #LANGUAGES} */
    static Words ofLanguage(String code) {
        MessageFile english = MessageFile.read("messages.properties", null);
        return new Words(
                code.equals(LANGUAGES.get(0))
                        ? english
                        : MessageFile.read("messages_" + code + ".properties", english));
    }

    /**
     * The code of the language in {@code DRYDOCK_LANGUAGE}, {@code LC_ALL}, {@code LC_MESSAGES} or {@code LANG}, the first that is set; English
     * where it is not available.
     */
    static String wanted(Map<String, String> environment) {
        for (String name : List.of("DRYDOCK_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                String code = value.split("[_.@-]", 2)[0].toLowerCase(Locale.ROOT);
                return LANGUAGES.contains(code) ? code : LANGUAGES.get(0);
            }
        }
        return LANGUAGES.get(0);
    }

    /** @throws IllegalArgumentException when there is no such key, or the message lacks an argument: a bug */
    String say(Message message) {
        StringBuilder sentence = new StringBuilder();
        put(template(message.key()), message, sentence);
        return sentence.toString();
    }

    private Template template(String key) {
        return templates.computeIfAbsent(key, wanted -> {
            try {
                return Template.parse(bundle.getString(wanted));
            } catch (MissingResourceException e) {
                throw new IllegalArgumentException("no words for " + wanted, e);
            }
        });
    }

    private void put(Template template, Message message, StringBuilder sentence) {
        for (Template.Part part : template.parts()) {
            if (part instanceof Template.Literal literal) {
                sentence.append(literal.text());
            } else if (part instanceof Template.Argument argument) {
                sentence.append(value(argument(message, argument.name()), argument.form()));
            } else if (part instanceof Template.Choice choice) {
                put(holds(argument(message, choice.name())) ? choice.yes() : choice.no(), message, sentence);
            }
        }
    }

    private static Object argument(Message message, String name) {
        if (name.equals(Template.COMMAND)) {
            return command();
        } else if (name.equals(Template.COMMAND_OUTSIDE)) {
            return called;
        }
        Object value = message.arguments().get(name);
        if (value == null) {
            throw new IllegalArgumentException("no argument " + name + " in the message " + message.key());
        }
        return value;
    }

    private boolean holds(Object value) {
        if (value instanceof Boolean truth) {
            return truth;
        }
        if (value instanceof Number number) {
            return number.longValue() == 1;
        }
        return value instanceof Collection<?> several
                ? !several.isEmpty()
                : !value(value, "").isEmpty();
    }

    private String value(Object value, String form) {
        if (form.equals("capital")) {
            String words = value(value, "");
            boolean ours =
                    (value instanceof Message message && !message.key().equals("verbatim")) || value instanceof Term;
            return words.isEmpty() || !ours
                    ? words
                    : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        }
        if (value instanceof Message message) {
            return say(message);
        }
        if (value instanceof Term term) {
            return say(term.inForm(form));
        }
        return value instanceof Collection<?> several ? list(List.copyOf(several), form) : String.valueOf(value);
    }

    private String list(List<?> items, String form) {
        boolean kindOfList = form.equals("or") || JOINED.contains(form);
        List<String> words =
                items.stream().map(item -> value(item, kindOfList ? "" : form)).toList();
        String comma = say(Message.say("list.comma"));
        if (JOINED.contains(form)) {
            return String.join(say(Message.say("list." + form)), words);
        }
        if (words.size() < 2) {
            return words.isEmpty() ? "" : words.get(0);
        }
        int last = words.size() - 1;
        return say(Message.say(
                form.equals("or") ? "list.or" : "list.and",
                "before",
                String.join(comma, words.subList(0, last)),
                "last",
                words.get(last)));
    }
}
