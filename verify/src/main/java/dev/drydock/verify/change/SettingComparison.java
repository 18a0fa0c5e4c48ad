package dev.drydock.verify.change;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.change.Change.Kind;
import dev.drydock.verify.change.Change.Sign;
import dev.drydock.verify.change.Command.Stage;
import dev.drydock.verify.facts.HostsEntry;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Neighbour;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.facts.Socket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares sysctls, permanent neighbour entries, listening sockets, Docker's name server, and hosts files. */
final class SettingComparison {
    /** The first ephemeral port: the default of sysctl net.ipv4.ip_local_port_range. */
    private static final int EPHEMERAL = 32768;

    private static final int LAST_EPHEMERAL = 60999;
    private static final String DOCKER_DNS = "127.0.0.11";
    // net.ipv4.conf.br0.rp_filter
    private static final Pattern OF_INTERFACE =
            Pattern.compile("(net\\.ipv[46]\\.conf\\.)(?!(?:all|default)\\.)(.*)(\\.[a-z0-9_]+)");
    private static final Pattern OF_DOCKER = Pattern.compile("docker0|docker_gwbridge|br-[0-9a-f]{12}|veth[0-9a-f]{7}");

    private final HostComparison host;

    SettingComparison(HostComparison host) {
        this.host = host;
    }

    void compare() {
        for (Namespace made : host.pairing.newNamespaces) {
            neighbours(made, List.of(), Map.of());
            sockets(made, List.of(), Pairing.known(made.sockets()));
        }
        for (Pairing.Both<Namespace> both : host.pairing.namespaces) {
            Namespace was = both.before();
            Namespace is = both.after();
            if (host.readable(was.sysctls(), is.sysctls(), "sysctls", is)) {
                sysctls(is, renamed(values(was.sysctls()), host.pairing.names(was, is)), values(is.sysctls()));
            }
            if (host.readable(was.neighbours(), is.neighbours(), "neighbours", is)) {
                neighbours(is, Pairing.known(was.neighbours()), host.pairing.names(was, is));
            }
            if (host.readable(was.sockets(), is.sockets(), "listeners", is)) {
                sockets(is, Pairing.known(was.sockets()), Pairing.known(is.sockets()));
            }
        }
        hosts();
    }

    private static Map<String, String> values(Reading<Map<String, String>> reading) {
        return reading.orElse(Map.of());
    }

    private void sysctls(Namespace namespace, Map<String, String> was, Map<String, String> is) {
        // what is set for all comes first, because it may set what is set for one as well
        TreeMap<String, String> changed = new TreeMap<>(
                Comparator.comparing((String key) -> ofOne(key).isPresent()).thenComparing(Comparator.naturalOrder()));
        is.forEach((key, value) -> {
            if (before(was, key).filter(old -> !old.equals(value)).isPresent()) {
                changed.put(key, value);
            }
        });
        // One switch moves those of each interface, and ip_forward is another name of conf.all.forwarding.
        String forwards = changed.getOrDefault("net.ipv4.ip_forward", "none");
        changed.entrySet()
                .removeIf(one -> one.getKey().matches("net\\.ipv4\\.conf\\..*\\.forwarding")
                        && one.getValue().equals(forwards));
        changed.entrySet()
                .removeIf(one -> !one.getKey().contains(".conf.all.")
                        && one.getKey().matches("net\\.ipv6\\.conf\\..*|.*\\.forwarding")
                        && one.getValue()
                                .equals(changed.get(one.getKey().replaceFirst("\\.conf\\..*\\.", ".conf.all."))));
        changed.forEach((key, value) -> {
            Change change = Change.of(
                    Kind.SYSCTL,
                    Sign.CHANGED,
                    "sysctl",
                    HostComparison.place(namespace),
                    say("change.sysctl")
                            .with("setting", key)
                            .with("namespace", NamespaceWords.elsewhere(namespace))
                            .with("before", before(was, key))
                            .with("now", value));
            host.add(
                    host.causes.of(namespace),
                    change.by(new Command(
                            Stage.SETTINGS,
                            NamespaceWords.exec(namespace, host.isNew(namespace))
                                    + LearnerCommand.sysctl(key, value))));
        });
    }

    /** The sysctls, with those of a renamed interface under its new name too. */
    private static Map<String, String> renamed(Map<String, String> settings, Map<String, String> names) {
        Map<String, String> all = new TreeMap<>(settings);
        settings.forEach((key, value) -> ofOne(key)
                .map(names::get)
                .ifPresent(name -> all.put(
                        OF_INTERFACE
                                .matcher(key)
                                .replaceFirst("$1" + Matcher.quoteReplacement(name.replace('.', '/')) + "$3"),
                        value)));
        return all;
    }

