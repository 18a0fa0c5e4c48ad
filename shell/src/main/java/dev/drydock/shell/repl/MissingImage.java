package dev.drydock.shell.repl;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.bash.BashLexer;
import dev.drydock.engine.bash.Token;
import dev.drydock.engine.bash.Token.Kind;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Lists the existing images after a {@code docker run}, {@code create} or {@code pull} of an image that does not exist. */
final class MissingImage {
    /** The status of {@code docker run} and {@code docker create} when no container could be made, and of {@code docker pull}. */
    private static final Set<Integer> NOT_MADE = Set.of(125, 1);

    private static final Set<String> VERBS = Set.of("run", "create", "pull");
    private static final Set<String> NAMING =
            Set.of("--name", "-h", "--hostname", "--network", "--net", "--network-alias", "--net-alias");

    /** Docker's images, a line each, then what the registry of the lab hosts' Internet has, as {@code {"repositories":["library/busybox"]}}. */
    private static final String ASK =
            "timeout 2 docker images --format '{{.Repository}}:{{.Tag}}' 2>/dev/null && { curl -sm 1 http://10.0.2.2/v2/_catalog/; echo; echo .; }";

    private static final Pattern IN_REGISTRY = Pattern.compile("\"library/([a-z]+)\"");

    private MissingImage() {}

    /**
     * @param line what was typed
     * @param exit its exit status
     * @param bash see {@link LineShell#ask}
     * @return empty where the line failed for another reason, or Docker does not answer
     */
    static Optional<Message> of(String line, int exit, UnaryOperator<String> bash) {
        List<String> named = NOT_MADE.contains(exit) ? candidates(line) : List.of();
        if (named.isEmpty()) {
            return Optional.empty();
        }
        String found = bash.apply(ASK);
        if (!found.endsWith(".")) {
            // Docker itself does not answer, and said so.
            return Optional.empty();
        }
        Set<String> images = new TreeSet<>();
        Set<String> pullable = new TreeSet<>();
        for (String image : found.split("\\s+")) {
            IN_REGISTRY.matcher(image).results().forEach(match -> pullable.add(match.group(1)));
            if (image.contains(":") && !image.startsWith("<") && !image.startsWith("{")) {
                images.add(image.replaceFirst(":latest$", ""));
            }
        }
        boolean there = named.stream()
                .map(word ->
                        word.replaceFirst("^(docker\\.io/)?(library/)?", "").replaceFirst(":latest$", ""))
                .anyMatch(word ->
                        images.contains(word) || pullable.contains(word) || word.matches("(sha256:)?[0-9a-f]{6,}"));
        return there
                ? Optional.empty()
                : Optional.of(say("shell.no-such-image", "images", images, "pullable", pullable));
    }

    /** The words of the last {@code docker run} that may be an image; none where one is still to be expanded. */
    private static List<String> candidates(String line) {
        List<String> words = new ArrayList<>();
        for (Token token : BashLexer.read(line).tokens()) {
            if (token.is(Kind.WORD)) {
                words.add(token.value());
            } else {
                words.add("");
            }
        }
        int at = words.lastIndexOf("docker");
        List<String> found = new ArrayList<>();
        if (at < 0) {
            return found;
        }
        List<String> behind = words.subList(at + 1, words.size());
        int verb = 0;
        while (verb < behind.size()
                && (behind.get(verb).startsWith("-")
                        || Set.of("container", "image").contains(behind.get(verb)))) {
            verb++;
        }
        if (verb >= behind.size() || !VERBS.contains(behind.get(verb))) {
            return found;
        }
        for (int i = verb + 1; i < behind.size() && !behind.get(i).isEmpty(); i++) {
            String word = behind.get(i);
            if (word.contains("$") || word.contains("`")) {
                return List.of();
            }
            if (!word.startsWith("-") && !NAMING.contains(behind.get(i - 1))) {
                found.add(word);
            }
        }
        return found;
    }
}
