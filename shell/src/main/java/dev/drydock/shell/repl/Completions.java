package dev.drydock.shell.repl;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.shell.cli.VerbName;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What fits behind the words of a command; pure. The value of each entry says what it is. */
final class Completions {
    private static final Map<String, List<String>> WORDS = Map.ofEntries(
            Map.entry(
                    "ip",
                    List.of("addr", "link", "route", "netns", "neigh", "rule", "-br", "-n", "-j", "-d", "-4", "-6")),
            Map.entry("ip link", List.of("show", "set", "add", "del")),
            Map.entry("ip addr", List.of("show", "add", "del", "flush")),
            Map.entry("ip route", List.of("show", "add", "del", "get", "replace")),
            Map.entry("ip netns", List.of("list", "add", "del", "exec", "identify", "pids", "attach")),
            Map.entry("ip neigh", List.of("show", "flush", "add", "del")),
            Map.entry("brctl", List.of("show", "addbr", "delbr", "addif", "delif", "showmacs", "stp")),
            Map.entry("bridge", List.of("link", "fdb", "vlan")),
            Map.entry(
                    "docker",
                    List.of(
                            "run",
                            "ps",
                            "exec",
                            "inspect",
                            "network",
                            "stop",
                            "start",
                            "rm",
                            "logs",
                            "images",
                            "create",
                            "restart",
                            "kill",
                            "port",
                            "top",
                            "pull",
                            "info",
                            "container",
                            "image",
                            "attach",
                            "rename")),
            Map.entry("docker network", List.of("ls", "inspect", "create", "rm", "connect", "disconnect", "prune")),
            Map.entry("docker container", List.of("ls", "inspect", "stop", "start", "rm", "logs", "exec", "prune")),
            Map.entry("docker image", List.of("ls", "inspect", "rm")),
            Map.entry("nsenter", List.of("--net=", "--target", "--net", "--pid", "--mount", "-t", "-n")),
            Map.entry("iptables -t", List.of("filter", "nat", "mangle", "raw")),
            Map.entry(
                    "iptables -j", List.of("ACCEPT", "DROP", "REJECT", "MASQUERADE", "SNAT", "DNAT", "RETURN", "LOG")),
            Map.entry("iptables -P", List.of("INPUT", "OUTPUT", "FORWARD")),
            Map.entry(
                    "iptables -A",
                    List.of("INPUT", "OUTPUT", "FORWARD", "PREROUTING", "POSTROUTING", "DOCKER", "DOCKER-USER")),
            Map.entry("type", List.of("veth", "bridge", "dummy", "vlan", "macvlan", "ipvlan")));

    private static final Map<String, String> LONG_NAMES = Map.of(
            "a",
            "addr",
            "address",
            "addr",
            "l",
            "link",
            "r",
            "route",
            "n",
            "neigh",
            "neighbour",
            "neigh",
            "delete",
            "del");
    private static final Set<String> OF_CONTAINERS = Set.of(
            "exec", "stop", "start", "inspect", "logs", "rm", "kill", "restart", "port", "top", "attach", "rename",
            "cp", "stats", "pause", "unpause", "wait", "diff", "commit");
    private static final Set<String> TAKES_INTERFACE =
            Set.of("dev", "master", "-i", "-o", "peer", "oif", "iif", "via-dev");
    private static final Set<String> TAKES_DESTINATION =
            Set.of("ping", "traceroute", "tracepath", "nc", "telnet", "arping", "wget", "curl", "via");
    private static final Set<String> RULES = Set.of("iptables", "ip6tables", "iptables-nft", "iptables-legacy");

    private final LiveNames names;

    Completions(LiveNames names) {
        this.names = names;
    }

    /** @param words of the simple command; the last is the one to be completed */
    SortedMap<String, Message> of(List<String> words) {
        List<String> before = words.subList(0, words.size() - 1);
        String word = words.get(words.size() - 1);
        SortedMap<String, Message> all = new TreeMap<>();
        if (!before.isEmpty()) {
            byContext(before, word, all);
        }
        all.keySet().removeIf(name -> !name.startsWith(word));
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
            places(before, all);
        } else if (program.equals("lab") && before.size() > 1 && asksOfPlaces(before.get(1))) {
            places(before.subList(1, before.size()), all);
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

    /** Two places; the second may be an address as well. */
    private void places(List<String> before, SortedMap<String, Message> all) {
        long words = before.stream().filter(word -> !word.startsWith("-")).count() - 1;
        if (words < 2) {
            all.putAll(names.places());
        }
        if (words == 1) {
            names.destinations().forEach(all::putIfAbsent);
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
        if (previous.equals("-n") || previous.equals("-netns") || (previous.equals("netns") && inside(before, "set"))) {
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

    private static boolean inside(List<String> words, String wanted) {
        return words.contains(wanted);
    }

    private static List<String> withoutOptions(List<String> words, Set<String> withValue) {
        List<String> bare = new java.util.ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.startsWith("-")) {
                i += withValue.contains(word) ? 1 : 0;
            } else {
                bare.add(words.get(0).equals("ip") ? LONG_NAMES.getOrDefault(word, word) : word);
            }
        }
        return bare;
    }
}
