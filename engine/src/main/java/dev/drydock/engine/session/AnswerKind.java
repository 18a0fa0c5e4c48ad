package dev.drydock.engine.session;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.words.Message;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The kind of an answer, by its form alone. */
enum AnswerKind {
    SUBNET,
    ENDPOINT,
    ADDRESS,
    MAC,
    NUMBER,
    NAME;

    private static final Pattern MAC_FORM = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");
    private static final Pattern ENDPOINT_FORM = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3}):(\\d{1,5})");

    /**
     * The kind of an answer; empty for any other text, such as a sentence.
     *
     * @param folded as {@link AnswerForm#fold} makes it
     */
    static Optional<AnswerKind> of(String folded) {
        if (AnswerForm.number(folded).isPresent()) {
            return Optional.of(NUMBER);
        } else if (folded.isEmpty()
                || (folded.contains(" ") && AnswerForm.subnet(folded).isEmpty())) {
            return Optional.empty();
        } else if (MAC_FORM.matcher(AnswerForm.withColons(folded)).matches()) {
            return Optional.of(MAC);
        } else if (IpAddress.tryParse(folded).isPresent()) {
            return Optional.of(ADDRESS);
        } else if (AnswerForm.subnet(folded).isPresent()) {
            return Optional.of(SUBNET);
        } else if (ENDPOINT_FORM.matcher(folded).matches()) {
            return Optional.of(ENDPOINT);
        }
        return Optional.of(NAME);
    }

    /** The kind in words, with its article: {@code a MAC address}. */
    Message said() {
        return say("answer.kind." + name().toLowerCase(Locale.ROOT));
    }
}
