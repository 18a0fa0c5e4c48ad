package dev.drydock.verify.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a name was looked up in a namespace: its configuration, and the result of each query to a name server.
 *
 * @param configuration the lines of resolv.conf; empty where there is no such file, or the probe named a server
 * @param services the hosts line of nsswitch.conf, {@code hosts: files dns}; empty where it has none
 * @param attempts one for each query to a server, in the order in which a program sends them
 */
public record NameLookup(List<String> configuration, Optional<String> services, List<Attempt> attempts) {
    private static final int MOST_SERVERS = 3;

    /** The sources that are looked into here; what another one would say nobody knows. */
    private static final Set<String> OURS = Set.of("files", "dns");

    /** Of a place without nsswitch.conf. */
    private static final String USUAL_SERVICES = "hosts: files dns";

    /**
     * The result of one query to one server.
     *
     * @param name the queried name, with a domain of {@code search} where one was added
     * @param answers several where several queries were sent at once; empty where no answer came
     * @param error why the query could not be sent, or the error that came back: {@code Connection refused}; empty where the server was silent
     */
    public record Attempt(String server, String name, List<NameAnswer> answers, Optional<String> error) {
        public Attempt {
            answers = List.copyOf(answers);
        }

        private boolean has(int status) {
            return !answers.isEmpty() && answers.get(0).status() == status;
        }

        /** Whether the server knows the name; it may still have no address. */
        public boolean known() {
            return has(0);
        }

        /** Whether the answer is final: the server knows the name, or says that it does not exist. */
        public boolean decides() {
            return known() || has(NameAnswer.NO_SUCH_NAME);
        }

        /** The addresses of the name in the first answer; empty where it has none. */
        public List<IpAddress> addresses() {
            return known() ? answers.get(0).addresses(name) : List.of();
        }

        /** The lines of busybox's nslookup for this result, as far as they differ from those of other results. */
        String shown() {
            if (answers.isEmpty()) {
                return error.filter("Network is unreachable"::equals)
                        .map(why -> "nslookup: can't connect to remote host (" + server + "): " + why)
                        .orElse(";; connection timed out; no servers could be reached");
            }
            List<IpAddress> addresses = addresses();
            if (!known()) {
                return "** server can't find " + name + ": " + answers.get(0).statusName();
            }
            return addresses.isEmpty()
                    ? "Address:\t" + server + ":53"
                    : addresses.stream().map(address -> "Address: " + address).collect(Collectors.joining("\n"));
        }
    }

    public NameLookup {
        configuration = List.copyOf(configuration);
        attempts = List.copyOf(attempts);
    }

    /** The servers that a program asks, in order. Where resolv.conf names none, glibc asks 127.0.0.1. */
    public List<String> servers() {
        List<String> named = named();
        return named.isEmpty() ? List.of("127.0.0.1") : named;
    }

    /** Whether resolv.conf has the option {@code use-vc}, by which questions go by TCP. */
    public boolean byTcp() {
        return configuration.stream()
                .map(line -> List.of(line.replaceFirst("[#;].*", "").strip().split("\\s+")))
                .anyMatch(words -> words.get(0).equals("options") && words.contains("use-vc"));
    }

    /** The servers that resolv.conf names after the third one, which glibc does not read. */
    public List<String> unread() {
        return all().skip(MOST_SERVERS).toList();
    }

    /** The servers that resolv.conf names; only the first three count. */
    public List<String> named() {
        return all().limit(MOST_SERVERS).toList();
    }

    private Stream<String> all() {
        return configuration.stream()
                .map(line -> line.replaceFirst("[#;].*", "").strip().split("\\s+"))
                .filter(words -> words.length > 1 && words[0].equals("nameserver"))
                .map(words -> words[1]);
    }

    /** The lines of resolv.conf that name this server. */
    public List<String> linesOf(String server) {
        return configuration.stream()
                .filter(line -> List.of(line.strip().split("\\s+")).contains(server))
                .toList();
    }

    /**
     * The sources of names, in order: {@code files}, {@code dns} and others. Sources that come after an action that always ends the search are left
     * out.
     */
    public List<String> sources() {
        String line = services.orElse(USUAL_SERVICES);
        List<String> sources = new ArrayList<>();
        for (String word : line.substring(line.indexOf(':') + 1).strip().split("\\s+(?![^\\[]*])")) {
            String last = sources.isEmpty() ? "" : sources.get(sources.size() - 1);
            if (!word.startsWith("[")) {
                sources.add(word);
            } else if (OURS.contains(last) && returns(word, failure(last))) {
                break;
            }
        }
        sources.removeIf(String::isEmpty);
        return sources;
    }

    /** How a source fails that does not have the name, in the words of nsswitch.conf: a server that does not answer may do so later. */
    private String failure(String source) {
        boolean later = source.equals("dns")
                && decisive().filter(attempt -> !attempt.decides()).isPresent();
        return later ? "TRYAGAIN" : "NOTFOUND";
    }

    /** Whether a reaction such as {@code [NOTFOUND=return]} or {@code [!UNAVAIL=return]} ends the search at this status. */
    private static boolean returns(String reaction, String status) {
        return Stream.of(reaction.toUpperCase(Locale.ROOT).split("[\\[\\]\\s]+"))
                .map(word -> word.split("="))
                .filter(words -> words.length == 2 && words[1].equals("RETURN"))
                .anyMatch(words -> words[0].startsWith("!") ? !words[0].equals("!" + status) : words[0].equals(status));
    }

    /**
     * The query that decides: one with an address in its answer; else one for a name that no server answered; else one for a known name; else the
     * last. Empty where nothing was asked.
     */
    public Optional<Attempt> decisive() {
        return attempts.stream()
                .filter(attempt -> !attempt.addresses().isEmpty())
                .findFirst()
                .or(() -> attempts.stream()
                        .filter(attempt -> !attempt.decides())
                        .filter(attempt -> attempts.stream()
                                .noneMatch(other -> other.name().equals(attempt.name()) && other.decides()))
                        .reduce((first, last) -> last.answers().isEmpty() ? first : last))
                .or(() -> attempts.stream().filter(Attempt::known).findFirst())
                .or(() -> attempts.stream().reduce((first, last) -> last));
    }
}