    /** The interface of a sysctl, in which a dot of its name is a slash; empty for other sysctls. */
    private static Optional<String> ofOne(String key) {
        Matcher setting = OF_INTERFACE.matcher(key);
        return setting.matches() ? Optional.of(setting.group(2).replace('/', '.')) : Optional.empty();
    }

    /** The old value; for a new interface the default value. Empty where it is not known, and for interfaces that Docker creates. */
    private static Optional<String> before(Map<String, String> was, String key) {
        return Optional.ofNullable(was.get(key)).or(() -> ofOne(key)
                .filter(name -> !OF_DOCKER.matcher(name).matches())
                .map(name -> was.get(OF_INTERFACE.matcher(key).replaceFirst("$1default$3"))));
    }

    private static List<Neighbour> permanent(List<Neighbour> neighbours) {
        return neighbours.stream()
                .filter(one -> one.state().contains("PERMANENT") && one.mac().isPresent())
                .sorted(Comparator.comparing(Neighbour::shown))
                .toList();
    }

    private void neighbours(Namespace namespace, List<Neighbour> before, Map<String, String> names) {
        List<Neighbour> was = permanent(before).stream()
                .map(one -> new Neighbour(
                        one.address(), names.getOrDefault(one.device(), one.device()), one.mac(), one.state()))
                .toList();
        List<Neighbour> is = permanent(Pairing.known(namespace.neighbours()));
        is.stream().filter(one -> !was.contains(one)).forEach(one -> neighbour(namespace, one, true));
        was.stream()
                .filter(one -> is.stream()
                        .noneMatch(other -> other.address().equals(one.address())
                                && other.device().equals(one.device())))
                .filter(one -> Pairing.known(namespace.links()).stream()
                        .anyMatch(link -> link.name().equals(one.device()) && link.up()))
                .forEach(one -> neighbour(namespace, one, false));
    }

    private void neighbour(Namespace namespace, Neighbour one, boolean added) {
        Change change = Change.of(
                Kind.NEIGHBOUR,
                added ? Sign.ADDED : Sign.REMOVED,
                "neighbour",
                HostComparison.place(namespace),
                say("change.neighbour")
                        .with("address", one.address())
                        .with("mac", one.mac())
                        .with("interface", one.device())
                        .with("namespace", NamespaceWords.elsewhere(namespace)));
        String ip = NamespaceWords.ip(namespace, host.isNew(namespace));
        host.add(
                host.causes.of(namespace),
                change.by(
                        added
                                ? new Command(
                                        Stage.NEIGHBOURS,
                                        ip + " neigh replace " + one.address() + " lladdr "
                                                + one.mac().orElseThrow() + " dev "
                                                + LearnerCommand.quoted(one.device()))
                                : new Command(
                                        Stage.ADDRESSES_GO,
                                        ip + " neigh del " + one.address() + " dev "
                                                + LearnerCommand.quoted(one.device()))));
    }

    /** A listening socket as a program and a port. */
    private record Listener(Optional<String> program, String protocol, int port) {}

    private void sockets(Namespace namespace, List<Socket> before, List<Socket> after) {
        boolean named = after.stream().anyMatch(SettingComparison::isDns);
        if (named && before.stream().noneMatch(SettingComparison::isDns)) {
            host.add(
                    host.causes.of(namespace),
                    Change.of(
                                    Kind.DNS,
                                    Sign.ADDED,
                                    "dns",
                                    HostComparison.place(namespace),
                                    say("change.dns")
                                            .with("address", DOCKER_DNS)
                                            .with("namespace", NamespaceWords.elsewhere(namespace)))
                            .so(List.of(say("change.dns-rules")))
                            .byNothing(say("no-command.dns")));
        }
        TreeMap<String, Listener> listeners = new TreeMap<>();
        Map<String, Set<String>> was = addresses(before, listeners);
        Map<String, Set<String>> is = addresses(after, listeners);
        listeners.forEach((key, listener) -> {
            TreeSet<String> gone = new TreeSet<>(was.getOrDefault(key, Set.of()));
            gone.removeAll(is.getOrDefault(key, Set.of()));
            TreeSet<String> come = new TreeSet<>(is.getOrDefault(key, Set.of()));
            come.removeAll(was.getOrDefault(key, Set.of()));
            if (!gone.isEmpty()) {
                listener(namespace, listener, gone, Sign.REMOVED);
            }
            if (!come.isEmpty()) {
                listener(namespace, listener, come, Sign.ADDED);
            }
        });
    }

    private static boolean isDns(Socket socket) {
        return socket.address().equals(DOCKER_DNS);
    }

    private static boolean ephemeral(Socket socket) {
        return socket.protocol().equals("udp") && socket.port() >= EPHEMERAL && socket.port() <= LAST_EPHEMERAL;
    }

