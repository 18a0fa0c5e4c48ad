package dev.drydock.verify.probe;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The output of one sweep, split at marks that contain the nonce of this run. */
final class Sections {
    /** The reason where the section of a command is missing or has no end. */
    static final Message CUT_OFF = say("command.cut-off");

    private final Map<String, Section> byKey;

    /**
     * The output of one command.
     *
     * @param exit empty when the output was cut off before its end
     */
    record Section(String out, String err, OptionalInt exit) {
        boolean ended(int status) {
            return exit.isPresent() && exit.getAsInt() == status;
        }

        /** Why the command failed, to end a sentence. */
        Message trouble() {
            String said = err.strip();
            if (exit.isEmpty()) {
                return CUT_OFF;
            }
            return said.isEmpty()
                    ? say("command.ended-with-status", "status", exit.getAsInt())
                    : Message.verbatim(said.lines().findFirst().orElseThrow());
        }
    }

    private Sections(Map<String, Section> byKey) {
        this.byKey = byKey;
    }

    /** Splits at {@code RS NONCE out KEY}, the output, {@code RS NONCE end STATUS}, and somewhere after it {@code RS NONCE err KEY}. */
    static Sections parse(String nonce, String text) {
        Map<String, String> out = new HashMap<>();
        Map<String, String> err = new HashMap<>();
        Map<String, Integer> exit = new HashMap<>();
        String mark = "\u001e" + nonce + " ";
        String open = null;
        for (String part : text.split(Pattern.quote(mark), -1)) {
            int line = part.indexOf('\n');
            String head = line < 0 ? part : part.substring(0, line);
            String body = line < 0 ? "" : part.substring(line + 1);
            if (head.startsWith("out ")) {
                open = head.substring(4);
                out.put(open, body);
            } else if (head.startsWith("end ") && open != null && line >= 0) {
                exit.put(open, Integer.valueOf(head.substring(4)));
                open = null;
            } else if (head.startsWith("err ")) {
                err.put(head.substring(4), body);
            }
        }
        Map<String, Section> byKey = new HashMap<>();
        out.forEach((key, said) -> byKey.put(
                key,
                new Section(
                        said,
                        err.getOrDefault(key, ""),
                        exit.containsKey(key) ? OptionalInt.of(exit.get(key)) : OptionalInt.empty())));
        return new Sections(byKey);
    }

    Optional<Section> of(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    List<String> keys(String beginning) {
        List<String> keys = new ArrayList<>();
        byKey.keySet().stream()
                .filter(key -> key.startsWith(beginning))
                .sorted()
                .forEach(keys::add);
        return keys;
    }
}
