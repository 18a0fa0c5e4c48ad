package dev.drydock.verify.probe;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.words.Message;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The result of one HTTP request.
 *
 * @param status the status code, 0 where there was no answer
 * @param body of the answer, at most its first 64 KiB
 * @param line the line of output that decides, or why the request could not be sent
 * @param mute whether a connection was made but no data came
 */
public record HttpOutcome(Kind kind, int status, String body, Message line, boolean mute) {
    public enum Kind {
        ANSWERED,
        REFUSED,
        TIMEOUT,
        /** No route, no ARP reply, or an ICMP error. */
        UNREACHABLE,
        UNKNOWN_NAME,
        /** The server does not speak HTTP, or closed the connection too early. */
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
     * Parses the output of {@code curl -sS -i URL}: a status line, headers, an empty line, the body. Without a connection, standard error begins
     * with {@code connect to 10.9.0.1 port 81 failed: Connection refused}; without an ARP reply, the output is the next hop's neighbour entry.
     */
    public static HttpOutcome parse(ProbeCapture capture) {
        if (capture.obstacle().isPresent()) {
            return without(Kind.COULD_NOT_RUN, capture.obstacle().get());
        }
        Optional<Message> unanswered = UnansweredNeighbour.line(capture);
        if (unanswered.isPresent()) {
            return without(Kind.UNREACHABLE, unanswered.get());
        }
        String said = capture.err().lines().findFirst().orElse("").strip();
        Message line = Message.verbatim(said);
        return switch (capture.exit()) {
            // a body beyond the limit of the sweep ends with a signal (153) or a write error (23)
            case 0, 23, 153 -> answer(capture.out());
            case 6 -> without(Kind.UNKNOWN_NAME, line);
            case 7 ->
                said.contains("Connection reset")
                        ? new HttpOutcome(Kind.NOT_HTTP, 0, "", line, true)
                        : without(
                                said.contains("refused")
                                        ? Kind.REFUSED
                                        : said.contains("timed out") ? Kind.TIMEOUT : Kind.UNREACHABLE,
                                line);
            case 28, 124 ->
                // before a connection it is "Connection timed out"
                new HttpOutcome(
                        capture.err().contains("Resolving timed out") ? Kind.UNKNOWN_NAME : Kind.TIMEOUT,
                        0,
                        "",
                        said.isEmpty() ? say("probe.no-answer-in-time") : line,
                        said.contains("Operation timed out"));
            case 1, 8, 18, 52, 55, 56 ->
                new HttpOutcome(
                        Kind.NOT_HTTP, 0, "", line, said.contains("Connection reset") || said.contains("Empty reply"));
            default ->
                without(
                        Kind.COULD_NOT_RUN,
                        say("probe.ended", "command", "curl", "status", capture.exit(), "errors", said));
        };
    }

    /**
     * Whether the connection was accepted and closed without data: {@code curl: (56) Recv failure: Connection reset by peer},
     * {@code curl: (52) Empty reply from server}.
     */
    public boolean ended() {
        return mute && kind == Kind.NOT_HTTP;
    }

    /**
     * Whether the connection was made but no answer came in time:
     * {@code curl: (28) Operation timed out after 3001 milliseconds with 0 bytes received}. Without a connection curl prints
     * {@code Connection timed out after 3001 milliseconds}.
     */
    public boolean connected() {
        return mute && kind == Kind.TIMEOUT;
    }

    private static HttpOutcome answer(String out) {
        String rest = out;
        while (true) {
            Matcher status = STATUS_LINE.matcher(rest);
            if (!status.lookingAt()) {
                return without(Kind.NOT_HTTP, say("http.no-status-line"));
            }
            int code = Integer.parseInt(status.group(1));
            Matcher end = Pattern.compile("\r?\n\r?\n").matcher(rest);
            String body = end.find() ? rest.substring(end.end(), Math.min(rest.length(), end.end() + MOST)) : "";
            // an informational answer comes before the real one
            if (code >= 200 || !body.startsWith("HTTP/")) {
                return new HttpOutcome(Kind.ANSWERED, code, body, Message.verbatim(status.group()), false);
            }
            rest = body;
        }
    }

    private static HttpOutcome without(Kind kind, Message line) {
        return new HttpOutcome(kind, 0, "", line, false);
    }
}
