package dev.drydock.verify.expect;

import dev.drydock.verify.facts.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Plain words for places and lists, so that every goal and explanation says the same thing in the same way. */
final class PlaceWords {
    /** What the one host of a world is called. */
    static final String THE_HOST = "the lab host";

    private PlaceWords() {}

    /** {@code the lab host}, {@code red}, {@code web}, {@code process 42}, {@code red on alpha}. */
    static String place(Scope scope) {
        String name =
                switch (scope.kind()) {
                    case HOST -> scope.host().orElse(THE_HOST);
                    case NETNS, CONTAINER -> scope.name();
                    case PID -> "process " + scope.name();
                };
        return scope.kind() == Scope.Kind.HOST ? name : name + on(scope.host());
    }

    /** {@code eth0 in red}; an interface of the lab host needs no place: {@code docker0}. */
    static String within(Scope scope, String name) {
        return scope.equals(Scope.LAB_HOST)
                ? name
                : name + (scope.kind() == Scope.Kind.HOST ? " on " : " in ") + place(scope);
    }

    /** {@code on the lab host}, {@code in red}. */
    static String at(Scope scope) {
        return (scope.kind() == Scope.Kind.HOST ? "on " : "in ") + place(scope);
    }

    /** {@code red's}. */
    static String possessive(Scope scope) {
        return place(scope) + "'s";
    }

    /** {@code  on alpha}, or nothing where the world has one host. */
    static String on(Optional<String> host) {
        return host.map(name -> " on " + name).orElse("");
    }

    /** {@code a, b and c}; {@code none} words an empty list. */
    static String list(Collection<?> items, String none) {
        return join(items, "and", none);
    }

    /** {@code a, b or c}. */
    static String either(Collection<?> items) {
        return join(items, "or", "nothing");
    }

    private static String join(Collection<?> items, String last, String none) {
        List<String> words = items.stream().map(String::valueOf).toList();
        return switch (words.size()) {
            case 0 -> none;
            case 1 -> words.get(0);
            default ->
                String.join(", ", words.subList(0, words.size() - 1)) + " " + last + " " + words.get(words.size() - 1);
        };
    }

    /** One line of at most 60 characters between quotation marks. */
    static String quote(String text) {
        String line = text.strip().lines().findFirst().orElse("");
        boolean cut = line.length() > 60 || line.length() < text.strip().length();
        return "'" + (line.length() > 60 ? line.substring(0, 60) : line) + (cut ? "…" : "") + "'";
    }
}
