package dev.drydock.verify.facts;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Complaint;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Term;
import java.util.Locale;
import java.util.Optional;

/**
 * The name of a network namespace: that of a lab host, a named one, or that of a container or process.
 *
 * <p>Written {@code host}, {@code netns:red}, {@code container:web}, {@code pid:42}, and with several hosts {@code alpha/netns:red}.
 *
 * @param host the lab host; empty for the default one
 * @param name without its kind; an empty text for a lab host
 */
public record Scope(Optional<String> host, Kind kind, String name) implements Term {
    /** In the order in which the names of a namespace are shown. */
    public enum Kind {
        HOST,
        NETNS,
        CONTAINER,
        PID
    }

    /** The namespace of the default lab host. */
    public static final Scope LAB_HOST = new Scope(Optional.empty(), Kind.HOST, "");

    /** @throws Complaint when the name is not allowed for its kind, or the host's name is not valid */
    public Scope {
        if (host.isPresent() && !host.get().matches("[A-Za-z0-9][A-Za-z0-9-]*")) {
            throw new Complaint(say("value.not-a-host", "text", oneLine(host.get())));
        }
        boolean valid =
                switch (kind) {
                    case HOST -> name.isEmpty();
                    // ip netns takes any file name under /run/netns; 255 bytes are at most 255 characters
                    case NETNS -> name.matches("[^/\0]{1,255}") && !name.equals(".") && !name.equals("..");
                    case CONTAINER -> name.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]*");
                    case PID -> name.matches("[1-9][0-9]{0,8}");
                };
        if (!valid) {
            throw new Complaint(say("value.not-a-name")
                    .with("text", oneLine(name))
                    .with("kind", kind.name().toLowerCase(Locale.ROOT)));
        }
    }

    public static Scope netns(String name) {
        return new Scope(Optional.empty(), Kind.NETNS, name);
    }

    public static Scope container(String name) {
        return new Scope(Optional.empty(), Kind.CONTAINER, name);
    }

    public static Scope pid(int pid) {
        return new Scope(Optional.empty(), Kind.PID, Integer.toString(pid));
    }

    /** @throws Complaint when the text has none of the four forms, or a name is not allowed */
    public static Scope parse(String text) {
        int slash = text.indexOf('/');
        Optional<String> host = slash < 0 ? Optional.empty() : Optional.of(text.substring(0, slash));
        String rest = text.substring(slash + 1);
        if (rest.equals("host")) {
            return new Scope(host, Kind.HOST, "");
        }
        int colon = rest.indexOf(':');
        String kind = colon < 0 ? rest : rest.substring(0, colon);
        String name = colon < 0 ? "" : rest.substring(colon + 1);
        if (name.isEmpty()) {
            throw notAScope(text);
        }
        return switch (kind) {
            case "netns" -> new Scope(host, Kind.NETNS, name);
            case "container" -> new Scope(host, Kind.CONTAINER, name);
            case "pid" -> new Scope(host, Kind.PID, name);
            default -> throw notAScope(text);
        };
    }

    /** The scope without its host. */
    public Scope withoutHost() {
        return host.isEmpty() ? this : new Scope(Optional.empty(), kind, name);
    }

    /**
     * The namespace in words.
     *
     * @param form empty: {@code the lab host}, {@code red}, {@code process 42}, {@code red on alpha}; {@code at}: {@code on the lab host},
     *     {@code in red}; {@code possessive}: {@code red's}
     * @throws IllegalArgumentException for any other form
     */
    @Override
    public Message inForm(String form) {
        String what = kind == Kind.HOST && host.isPresent()
                ? "named-host"
                : kind.name().toLowerCase(Locale.ROOT);
        Message place =
                say("place." + what, "name", kind == Kind.HOST ? host : name, "host", kind == Kind.HOST ? "" : host);
        return switch (form) {
            case "" -> place;
            case "at" -> say(kind == Kind.HOST ? "place.on" : "place.in", "place", place);
            case "possessive" -> say("place.possessive", "place", place);
            default -> throw new IllegalArgumentException("a place has no form " + form);
        };
    }

    @Override
    public String toString() {
        String inside = kind == Kind.HOST ? "host" : kind.name().toLowerCase(Locale.ROOT) + ":" + name;
        return host.map(h -> h + "/").orElse("") + inside;
    }

    private static Complaint notAScope(String text) {
        return new Complaint(say("value.not-a-place", "text", oneLine(text)));
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
