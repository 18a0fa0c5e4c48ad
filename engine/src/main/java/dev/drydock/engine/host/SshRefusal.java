package dev.drydock.engine.host;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is in the way of a connection, from what OpenSSH's client says; the lines quoted are those of its version 9.2. */
final class SshRefusal {
    private SshRefusal() {}

    private record Case(Pattern said, String sentence) {}

    /** {@code %s} is the place, {@code $1} what the pattern's group holds. */
    private static final List<Case> CASES = List.of(
            // student@box: Permission denied (publickey,password).
            the(
                    "Permission denied \\((.*)\\)",
                    "%s refused the key (it would take: $1). Load the right one with ssh-add, or name it in ~/.ssh/config."),
            // Host key verification failed.
            the(
                    "REMOTE HOST IDENTIFICATION HAS CHANGED|Host key verification failed",
                    "The host key of %s is not the one that ~/.ssh/known_hosts has, or is not known yet. Connect to it once with ssh, and compare."),
            // ssh: Could not resolve hostname nowhere: Name or service not known
            the("Could not resolve hostname ([^:]+)", "No machine called $1 can be found. Is the name right?"),
            // ssh: connect to host 127.0.0.1 port 22: Connection refused
            the(
                    "port (\\d+): Connection refused",
                    "%s answers, but nothing listens there on port $1. Is its ssh server running?"),
            // ssh: connect to host 10.9.9.9 port 22: No route to host
            the(
                    "No route to host|Network is unreachable",
                    "There is no way from here to %s. Is it up, and on a network that this machine reaches?"),
            // ssh: connect to host 10.9.9.9 port 22: Connection timed out
            the(
                    "Connection timed out|Operation timed out|timed out",
                    "%s does not answer. Is it up, and does a firewall let ssh through?"),
            // kex_exchange_identification: Connection closed by remote host; a program in between may end without a
            // word.
            the(
                    "^\\s*$|Connection (?:closed|reset) by",
                    "%s closed the connection before it was made. Its ssh server's log says why."),
            the(
                    SshConnection.NOT_INSTALLED,
                    "Another place is reached with OpenSSH's client, which is not installed here: apt-get install openssh-client."));

    private static Case the(String said, String sentence) {
        return new Case(Pattern.compile(said), sentence);
    }

    /** The trouble in the learner's words; what ssh said at the end where it is none of the known ones. */
    static HostTrouble of(String called, String said) {
        return new HostTrouble(known(called, said)
                .orElseGet(() -> "There is no connection to " + called + "; ssh said: "
                        + said.lines()
                                .filter(line -> !line.isBlank())
                                .reduce((first, last) -> last)
                                .orElse("nothing") + "."));
    }

    private static Optional<String> known(String called, String said) {
        for (Case one : CASES) {
            Matcher matcher = one.said().matcher(said);
            if (matcher.find()) {
                String group = matcher.groupCount() == 0 ? "" : matcher.group(1);
                String sentence = String.format(one.sentence(), called).replace("$1", group);
                return Optional.of(
                        Character.toUpperCase(sentence.charAt(0)) == sentence.charAt(0) || !sentence.startsWith("the ")
                                ? sentence
                                : "The" + sentence.substring(3));
            }
        }
        return Optional.empty();
    }
}
