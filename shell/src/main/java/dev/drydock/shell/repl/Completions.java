package dev.drydock.shell.repl;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.shell.cli.VerbName;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the completions of a command line. Pure. Maps each word to a short description, {@link Message#NONE} for none. */
final class Completions {
    /** The words that may follow a command or one of its options, one row each: the command, a colon, the words. */
    private static final Map<String, List<String>> WORDS = table(
            """
            ip: addr link route netns neigh rule -br -n -j -d -4 -6
            ip link: show set add del
            ip addr: show add del flush
            ip route: show add del get replace
            ip netns: list add del exec identify pids attach
            ip neigh: show flush add del
            brctl: show addbr delbr addif delif showmacs stp
            bridge: link fdb vlan
            docker: run ps exec inspect network stop start rm logs images create restart kill port top pull info \
            container image attach rename
            docker network: ls inspect create rm connect disconnect prune
            docker container: ls inspect stop start rm logs exec prune
            docker image: ls inspect rm
            nsenter: --net= --target --net --pid --mount -t -n
            iptables -t: filter nat mangle raw
            iptables -j: ACCEPT DROP REJECT MASQUERADE SNAT DNAT RETURN LOG
            iptables -P: INPUT OUTPUT FORWARD
            iptables -A: INPUT OUTPUT FORWARD PREROUTING POSTROUTING DOCKER DOCKER-USER
            type: veth bridge dummy vlan macvlan ipvlan
            """);

    /** Other names that {@code ip} accepts for a word, one row each: the name, a colon, the word in {@link #WORDS}. */
    private static final Map<String, List<String>> LONG_NAMES = table(
            """
            a: addr
            address: addr
            l: link
            r: route
            n: neigh
            neighbour: neigh
            delete: del
            """);

    private static Map<String, List<String>> table(String text) {
        return text.lines()
                .map(line -> line.split(": "))
                .collect(Collectors.toMap(row -> row[0], row -> List.of(row[1].split(" "))));
    }

    private static final Set<String> OF_CONTAINERS = Set.of(
            "exec", "stop", "start", "inspect", "logs", "rm", "kill", "restart", "port", "top", "attach", "rename",
            "cp", "stats", "pause", "unpause", "wait", "diff", "commit");
    private static final Set<String> TAKES_INTERFACE =
            Set.of("dev", "master", "-i", "-o", "peer", "oif", "iif", "via-dev");
    private static final Set<String> TAKES_DESTINATION =
            Set.of("ping", "traceroute", "tracepath", "nc", "telnet", "arping", "wget", "curl", "via");
    private static final Set<String> RULES = Set.of("iptables", "ip6tables", "iptables-nft", "iptables-legacy");

    /** The prefixes that a place may have as a destination. */
    private static final Pattern LED = Pattern.compile("[a-z]+://|name:|ipv6:|container:");

    private static final Pattern WITH_PORT = Pattern.compile("[^/]+:[0-9]+/[a-z]*");

    private final LiveNames names;
    private final Supplier<List<String>> terms;

    /** @param terms the terms of the glossary; called only where a term is to be completed */
    Completions(LiveNames names, Supplier<List<String>> terms) {
        this.names = names;
        this.terms = terms;
    }

    /**
     * The completions of the last word.
     *
     * @param words the words of the simple command, up to the cursor; the last one may be empty
     */
    SortedMap<String, Message> of(List<String> words) {
        List<String> before = words.subList(0, words.size() - 1);
        String word = words.get(words.size() - 1);
        SortedMap<String, Message> all = new TreeMap<>();
        int verb = !before.isEmpty() && before.get(0).equals("lab") ? 1 : 0;
        if (before.size() > verb && before.get(verb).equals(VerbName.EXPLAIN.word())) {
            return terms(before.subList(verb + 1, before.size()), word);
        }
        if (!before.isEmpty()) {
            byContext(before, word, all);
        }
        all.keySet().removeIf(name -> !name.startsWith(word));
        return all;
    }

    /** The next word of each glossary term that begins with the typed words, in upper or lower case. */
    private SortedMap<String, Message> terms(List<String> before, String word) {
        SortedMap<String, Message> all = new TreeMap<>();
        for (String term : terms.get()) {
            List<String> whole = List.of(term.split(" "));
            if (whole.size() > before.size()
                    && String.join(" ", whole.subList(0, before.size())).equalsIgnoreCase(String.join(" ", before))
                    && whole.get(before.size()).regionMatches(true, 0, word, 0, word.length())) {
                all.put(whole.get(before.size()), Message.NONE);
            }
        }
        return all;
    }

    private void byContext(List<String> before, String word, SortedMap<String, Message> all) {
        String program = before.get(0);
        String previous = before.get(before.size() - 1);
        if (program.equals("sudo") || program.equals("time") || program.equals("watch")) {
            if (before.size() > 1) {
                byContext(before.subList(1, before.size()), word, all);
            }
        } else if (program.equals("docker")) {
            docker(before, word, all);
        } else if (program.equals("ip")) {
            ip(before, all);
        } else if (program.equals("brctl")) {
            brctl(before, all);
        } else if (RULES.contains(program)) {
            rules(previous, all);
        } else if (program.equals(VerbName.ON.word()) && before.size() == 1) {
            all.putAll(names.hosts());
        } else if (program.equals("lab") && before.size() == 2 && previous.equals(VerbName.ON.word())) {
            all.putAll(names.hosts());
        } else if (asksOfPlaces(program)) {
            places(before, word, all);
        } else if (program.equals("lab") && before.size() > 1 && asksOfPlaces(before.get(1))) {
            places(before.subList(1, before.size()), word, all);
        } else if (program.equals("lab") && before.size() == 1) {
            verbs(all);
        } else if (TAKES_INTERFACE.contains(previous)
                || Set.of("ifconfig", "ethtool").contains(program)) {
            all.putAll(names.interfaces());
        } else if (TAKES_DESTINATION.contains(program) && !word.startsWith("-")) {
            all.putAll(names.destinations());
        } else if (program.equals("nsenter") && word.startsWith("--net=")) {
            names.namespaces().forEach((name, what) -> all.put("--net=/run/netns/" + name, what));
        } else {
            words(program, all);
        }
    }

    /** Completes the two places of a verb. The second may also be an address, or a place within a URL or after {@code name:}. */
    private void places(List<String> before, String word, SortedMap<String, Message> all) {
        long words = before.stream().filter(one -> !one.startsWith("-")).count() - 1;
        if (words < 2) {
            all.putAll(names.places());
        }
        if (words != 1) {
            return;
        }
        names.destinations().forEach(all::putIfAbsent);
        Matcher led = LED.matcher(word);
        if (led.lookingAt()) {
            new TreeMap<>(all).forEach((name, what) -> all.putIfAbsent(led.group() + name, what));
        }
        if (WITH_PORT.matcher(word).matches()) {
            String port = word.substring(0, word.indexOf('/', word.lastIndexOf(':')));
            List.of("/tcp", "/udp").forEach(protocol -> all.put(port + protocol, Message.NONE));
        }
    }

    private static boolean asksOfPlaces(String word) {
        return VerbName.of(word).filter(VerbName::takesPlaces).isPresent();
    }

    private static void verbs(SortedMap<String, Message> all) {
        for (VerbName verb : VerbName.values()) {
            all.put(verb.word(), verb.does());
        }
    }

    private void ip(List<String> before, SortedMap<String, Message> all) {
        String previous = before.get(before.size() - 1);
        if (previous.equals("-n")
                || previous.equals("-netns")
                || (previous.equals("netns") && before.contains("set"))) {
            all.putAll(names.namespaces());
            return;
        }
        int netns = before.indexOf("exec");
        if (netns > 0 && before.get(netns - 1).equals("netns") && before.size() > netns + 2) {
            byContext(before.subList(netns + 2, before.size()), "", all);
            return;
        }
        if (TAKES_INTERFACE.contains(previous)) {
            all.putAll(names.interfaces());
            return;
        }
        if (previous.equals("type")) {
            words("type", all);
            return;
        }
        if (previous.equals("via")) {
            all.putAll(names.destinations());
            return;
        }
        List<String> bare = withoutOptions(before, Set.of("-n", "-netns", "-f", "-family"));
        String path = String.join(" ", bare);
        if (path.matches("ip link (set|show|del)")) {
            all.putAll(names.interfaces());
            if (path.endsWith("set")) {
                all.put("dev", say("completion.an-interface"));
            }
        } else if (path.matches("ip netns (exec|del|pids)")) {
            all.putAll(names.namespaces());
        } else if (path.matches("ip (addr|route) (add|del|show|replace|flush|get) .+")
                || path.matches("ip addr show")) {
            all.put("dev", say("completion.by-interface"));
            if (path.contains(" route ")) {
                all.put("via", say("completion.next-hop"));
            }
            if (path.matches("ip addr show")) {
                all.putAll(names.interfaces());
            }
        } else if (path.matches("ip link set (dev )?\\S+")) {
            for (String next : List.of("up", "down", "master", "nomaster", "netns", "name", "address", "mtu")) {
                all.put(next, Message.NONE);
            }
        } else if (path.matches("ip route (get)")) {
            all.putAll(names.destinations());
        } else if (path.matches("ip route (add|del|replace)")) {
            all.put("default", say("completion.default"));
        } else {
            words(path, all);
        }
    }

    private void docker(List<String> before, String word, SortedMap<String, Message> all) {
        String previous = before.get(before.size() - 1);
        List<String> bare =
                withoutOptions(before, Set.of("--name", "-p", "-v", "-e", "--net", "--network", "-f", "--format"));
        String path = String.join(" ", bare);
        if (previous.equals("--network") || previous.equals("--net") || word.startsWith("--net")) {
            String head = word.startsWith("--net") ? word.substring(0, word.indexOf('=') + 1) : "";
            if (!word.startsWith("--net") || !head.isEmpty()) {
                names.networks().forEach((name, what) -> all.put(head + name, what));
                names.containers()
                        .forEach((name, what) ->
                                all.put(head + "container:" + name, say("completion.network-of", "container", name)));
            }
        } else if (path.matches("docker network (inspect|rm|connect|disconnect)")) {
            all.putAll(names.networks());
        } else if (path.matches("docker network (connect|disconnect) \\S+")) {
            all.putAll(names.containers());
        } else if (bare.size() > 1 && OF_CONTAINERS.contains(bare.get(1))) {
            if (bare.size() == 2
                    || Set.of("stop", "start", "rm", "inspect", "kill").contains(bare.get(1))) {
                all.putAll(names.containers());
                if (bare.get(1).equals("inspect")) {
                    names.networks().forEach(all::putIfAbsent);
                }
            }
        } else if (bare.size() > 2 && bare.get(1).equals("container")) {
            all.putAll(names.containers());
        } else if (path.matches("docker (run|create)")) {
            all.putAll(names.images());
            for (String option : List.of("--name", "--network", "-d", "-it", "--rm", "-p", "--hostname")) {
                all.put(option, Message.NONE);
            }
        } else {
            words(path, all);
        }
    }

    private void brctl(List<String> before, SortedMap<String, Message> all) {
        if (before.size() == 1) {
            words("brctl", all);
        } else if (before.size() == 2 && !before.get(1).equals("addbr")) {
            all.putAll(names.bridges());
        } else if (before.size() > 2 && before.get(1).endsWith("if")) {
            all.putAll(names.hostInterfaces());
        }
    }

    private void rules(String previous, SortedMap<String, Message> all) {
        if (TAKES_INTERFACE.contains(previous)) {
            all.putAll(names.hostInterfaces());
        } else if (Set.of("-s", "-d", "--to-destination", "--to-source").contains(previous)) {
            all.putAll(names.destinations());
        } else if (Set.of("-I", "-D", "-L", "-S", "-F", "-N", "-X").contains(previous)) {
            words("iptables -A", all);
        } else {
            words("iptables " + previous, all);
        }
    }

    private static void words(String path, SortedMap<String, Message> all) {
        WORDS.getOrDefault(path, List.of()).forEach(next -> all.put(next, Message.NONE));
    }

    private static List<String> withoutOptions(List<String> words, Set<String> withValue) {
        List<String> bare = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.startsWith("-")) {
                i += withValue.contains(word) ? 1 : 0;
            } else {
                bare.add(
                        words.get(0).equals("ip")
                                ? LONG_NAMES.getOrDefault(word, List.of(word)).get(0)
                                : word);
            }
        }
        return bare;
    }
}
