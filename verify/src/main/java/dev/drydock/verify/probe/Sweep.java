package dev.drydock.verify.probe;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.HostsEntry;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.ProcessEntry;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.probe.Sections.Section;
import dev.drydock.verify.words.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** Reads everything on one lab host in one round trip: {@link #script} is the bash script to run, {@link #parse} reads its output. */
public final class Sweep {
    /** The prefix of the nft tables that a trace makes. These tables, and processes with this name, are not part of the facts. */
    public static final String TRACE_TABLES = "drydock_trace";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String BODY = resource("sweep.sh");
    private static final String DATAGRAM = resource("datagram.pl");

    /** The facts of a host without captures, and how commands are typed for each namespace. */
    private record Readings(HostFacts host, Map<Long, LearnerCommand> learners) {}

    private static final List<String> USUAL_SYSCTLS = List.of(
            "net.ipv4.ip_forward",
            "net.ipv4.ip_default_ttl",
            "net.ipv4.ip_no_pmtu_disc",
            "net.ipv4.tcp_mtu_probing",
            "net.ipv6.conf.all.forwarding",
            "net.ipv4.conf.all.forwarding",
            "net.ipv4.conf.all.rp_filter",
            "net.ipv4.conf.default.rp_filter",
            "net.ipv4.conf.all.route_localnet",
            "net.ipv4.conf.all.proxy_arp",
            "net.ipv4.icmp_echo_ignore_all",
            "net.ipv6.conf.all.disable_ipv6",
            "net.ipv6.icmp.echo_ignore_all",
            "net.bridge.bridge-nf-call-iptables",
            "net.bridge.bridge-nf-call-ip6tables");

    private final String nonce;
    private final Optional<HostFacts> before;
    private final List<ProbeScriptLine> askings = new ArrayList<>();
    private final Map<String, String> keysByPath = new TreeMap<>();
    private final boolean docker;
    private final ProbeTimeouts patience;
    private final Optional<FilterReadings> filters;

    /** The facts from {@link #parseReadings}, so that they are parsed only once; null before. Any thread may set it. */
    private final AtomicReference<Readings> known = new AtomicReference<>();

    private Sweep(
            String nonce,
            Set<ActiveProbe> probes,
            Set<String> sysctlKeys,
            boolean docker,
            ProbeTimeouts patience,
            Optional<HostFacts> before) {
        this.nonce = nonce;
        this.before = before;
        this.patience = patience;
        this.filters = FilterReadings.of(probes);
        for (ActiveProbe probe : probes) {
            if (filters.isEmpty() || !FilterReadings.reads(probe)) {
                askings.add(new ProbeScriptLine(askings.size(), probe));
            }
        }
        USUAL_SYSCTLS.forEach(key -> keysByPath.put(path(key), key));
        sysctlKeys.stream()
                .filter(key -> key.matches("[A-Za-z0-9_./-]+") && !key.contains("..") && !key.startsWith("/"))
                .forEach(key -> keysByPath.put(path(key), key));
        this.docker = docker;
    }

    /**
     * A sweep for one run.
     *
     * @param probes the active probes; they run in parallel
     * @param sysctlKeys sysctls to read in addition to the usual ones: {@code net.ipv4.conf.eth0.forwarding}; keys with unexpected characters are
     *     ignored
     * @param docker whether the lab has Docker; without it the lists of containers and networks are known to be empty
     */
    public static Sweep of(Set<ActiveProbe> probes, Set<String> sysctlKeys, boolean docker) {
        return of(probes, sysctlKeys, docker, ProbeTimeouts.ORDINARY);
    }

    /** A sweep with these time limits. */
    public static Sweep of(Set<ActiveProbe> probes, Set<String> sysctlKeys, boolean docker, ProbeTimeouts patience) {
        return new Sweep(nonce(), probes, sysctlKeys, docker, patience, Optional.empty());
    }

    /**
     * A sweep that runs only the probes: {@link #parse} then returns the earlier facts with the new captures.
     *
     * @param before the earlier facts; probes in containers that did not run then are left out
     */
    public static Sweep again(HostFacts before, Set<ActiveProbe> probes, ProbeTimeouts patience) {
        Set<ActiveProbe> able = probes.stream()
                .filter(probe -> probe.in().kind() != Scope.Kind.CONTAINER
                        || learner(probe.in().withoutHost(), containers(before))
                                .pid()
                                .isPresent())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return new Sweep(nonce(), able, Set.of(), false, patience, Optional.of(before));
    }

    /** The readings in a form that can be kept and parsed again; without captures. */
    public SweepRecord record(ProbeOutput output) {
        int end = output.out().indexOf(endOfReadings());
        String readings = end < 0 ? output.out() : output.out().substring(0, end);
        return new SweepRecord(nonce, docker, Set.copyOf(keysByPath.values()), readings);
    }

    /** The sweep of which {@link #record} kept the readings. */
    static Sweep of(SweepRecord record) {
        return new Sweep(
                record.nonce(),
                Set.of(),
                record.sysctlKeys(),
                record.docker(),
                ProbeTimeouts.ORDINARY,
                Optional.empty());
    }

    /** The bash script, to be run by root of the lab host. It writes only to a folder of its own in {@code /tmp}, which it removes. */
    public String script() {
        StringBuilder script = new StringBuilder("{\nNONCE=")
                .append(nonce)
                .append(" DOCKER=")
                .append(docker ? 1 : 0)
                .append(" READ=")
                .append(before.isPresent() ? 0 : 1)
                .append(" PACKET_FILTER=")
                .append(filters.map(FilterReadings::functions)
                        .map(ProbeScriptLine::quoted)
                        .orElse(""))
                .append(sendsDatagrams() ? " DATAGRAM=" + ProbeScriptLine.quoted(DATAGRAM) : "")
                .append(patience.script())
                .append(" SYSCTLS=(");
        keysByPath.keySet().forEach(path -> script.append(path).append(' '));
        script.append(")\nask_all() {\ncase $1 in\ncontainer)\n:\n");
        askings.stream()
                .filter(this::waitsForDocker)
                .forEach(asking -> script.append(asking.script(OptionalInt.empty())));
        script.append(";;\nother)\n:\n");
        askings.stream()
                .filter(asking -> !waitsForDocker(asking))
                .forEach(asking -> script.append(asking.script(process(asking))));
        // the braces make bash read all of it before anything inside can read from the script
        return script.append(";;\nesac\nwait\n}\n")
                .append(BODY)
                .append("\n} </dev/null\n")
                .toString();
    }

    /** Ends those probes of this sweep early that can get no answer, while its script runs. */
    public GivingUp givingUp() {
        return new GivingUp(nonce, askings);
    }

    /** The Perl program that sends a datagram; {@link dev.drydock.verify.trace} uses it too. */
    public static String datagramSender() {
        return DATAGRAM;
    }

    private boolean sendsDatagrams() {
        return askings.stream().anyMatch(asking -> asking.probe() instanceof ActiveProbe.Udp);
    }

    private boolean waitsForDocker(ProbeScriptLine asking) {
        return before.isEmpty() && asking.ofContainer();
    }

    /** The process by which a container is entered, from the earlier facts; empty where it is not known. */
    private OptionalInt process(ProbeScriptLine asking) {
        List<Container> known = before.map(Sweep::containers).orElse(List.of());
        return learner(asking.probe().in().withoutHost(), known).pid();
    }

    private static List<Container> containers(HostFacts host) {
        return host.containers().orElse(List.of());
    }

    /** Whether {@link #parseReadings} would return a result for this output. */
    public boolean hasReadings(String soFar) {
        return soFar.contains(endOfRules());
    }

    private String endOfRules() {
        return "\u001e" + nonce + " rules\n";
    }

    private String endOfReadings() {
        return "\u001e" + nonce + " read\n";
    }

    /**
     * Parses the readings from output that is still growing; empty until they are complete. Captures of active probes are missing.
     *
     * @param soFar the standard output up to now
     */
    public Optional<HostFacts> parseReadings(String hostName, String soFar) {
        int end = soFar.indexOf(endOfRules());
        if (end < 0) {
            return Optional.empty();
        }
        ProbeOutput output = new ProbeOutput(0, soFar.substring(0, end), "", Duration.ZERO, false);
        Sections sections = Sections.parse(nonce, output.out());
        Readings readings = readings(hostName, sections, output);
        if (readingsAreFinal()) {
            known.set(readings);
        }
        return Optional.of(captured(readings, sections));
    }

    private HostFacts captured(Readings readings, Sections sections) {
        HostFacts host = readings.host().with(captures(sections, containers(readings.host())));
        return filters.map(reading -> host.with(reading.captures(host, sections, readings.learners())))
                .orElse(host);
    }

    /** Whether the readings do not depend on probes. A container's log does: a probe reads it. */
    private boolean readingsAreFinal() {
        return askings.stream().noneMatch(asking -> asking.probe() instanceof ActiveProbe.Logs);
    }

    /** Parses the script's output. Groups of facts that are not complete become unknown. */
    public HostFacts parse(String hostName, ProbeOutput output) {
        Readings read = known.get();
        // What was read need not be cut into sections again either, unless packet filters lie between.
        String out = read == null || filters.isPresent()
                ? output.out()
                : output.out().substring(Math.max(0, output.out().indexOf(endOfReadings())));
        Sections sections = Sections.parse(nonce, out);
        if (before.isPresent()) {
            return before.get().with(captures(sections, containers(before.get())));
        }
        return captured(read == null ? readings(hostName, sections, output) : read, sections);
    }

    private Readings readings(String hostName, Sections sections, ProbeOutput output) {
        DockerReadings engine =
                docker ? DockerReadings.of(sections, name -> log(sections, name)) : DockerReadings.none();
        List<Container> containers = engine.containers().orElse(List.of());
        Optional<Section> scanned = sections.of("scan").filter(section -> section.ended(0));
        Message failure = output.timedOut()
                ? say(
                        "sweep.no-answer",
                        "place",
                        Scope.LAB_HOST,
                        "milliseconds",
                        output.elapsed().toMillis())
                : say("sweep.failed", "status", output.exit(), "why", Json.beginning(output.err()));
        Reading<NamespaceScan> scan = scanned.isPresent()
                ? NamespaceReadings.parsed("ip netns", scanned.get().out(), NamespaceScan::parse, all -> "")
                : new Reading.Unknown<>(
                        failure, new Evidence("ip netns", output.err().strip()));
        return scan.fold(
                found -> read(hostName, sections, found.value(), engine, containers),
                unknown -> unreadable(hostName, unknown.reason(), unknown.source(), engine));
    }

    private Readings read(
            String hostName, Sections sections, NamespaceScan scan, DockerReadings engine, List<Container> containers) {
        List<Namespace> namespaces = new ArrayList<>();
        Map<Long, LearnerCommand> learners = new HashMap<>();
        Map<String, String> tables =
                RouteOutput.tables(sections.of("names").map(Section::out).orElse(""));
        for (long inode : scan.inodes()) {
            if (!NamespaceReadings.vanished(sections, scan, inode)) {
                Set<Scope> names = names(scan, inode, containers);
                LearnerCommand learner = learner(names.iterator().next(), containers);
                learners.put(inode, learner);
                namespaces.add(new NamespaceReadings(sections, scan, inode, learner).read(names, keysByPath, tables));
            }
        }
        String shown = namespaces.stream()
                .flatMap(namespace -> namespace.names().stream())
                .filter(scope -> scope.kind() == Scope.Kind.NETNS)
                .map(Scope::name)
                .collect(Collectors.joining("\n"));
        HostFacts host = new HostFacts(
                hostName,
                new Reading.Known<>(namespaces, new Evidence("ip netns", shown)),
                engine.containers(),
                engine.networks(),
                new HostsFiles(sections, scan).read(containers),
                processes(sections, scan),
                Map.of());
        return new Readings(host, Map.copyOf(learners));
    }

    private static Readings unreadable(String hostName, Message reason, Evidence source, DockerReadings engine) {
        HostFacts host = new HostFacts(
                hostName,
                new Reading.Unknown<>(reason, source),
                engine.containers(),
                engine.networks(),
                Map.<Scope, Reading<List<HostsEntry>>>of(),
                new Reading.Unknown<>(reason, new Evidence("ps -e", "")),
                Map.of());
        return new Readings(host, Map.of());
    }

    /** The names in the order host, named, containers; a process only where there is no other name. */
    private static Set<Scope> names(NamespaceScan scan, long inode, List<Container> containers) {
        Set<Scope> names = new LinkedHashSet<>();
        if (inode == scan.own()) {
            names.add(Scope.LAB_HOST);
        }
        scan.names().getOrDefault(inode, Set.of()).forEach(name -> names.add(Scope.netns(name)));
        Set<Integer> pids = scan.pids().getOrDefault(inode, Set.of());
        containers.stream()
                .filter(container -> container.running() && pids.contains(container.pid()))
                .forEach(container -> names.add(Scope.container(container.name())));
        if (names.isEmpty()) {
            NamespaceReadings.anyProcess(scan, inode).ifPresent(pid -> names.add(Scope.pid(pid)));
        }
        return names;
    }

    private static LearnerCommand learner(Scope scope, List<Container> containers) {
        OptionalInt pid = containers.stream()
                .filter(container -> scope.kind() == Scope.Kind.CONTAINER
                        && container.pid() > 0
                        && (container.name().equals(scope.name())
                                || container.id().startsWith(scope.name())))
                .mapToInt(Container::pid)
                .findFirst();
        return new LearnerCommand(scope, pid);
    }

    private static Reading<List<ProcessEntry>> processes(Sections sections, NamespaceScan scan) {
        Optional<Section> section = sections.of("processes").filter(found -> found.ended(0));
        return section.isPresent()
                ? NamespaceReadings.parsed(
                        "ps -e -o pid,netns,comm,args",
                        section.get().out(),
                        scan::processes,
                        all -> NamespaceReadings.shown(
                                all,
                                process -> process.pid() + " " + process.netns() + " " + process.comm() + " "
                                        + process.arguments()))
                : new Reading.Unknown<>(say("sweep.processes-cut-off"), new Evidence("ps -e", ""));
    }

    private Map<ActiveProbe, ProbeCapture> captures(Sections sections, List<Container> containers) {
        Map<ActiveProbe, ProbeCapture> captures = new LinkedHashMap<>();
        for (ProbeScriptLine asking : askings) {
            LearnerCommand learner = learner(asking.probe().in().withoutHost(), containers);
            captures.put(asking.probe(), asking.capture(sections, learner));
        }
        return Collections.unmodifiableMap(captures);
    }

    private Reading<String> log(Sections sections, String container) {
        String command = "docker logs " + container;
        for (ProbeScriptLine asking : askings) {
            if (asking.probe() instanceof ActiveProbe.Logs
                    && asking.probe().in().name().equals(container)) {
                ProbeCapture capture =
                        asking.capture(sections, new LearnerCommand(Scope.container(container), OptionalInt.empty()));
                return capture.obstacle()
                        .<Reading<String>>map(why -> new Reading.Unknown<>(
                                say("command.could-not-run", "command", command, "why", why),
                                new Evidence(command, "")))
                        .orElseGet(() -> new Reading.Known<>(
                                capture.out(),
                                new Evidence(command, capture.out().strip())));
            }
        }
        return new Reading.Unknown<>(say("container.log-not-read", "container", container), new Evidence(command, ""));
    }

    /** {@code net.ipv4.ip_forward} or {@code net/ipv4/ip_forward}: as for sysctl(8), the first separator decides which of both is the slash. */
    private static String path(String key) {
        int dot = key.indexOf('.');
        int slash = key.indexOf('/');
        if (slash >= 0 && (dot < 0 || slash < dot)) {
            return key;
        }
        return key.replace('/', '\0').replace('.', '/').replace('\0', '.');
    }

    private static String nonce() {
        byte[] bytes = new byte[12];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static String resource(String name) {
        try (InputStream in = Sweep.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
