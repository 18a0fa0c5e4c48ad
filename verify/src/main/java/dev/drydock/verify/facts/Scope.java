package dev.drydock.verify.facts;

import java.util.Optional;

/** Where in a world something is looked for: the network namespace of a host, a named one, a container's or a process's. Written {@code host}, {@code netns:red}, {@code container:web}, {@code pid:42}, and with several hosts {@code alpha/netns:red}. */
public record Scope(Optional<String> host, Kind kind, String name) {
    public enum Kind {
        HOST,
        NETNS,
        CONTAINER,
        PID
    }

    /** The namespace of the world's default host. */
    public static final Scope LAB_HOST = new Scope(Optional.empty(), Kind.HOST, "");

    /** @throws IllegalArgumentException with a sentence for the author when the text is none of the four forms */
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
            throw new IllegalArgumentException("'" + text + "' is not host, netns:NAME, container:NAME or pid:N");
        }
        return switch (kind) {
            case "netns" -> new Scope(host, Kind.NETNS, name);
            case "container" -> new Scope(host, Kind.CONTAINER, name);
            case "pid" -> new Scope(host, Kind.PID, name);
            default -> throw new IllegalArgumentException(
                    "'" + text + "' is not host, netns:NAME, container:NAME or pid:N");
        };
    }

    @Override
    public String toString() {
        String inside =
                kind == Kind.HOST ? "host" : kind.name().toLowerCase(java.util.Locale.ROOT) + ":" + name;
        return host.map(h -> h + "/").orElse("") + inside;
    }
}
