package dev.drydock.verify.change;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One difference between two sweeps.
 *
 * @param label the kind of object in a word: {@code veth pair}, {@code nat}, {@code route}; see {@link #counted}
 * @param place the namespace: {@code host}, {@code netns:red}, {@code container:web}
 * @param words what is new, gone or different, without the label: {@code 172.17.0.2/16 on eth0 in web}
 * @param consequences changes that the kernel made by itself because of this one
 * @param commands that make the same change by hand, to be run in the order of {@link Changes#commands}
 * @param noCommand why there are no commands; empty where there are some
 */
public record Change(
        Kind kind,
        Sign sign,
        Message label,
        String place,
        Message words,
        List<Message> consequences,
        List<Command> commands,
        Optional<Message> noCommand) {
    /** The object of a change, in the order in which changes are listed. */
    public enum Kind {
        CONTAINER,
        NETWORK,
        MEMBER,
        NAMESPACE,
        LINK,
        ADDRESS,
        ROUTE,
        NEIGHBOUR,
        SYSCTL,
        CHAIN,
        POLICY,
        RULE,
        LISTENER,
        DNS,
        HOSTS
    }

    /** Whether the object is new, gone or changed. */
    public enum Sign {
        ADDED("+"),
        REMOVED("-"),
        CHANGED("~");

        private final String mark;

        Sign(String mark) {
            this.mark = mark;
        }

        public String mark() {
            return mark;
        }
    }

    public Change {
        consequences = List.copyOf(consequences);
        commands = List.copyOf(commands);
    }

    /** @param label as {@code what} in {@link #label(String, Object)} */
    static Change of(Kind kind, Sign sign, String label, String place, Message words) {
        return of(kind, sign, label(label, ""), place, words);
    }

    static Change of(Kind kind, Sign sign, Message label, String place, Message words) {
        return new Change(kind, sign, label, place, words, List.of(), List.of(), Optional.empty());
    }

    /**
     * The word for an object.
     *
     * @param what {@code address}, {@code link}, {@code rule} …
     * @param name the kind of a link, the table of a rule; an empty text for others
     */
    public static Message label(String what, Object name) {
        return say("label." + what, "name", name, "column", true, "count", 1);
    }

    /** The label for a number of changes: {@code nat rule}, {@code 2 nat rules}. */
    public Message counted(int count) {
        Map<String, Object> arguments = new LinkedHashMap<>(label.arguments());
        arguments.put("column", false);
        arguments.put("count", count);
        return new Message(label.key(), arguments);
    }

    Change by(Command... added) {
        return by(List.of(added));
    }

    Change by(List<Command> added) {
        return new Change(kind, sign, label, place, words, consequences, added, Optional.empty());
    }

    /**
     * The change without commands.
     *
     * @param why the reason
     */
    Change byNothing(Message why) {
        return new Change(kind, sign, label, place, words, consequences, List.of(), Optional.of(why));
    }

    Change so(List<Message> followed) {
        return new Change(kind, sign, label, place, words, followed, commands, noCommand);
    }
}
