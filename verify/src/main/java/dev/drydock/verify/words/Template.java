package dev.drydock.verify.words;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A parsed entry of a language file: text with places for arguments.
 *
 * <ul>
 *   <li><code>{name}</code> the argument; a list as {@code a, b and c}
 *   <li><code>{name:form}</code> a {@link Term} in this form. For a list the form is {@code or}: {@code a, b or c}, {@code comma}:
 *       {@code a, b, c}, {@code semicolon}: {@code a; b; c}, {@code blank}: {@code a b c}, {@code each}: {@code a and b and c}, or a form for each
 *       of its terms
 *   <li><code>{name:capital}</code> a message or term at the beginning of a sentence; other texts stay unchanged
 *   <li><code>{name?this|that}</code> the first text for true, for the number 1, and for a text, message or list that is not empty; else the second.
 *       Both may have places; the second may be left out
 *   <li><code>{lab-command}</code> and <code>{lab-outside}</code> the command that calls Drydock where the reader is at present, and outside a lab's
 *       own shell; these are no arguments of the message
 *   <li><code>{{</code>, <code>}}</code> and {@code |} a brace and a bar, outside a choice only
 * </ul>
 */
record Template(List<Part> parts) {
    static final String COMMAND = "lab-command";
    static final String COMMAND_OUTSIDE = "lab-outside";

    /** A part of an entry. */
    sealed interface Part {}

    /** Fixed text. */
    record Literal(String text) implements Part {}

    /**
     * The place of an argument.
     *
     * @param form an empty text where none is given
     */
    record Argument(String name, String form) implements Part {}

    /** One of two texts, selected by an argument. */
    record Choice(String name, Template yes, Template no) implements Part {}

    /** @throws IllegalArgumentException with the entry, when a brace is missing or not expected */
    static Template parse(String entry) {
        Reader reader = new Reader(entry);
        Template template = reader.template(false);
        if (reader.at < entry.length()) {
            throw reader.wrong();
        }
        return template;
    }

    /** The names of the arguments that the entry uses. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (Part part : parts) {
            if (part instanceof Argument argument) {
                if (!argument.name().equals(COMMAND) && !argument.name().equals(COMMAND_OUTSIDE)) {
                    names.add(argument.name());
                }
            } else if (part instanceof Choice choice) {
                names.add(choice.name());
                names.addAll(choice.yes().names());
                names.addAll(choice.no().names());
            }
        }
        return names;
    }

    /** The position in the text. Use one instance for one entry, in one thread. */
    private static final class Reader {
        private final String entry;
        private int at;

        Reader(String entry) {
            this.entry = entry;
        }

        Template template(boolean inChoice) {
            List<Part> parts = new ArrayList<>();
            StringBuilder literal = new StringBuilder();
            while (at < entry.length()) {
                char c = entry.charAt(at);
                boolean doubled = at + 1 < entry.length() && entry.charAt(at + 1) == c;
                if (c == '{' && (inChoice || !doubled)) {
                    if (literal.length() > 0) {
                        parts.add(new Literal(literal.toString()));
                        literal.setLength(0);
                    }
                    parts.add(place());
                } else if (inChoice && (c == '|' || c == '}')) {
                    break;
                } else if (c == '}' && !doubled) {
                    throw wrong();
                } else {
                    literal.append(c);
                    at += c == '{' || c == '}' ? 2 : 1;
                }
            }
            if (literal.length() > 0) {
                parts.add(new Literal(literal.toString()));
            }
            return new Template(List.copyOf(parts));
        }

        private Part place() {
            at++;
            int start = at;
            while (at < entry.length() && (Character.isLetterOrDigit(entry.charAt(at)) || entry.charAt(at) == '-')) {
                at++;
            }
            String name = entry.substring(start, at);
            if (name.isEmpty()) {
                throw wrong();
            }
            Optional<Part> part = Optional.empty();
            if (take('?')) {
                Template yes = template(true);
                Template no = take('|') ? template(true) : new Template(List.of());
                part = Optional.of(new Choice(name, yes, no));
            } else if (take(':')) {
                int form = at;
                while (at < entry.length() && Character.isLetter(entry.charAt(at))) {
                    at++;
                }
                part = Optional.of(new Argument(name, entry.substring(form, at)));
            }
            if (!take('}')) {
                throw wrong();
            }
            return part.orElse(new Argument(name, ""));
        }

        private boolean take(char c) {
            boolean here = at < entry.length() && entry.charAt(at) == c;
            at += here ? 1 : 0;
            return here;
        }

        IllegalArgumentException wrong() {
            return new IllegalArgumentException("a brace is missing or too many at " + (at + 1) + " of: " + entry);
        }
    }
}
