package dev.drydock.verify.change;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One difference.
 *
 * @param label what it is about, as a column's word: {@code veth pair}, {@code nat}, {@code route}
 * @param place the namespace: {@code host}, {@code netns:red}, {@code container:web}
 * @param words what is new, gone or other, without the label: {@code 172.17.0.2/16 on eth0 in web}
 * @param consequences what the kernel did of itself because of it
 * @param commands what would do the same by hand, runnable as they stand in the order of {@link Changes#commands}
 * @param noCommand why there are none, where there are none
 */
public record Change(
        Kind kind,
        Sign sign,
        String label,
        String place,
        String words,
        List<String> consequences,
        List<Command> commands,
        Optional<String> noCommand) {
    /** What a change is about, in the order in which changes are told. */
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

    /** Whether it came, went, or is another than before. */
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
        Objects.requireNonNull(kind);
        Objects.requireNonNull(sign);
        Objects.requireNonNull(label);
        Objects.requireNonNull(place);
        Objects.requireNonNull(words);
        consequences = List.copyOf(consequences);
        commands = List.copyOf(commands);
        Objects.requireNonNull(noCommand);
    }

    static Change of(Kind kind, Sign sign, String label, String place, String words) {
        return new Change(kind, sign, label, place, words, List.of(), List.of(), Optional.empty());
    }

    Change by(Command... added) {
        return by(List.of(added));
    }

    Change by(List<Command> added) {
        return new Change(kind, sign, label, place, words, consequences, added, Optional.empty());
    }

    /** There is nothing to type. */
    Change byNothing(String why) {
        return new Change(kind, sign, label, place, words, consequences, List.of(), Optional.of(why));
    }

    Change so(List<String> followed) {
        return new Change(kind, sign, label, place, words, followed, commands, noCommand);
    }
}