    private static Map<String, Set<String>> addresses(List<Socket> sockets, Map<String, Listener> listeners) {
        Map<String, Set<String>> addresses = new TreeMap<>();
        for (Socket socket : sockets) {
            if (!isDns(socket) && !ephemeral(socket)) {
                Listener listener = new Listener(socket.comm(), socket.protocol(), socket.port());
                String key = listener.program().orElse("") + " " + listener.protocol() + " " + listener.port();
                listeners.put(key, listener);
                addresses
                        .computeIfAbsent(key, none -> new TreeSet<>())
                        .add(IpAddress.beforePort(socket.address()) + ":" + socket.port());
            }
        }
        return addresses;
    }

    private void listener(Namespace namespace, Listener listener, Set<String> addresses, Sign sign) {
        Change change = Change.of(
                Kind.LISTENER,
                sign,
                "listener",
                HostComparison.place(namespace),
                say("change.listener")
                        .with("program", listener.program())
                        .with("addresses", addresses)
                        .with("protocol", listener.protocol().equals("tcp") ? "" : listener.protocol())
                        .with("namespace", NamespaceWords.elsewhere(namespace)));
        host.add(
                host.causes.ofPort(namespace, listener.protocol(), listener.port()),
                change.byNothing(
                        listener.program().equals(Optional.of("docker-proxy"))
                                ? say("no-command.docker-proxy")
                                : say("no-command.listener", "program", listener.program())));
    }

    private void hosts() {
        TreeSet<Scope> scopes = new TreeSet<>(Comparator.comparing(Scope::toString));
        host.before.hostsFiles().keySet().forEach(scopes::add);
        host.after.hostsFiles().keySet().forEach(scopes::add);
        for (Scope scope : scopes) {
            if (scope.kind() == Scope.Kind.PID || shared(scope)) {
                continue;
            }
            List<HostsEntry> was =
                    entries(Optional.ofNullable(host.before.hostsFiles().get(scope)));
            List<HostsEntry> is =
                    entries(Optional.ofNullable(host.after.hostsFiles().get(scope)));
            boolean borrowed = scope.kind() == Scope.Kind.NETNS
                    && is.equals(
                            entries(Optional.ofNullable(host.after.hostsFiles().get(Scope.LAB_HOST))));
            boolean there = host.after.hostsFiles().containsKey(scope)
                    && Pairing.isKnown(host.after.hostsFiles().get(scope));
            boolean knownBefore = !host.before.hostsFiles().containsKey(scope)
                    || Pairing.isKnown(host.before.hostsFiles().get(scope));
            if (!borrowed && there && knownBefore) {
                entries(scope, was, is);
            }
        }
    }

    /** Whether the hosts file belongs to another container's network, or is a new container's copy of the lab host's file. */
    private boolean shared(Scope scope) {
        return Pairing.known(host.after.containers()).stream()
                .anyMatch(container -> scope.equals(Scope.container(container.name()))
                        && (container.networkMode().startsWith("container:")
                                || (container.networkMode().equals("host")
                                        && !host.before.hostsFiles().containsKey(scope))));
    }

    private static List<HostsEntry> entries(Optional<Reading<List<HostsEntry>>> reading) {
        return reading.map(Pairing::known).orElse(List.of());
    }

    private void entries(Scope scope, List<HostsEntry> was, List<HostsEntry> is) {
        List<HostsEntry> come = new ArrayList<>(is);
        was.forEach(come::remove);
        List<HostsEntry> gone = new ArrayList<>(was);
        is.forEach(gone::remove);
        boolean fresh = was.isEmpty();
        come.removeIf(entry -> fresh && usual(entry));
        come.forEach(entry -> entry(scope, entry, Sign.ADDED));
        gone.forEach(entry -> entry(scope, entry, Sign.REMOVED));
    }

    /** Whether the entry is one that every new hosts file has. */
    private static boolean usual(HostsEntry entry) {
        String address = entry.address().toString();
        return address.equals("127.0.0.1")
                || address.equals("::1")
                || address.startsWith("fe00::")
                || address.startsWith("ff0");
    }

    private void entry(Scope scope, HostsEntry entry, Sign sign) {
        String line = entry.address() + " " + String.join(" ", entry.names());
        Change change = Change.of(
                Kind.HOSTS, sign, "hosts", scope.toString(), say("change.hosts", "line", line, "of", scope.name()));
        host.add(
                host.causes.of(scope),
                scope.kind() == Scope.Kind.HOST && sign == Sign.ADDED
                        ? change.by(new Command(Stage.FILES, "echo " + line + " >> /etc/hosts"))
                        : change.byNothing(say(
                                scope.kind() == Scope.Kind.CONTAINER
                                        ? "no-command.hosts-of-container"
                                        : "no-command.hosts")));
    }
}
