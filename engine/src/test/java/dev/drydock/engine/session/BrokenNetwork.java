package dev.drydock.engine.session;

import dev.drydock.engine.host.World;
import dev.drydock.verify.reachability.Reachability;
import dev.drydock.verify.words.Words;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * One network of the catalogue.
 *
 * @param base what it is built upon, of {@code bases.yaml}
 * @param fresh whether it wants a world of its own although its base has Docker
 * @param breaks bash that breaks it, by the lab host on which it runs, in their order; the host's name is empty for the first one. Empty where
 *     the base itself, or the question, is what is broken
 * @param cause the true one; {@code none} where nothing is broken, {@link #BEYOND} where it is nothing that {@code why} knows
 * @param says words of the true finding; of a cause beyond the model what it is
 * @param mend what mends it, typed at the first lab host, where {@code why} promises no command; may be empty
 * @param then the cause that is named once the first one is mended; empty where it was the only one
 * @param thenSays words of that finding
 * @param size of the packets that are asked about, in bytes; empty for small ones
 * @param warns words of what is told beside the verdict, of large packets or of old entries of connection tracking; empty where nothing may be
 * @param thenMend what mends that one where no command is promised; may be empty
 */
record BrokenNetwork(
        String id,
        String base,
        boolean fresh,
        Map<String, String> breaks,
        String from,
        String to,
        String cause,
        String says,
        String mend,
        String then,
        String thenSays,
        String thenMend,
        OptionalInt size,
        String warns) {
    /** The cause of what is not modelled. */
    static final String BEYOND = "beyond the model";

    enum Score {
        RIGHT("right"),
        CANNOT_TELL("cannot tell"),
        WRONG("wrong");

        private final String words;

        Score(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    static BrokenNetwork of(Map<String, Object> map) {
        return new BrokenNetwork(
                text(map, "id"),
                text(map, "base"),
                Boolean.parseBoolean(text(map, "fresh")),
                breaks(map.get("break")),
                text(map, "from"),
                text(map, "to"),
                text(map, "cause"),
                text(map, "says"),
                text(map, "mend"),
                text(map, "then"),
                text(map, "then says"),
                text(map, "then mend"),
                map.get("size") instanceof Integer bytes ? OptionalInt.of(bytes) : OptionalInt.empty(),
                text(map, "warns"));
    }

    private static Map<String, String> breaks(Object value) {
        if (value instanceof Map<?, ?> hosts) {
            Map<String, String> scripts = new LinkedHashMap<>();
            hosts.forEach((host, script) -> scripts.put(String.valueOf(host), String.valueOf(script)));
            return scripts;
        }
        return value == null ? Map.of() : Map.of("", String.valueOf(value));
    }

    private static String text(Map<String, Object> map, String key) {
        return String.valueOf(map.getOrDefault(key, ""));
    }

    /** Asks {@code lab why}. */
    Reachability ask(World world, boolean docker) throws Exception {
        return new ReachabilityCheck(world, docker).why(from, to, size);
    }

    /** Whether what is told beside the verdict, of large packets or of old entries of connection tracking, is as it should be. */
    boolean warned(Reachability reach) {
        String told = reach.beside()
                .large()
                .flatMap(Reachability::broken)
                .or(() -> reach.beside().stale())
                .map(broken -> Words.text(broken.found()))
                .orElse("");
        return warns.isEmpty() ? told.isEmpty() : told.contains(warns);
    }

    boolean healthy() {
        return cause.equals("none");
    }

    /** Whether it is broken by what is not modelled, so that nothing but "cannot tell" is right. */
    boolean beyond() {
        return cause.equals(BEYOND);
    }

    Score score(Reachability reach) {
        return switch (reach.verdict()) {
            case CANNOT_TELL -> Score.CANNOT_TELL;
            case REACHES -> healthy() && branches(reach).contains(says) ? Score.RIGHT : Score.WRONG;
            case BROKEN -> names(reach) ? Score.RIGHT : Score.WRONG;
        };
    }

    private boolean names(Reachability reach) {
        return reach.broken()
                .filter(one ->
                        one.cause().id().equals(cause) && (branches(reach) + Words.text(one.found())).contains(says))
                .isPresent();
    }

    private static String branches(Reachability reach) {
        return reach.branches().map(several -> Words.text(several.words())).orElse("");
    }
}
