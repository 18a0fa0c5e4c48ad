package dev.drydock.verify.probe;

import dev.drydock.verify.facts.ProbeCapture;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one HTTP request showed.
 *
 * @param status of the answer, 0 when there was none
 * @param body of the answer, at most its first 64 KiB
 * @param line the deciding line of the output, or why the request could not be made
 */
public record HttpOutcome(Kind kind, int status, String body, String line) {
    public enum Kind {
        ANSWERED,
        REFUSED,
        TIMEOUT,
        /** No route, no neighbour, or an ICMP error. */
        UNREACHABLE,
        UNKNOWN_NAME,
        /** Something listens but does not speak HTTP, or ended the connection early. */
        NOT_HTTP,
        COULD_NOT_RUN
    }

    private static final int MOST = 64 * 1024;
    // HTTP/1.1 200 OK
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/[0-9.]+ ([0-9]{3})[^\r\n]*");

    public HttpOutcome {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(body);
        Objects.requireNonNull(line);
    }

    /**
     * Reads the output of {@code curl -sS -i URL}: a status line, headers, an empty line, the body. Where there was no connection, the
     * errors begin with {@code connect to 10.9.0.1 port 81 failed: Connection refused}; where ARP got no answer, the output is the next
     * hop's entry in the neighbour table.
     */
    public static HttpOutcome parse(ProbeCapture capture) {
        if (!capture.ran()) {
            return without(Kind.COULD_NOT_RUN, capture.err());
        }
        Optional<String> unanswered = UnansweredNeighbour.line(capture);
        if (unanswered.isPresent()) {
            return without(Kind.UNREACHABLE, unanswered.get());
        }
        String said = capture.err().lines().findFirst().orElse("").strip();
        return switch (capture.exit()) {
            // a body beyond the limit of the sweep ends with a signal (153) or a write error (23)
            case 0, 23, 153 -> answer(capture.out());
            case 6 -> without(Kind.UNKNOWN_NAME, said);
            case 7 ->
                without(
                        said.contains("refused")
                                ? Kind.REFUSED
                                : said.contains("timed out") ? Kind.TIMEOUT : Kind.UNREACHABLE,
                        said);
            case 28, 124 ->
                without(
                        said.contains("Resolving timed out") ? Kind.UNKNOWN_NAME : Kind.TIMEOUT,
                        said.isEmpty() ? "no answer in time" : said);
            case 1, 8, 18, 52, 56 -> without(Kind.NOT_HTTP, said);
            default -> without(Kind.COULD_NOT_RUN, "curl ended with status " + capture.exit() + ": " + said);
        };
    }

    /**
     * Whether somebody took the connection and ended it before a word was said: {@code curl: (56) Recv failure: Connection reset by peer},
     * {@code curl: (52) Empty reply from server}.
     */
    public boolean ended() {
        return line.contains("Connection reset") || line.contains("Empty reply");
    }

    /**
     * Whether a connection was made, and the time ran out before an answer: {@code curl: (28) Operation timed out after 3001 milliseconds with
     * 0 bytes received}. Before that it is {@code Connection timed out after 3001 milliseconds}.
     */
    public boolean connected() {
        return line.contains("Operation timed out");
    }

    private static HttpOutcome answer(String out) {
        String rest = out;
        while (true) {
            Matcher status = STATUS_LINE.matcher(rest);
            if (!status.lookingAt()) {
                return without(Kind.NOT_HTTP, "the answer has no HTTP status line");
            }
            int code = Integer.parseInt(status.group(1));
            Matcher end = Pattern.compile("\r?\n\r?\n").matcher(rest);
            String body = end.find() ? rest.substring(end.end(), Math.min(rest.length(), end.end() + MOST)) : "";
            // an informational answer comes before the real one
            if (code >= 200 || !body.startsWith("HTTP/")) {
                return new HttpOutcome(Kind.ANSWERED, code, body, status.group());
            }
            rest = body;
        }
    }

    private static HttpOutcome without(Kind kind, String line) {
        return new HttpOutcome(kind, 0, "", line);
    }
}
