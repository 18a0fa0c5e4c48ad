package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Explains why a connection failed, from the standard error of OpenSSH's client; the lines quoted below are those of version 9.2. */
final class SshRefusal {
    private SshRefusal() {}

    /** A pattern of ssh's message and the key of its explanation. The pattern's group, if it has one, becomes the argument {@code detail}. */
    private record Case(Pattern said, String key) {}

    private static final List<Case> CASES = List.of(
            // student@box: Permission denied (publickey,password).
            the("Permission denied \\((.*)\\)", "key-refused"),
            // Host key verification failed.
            the("REMOTE HOST IDENTIFICATION HAS CHANGED|Host key verification failed", "host-key"),
            // ssh: Could not resolve hostname nowhere: Name or service not known
            the("Could not resolve hostname ([^:]+)", "no-such-name"),
            // ssh: connect to host 127.0.0.1 port 22: Connection refused
            the("port (\\d+): Connection refused", "no-server"),
            // ssh: connect to host 10.9.9.9 port 22: No route to host
            the("No route to host|Network is unreachable", "no-way"),
            // ssh: connect to host 10.9.9.9 port 22: Connection timed out
            the("Connection timed out|Operation timed out|timed out", "silent"),
            // kex_exchange_identification: Connection closed by remote host; a program in between may end without a
            // word.
            the("^\\s*$|Connection (?:closed|reset) by", "closed"),
            the(SshConnection.NOT_INSTALLED, "not-installed"));

    private static Case the(String said, String key) {
        return new Case(Pattern.compile(said), key);
    }

    /**
     * The explanation for the learner. For a message that is not known, the last line of ssh's output is quoted.
     *
     * @param called what sentences call the machine
     * @param said the standard error of ssh; may be empty
     */
    static HostTrouble of(Message called, String said) {
        return new HostTrouble(known(called, said).orElseGet(() -> say("ssh.other")
                .with("machine", called)
                .with("output", said.lines().filter(line -> !line.isBlank()).reduce((first, last) -> last))));
    }

    private static Optional<Message> known(Message called, String said) {
        for (Case one : CASES) {
            Matcher matcher = one.said().matcher(said);
            if (matcher.find()) {
                String detail = matcher.groupCount() == 0 ? "" : matcher.group(1);
                return Optional.of(say("ssh." + one.key(), "machine", called, "detail", detail));
            }
        }
        return Optional.empty();
    }
}
