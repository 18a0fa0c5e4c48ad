package dev.drydock.shell.cli;

import com.google.gson.stream.JsonWriter;
import dev.drydock.verify.Evidence;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Term;
import dev.drydock.verify.words.Words;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * One JSON object that a verb writes for programs. Keys keep the order in which they were added; keys may be added in later versions, never
 * renamed.
 *
 * <p>An enum constant becomes its name in small letters, a {@code Duration} its milliseconds, a {@code Message} its sentence, an empty
 * {@code Optional} null. Collections, numbers, booleans, strings and other forms are written as such; writing anything else throws a
 * {@link ClassCastException}.
 */
final class JsonForm {
    private final Map<String, Object> members = new LinkedHashMap<>();

    static JsonForm of(Evidence evidence) {
        return new JsonForm()
                .with("command", evidence.command())
                .with("excerpt", evidence.excerpt())
                .with("origin", evidence.origin());
    }

    /** A sentence as data: its {@code id} and {@code arguments}; a term among the arguments in its plain form. */
    private static JsonForm of(Message message) {
        JsonForm arguments = new JsonForm();
        message.arguments().forEach((name, value) -> arguments.members.put(name, data(value)));
        return new JsonForm().with("id", message.key()).with("arguments", arguments);
    }

    private static Object data(Object argument) {
        if (argument instanceof Message message) {
            return of(message);
        }
        if (argument instanceof Term term) {
            return of(term.inForm(""));
        }
        if (argument instanceof Collection<?> all) {
            return all.stream().map(JsonForm::data).toList();
        }
        return argument instanceof Number || argument instanceof Boolean ? argument : argument.toString();
    }

    /** Adds a member. A sentence, also in an {@code Optional}, is added twice: as text, and as data under {@code key_message}. */
    JsonForm with(String key, Object value) {
        members.put(key, value);
        Object inside = value instanceof Optional<?> one ? one.orElse(null) : value;
        if (inside instanceof Message message && !message.equals(Message.NONE)) {
            members.put(key + "_message", of(message));
        }
        return this;
    }

    /** Adds sentences twice: as text, and as data under {@code key_messages}. */
    JsonForm withAll(String key, Collection<Message> sentences) {
        return with(key, sentences).with(key + "_messages", sentences, JsonForm::of);
    }

    <T> JsonForm with(String key, Collection<T> all, Function<? super T, ?> form) {
        return with(key, all.stream().map(form).toList());
    }

    /** Adds a member only where there is a value. */
    JsonForm withAny(String key, Optional<?> value) {
        return value.isPresent() ? with(key, value) : this;
    }

    JsonForm withAny(String key, OptionalInt value) {
        return value.isPresent() ? with(key, value.getAsInt()) : this;
    }

    /** Writes the object, indented, with a line feed at the end, and flushes. */
    void write(Writer out) throws IOException {
        JsonWriter json = new JsonWriter(out);
        json.setIndent("  ");
        json.setHtmlSafe(false);
        write(json, this);
        json.flush();
        out.write("\n");
        out.flush();
    }

    private static void write(JsonWriter json, Object value) throws IOException {
        if (value instanceof JsonForm form) {
            json.beginObject();
            for (Map.Entry<String, Object> member : form.members.entrySet()) {
                json.name(member.getKey());
                write(json, member.getValue());
            }
            json.endObject();
        } else if (value instanceof Collection<?> all) {
            json.beginArray();
            for (Object one : all) {
                write(json, one);
            }
            json.endArray();
        } else if (value instanceof Optional<?> one) {
            write(json, one.orElse(null));
        } else if (value instanceof Number number) {
            json.value(number);
        } else if (value instanceof Boolean truth) {
            json.value(truth);
        } else if (value instanceof Duration time) {
            json.value(time.toMillis());
        } else if (value instanceof Enum<?> constant) {
            json.value(constant.name().toLowerCase(Locale.ROOT));
        } else if (value instanceof Message message) {
            json.value(Words.text(message));
        } else {
            json.value((String) value);
        }
    }
}
