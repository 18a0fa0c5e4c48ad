package dev.drydock.verify.probe;

import static dev.drydock.verify.facts.LearnerCommand.quoted;
import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.NameAnswer;
import dev.drydock.verify.facts.NameLookup;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.probe.ProbeCommand.Reader;
import dev.drydock.verify.words.Complaint;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes the command for each kind of active probe.
 *
 * @param number of the probe in its sweep, from 0; the ids of DNS queries are derived from it
 */
record ProbeCommands(int number) implements ActiveProbe.Visitor<ProbeCommand> {
    // http://[fe80::1]:8080/ or http://db:8080/path
    private static final Pattern URL_HOST =
            Pattern.compile("[a-zA-Z]+://(?:[^/?#@]*@)?(?:\\[([^\\]]*)]|([^/?#:\\[\\]]*)).*", Pattern.DOTALL);
    /** The bytes that ping sends before its data: IP and ICMP header. */
    private static final int HEADERS = 28;

    private static final int HEADERS_IPV6 = 48;

    // PING db (172.18.0.2) 56(84) bytes of data.
    private static final Pattern PINGED = Pattern.compile("(?m)^PING .*?\\(([^()]+)\\) ");

    // to 172.18.0.2
    private static final Pattern CONNECTED_TO = Pattern.compile("(?m)^to (\\S+)\n");

    // *   Trying 172.18.0.2:80..., *   Trying [fd00::12]:80..., * Connected to db (172.18.0.2) port 80 (#0)
    private static final Pattern TRIED =
            Pattern.compile("(?m)^\\* (?: *Trying \\[?(\\S+?)\\]?:\\d+\\.\\.\\.|Connected to .* \\((\\S+)\\) port )");

    // the folder of the path without links, what stands at the path, and the mounts of this mount namespace
    private static final String MOUNTED =
            """
            path=${1##*/} link=
            cd -P -- "${1%/*}/" 2>/dev/null || { printf '\\0\\0\\0'; exit 0; }
            if [[ -L $path ]]; then
                link=l$(readlink -- "$path")
            elif [[ -d ./$path ]]; then
                link=d
            elif [[ -f $path ]]; then
                link=f
            elif [[ -e $path ]]; then
                link=o
            fi
            printf '%s\\0%s\\0' "$PWD" "$link" && cat /proc/self/mountinfo && printf '\\0'""";

    @Override
    public ProbeCommand ping(ActiveProbe.Ping ping) {
        int headers = IpAddress.tryParse(ping.to()).filter(IpAddress::isIpv6).isPresent() ? HEADERS_IPV6 : HEADERS;
        int payload = Math.max(0, ping.size() - headers);
        // of several the first ones may be what tells who makes them that they are too large
        String some = ping.size() == 0 ? " -c 1 -W \"$SILENCE\"" : " -c 3 -i 0.2 -W 1 -s " + payload;
        String options = ping.size() == 0 ? "-c 1 " : "-c 3 -s " + payload + " ";
        OwnNames names = new OwnNames(ping.to());
        return new ProbeCommand(
                names(ping.to()) + patient(ping.size() == 0, ping.to()) + " ping -n" + some + " -- "
                        + ProbeScriptLine.quoted(ping.to()),
                learner -> names.differ(learner.scope())
                        ? learner.inside("ping " + options + quoted(ping.to()))
                        : learner.net(pinging(options, ping.to())),
                (learner, command, exit, out, err) -> names.capture(
                        learner,
                        "ping",
                        OwnNames.address(PINGED, out),
                        address -> learner.net(pinging(options, address.text())),
                        ProbeCapture.of(command, exit, out, err)));
    }

    /** Of an IPv4 address ping itself asks for no name. */
    private static String pinging(String options, String to) {
        boolean ipv4 =
                IpAddress.tryParse(to).filter(address -> !address.isIpv6()).isPresent();
        return "ping " + (ipv4 ? "" : "-n ") + options + quoted(to);
    }

    @Override
    public ProbeCommand tcp(ActiveProbe.Tcp tcp) {
        OwnNames names = new OwnNames(tcp.host());
        return new ProbeCommand(
                names(tcp.host()) + patient(true, tcp.host())
                        + " timeout \"$SILENCE\" bash -c " + connect(names, tcp.in()) + " bash "
                        + ProbeScriptLine.quoted(tcp.host())
                        + " " + tcp.port(),
                learner -> names.differ(learner.scope())
                        ? learner.inside("timeout 4 nc " + quoted(tcp.host()) + " " + tcp.port())
                        : learner.net(connecting(tcp.host(), tcp.port())),
                (learner, command, exit, out, err) -> names.capture(
                        learner,
                        "nc",
                        exit != 0 && names.host().equals("localhost")
                                ? IpAddress.tryParse("127.0.0.1")
                                : OwnNames.address(CONNECTED_TO, out),
                        address -> learner.net(connecting(address.text(), tcp.port())),
                        withoutAddress(command, exit, out, err)));
    }

    /** The capture without the line that tells which address the name had. */
    private static ProbeCapture withoutAddress(String command, int exit, String out, String err) {
        return ProbeCapture.of(command, exit, CONNECTED_TO.matcher(out).replaceAll(""), err);
    }

    private static String connecting(String host, int port) {
        return "timeout 4 bash -c " + ProbeScriptLine.quoted("</dev/tcp/" + quoted(host) + "/" + port);
    }

    /** Bash that connects. Of several addresses bash reports only the last error; so for localhost 127.0.0.1 is tried last. */
    private static String connect(OwnNames names, Scope in) {
        if (names.differ(in) && !names.host().equals("localhost")) {
            return "\"$CONNECT\"";
        }
        String first = "exec 3<>\"/dev/tcp/$1/$2\"";
        return names.host().equals("localhost")
                ? "'(" + first + ") || exec 3<>\"/dev/tcp/127.0.0.1/$2\"'"
                : "'" + first + "'";
    }

    @Override
    public ProbeCommand udp(ActiveProbe.Udp udp) {
        String watching = udp.watched()
                .map(scope -> "watching " + scope.kind().name().toLowerCase(Locale.ROOT) + " "
                        + ProbeScriptLine.quoted(scope.name()) + " ")
                .orElse("");
        OwnNames names = new OwnNames(udp.host());
        return new ProbeCommand(
                watching + names(udp.host()) + patient(false, udp.host()) + " perl -e \"$DATAGRAM\" "
                        + ProbeScriptLine.quoted(udp.host()) + " " + udp.port() + " \"$NAME_SILENCE\"",
                learner -> learner.net(asking(udp.host(), udp.port())),
                (learner, command, exit, out, err) -> names.capture(
                        learner,
                        "nc",
                        OwnNames.address(CONNECTED_TO, out),
                        address -> learner.net(asking(address.text(), udp.port())),
                        withoutAddress(command, exit, out, err)));
    }

    private static String asking(String host, int port) {
        return "timeout 2 bash -c "
                + ProbeScriptLine.quoted("exec 3<>/dev/udp/" + quoted(host) + "/" + port + "; echo >&3; cat <&3");
    }

    @Override
    public ProbeCommand http(ActiveProbe.Http http) {
        Matcher host = URL_HOST.matcher(http.url());
        String name = !host.matches() ? "" : host.group(1) != null ? host.group(1) : host.group(2);
        OwnNames names = new OwnNames(name);
        return new ProbeCommand(
                names(name) + patient(true, name)
                        + " curl -q -sS -v -i -g -m \"$SILENCE\" --noproxy '*' --proto '=http,https' --url "
                        + ProbeScriptLine.quoted(http.url()),
                learner -> names.differ(learner.scope())
                        ? learner.inside("wget -S -O - " + quoted(http.url()))
                        : learner.net("curl -i " + quoted(http.url())),
                (learner, command, exit, out, err) -> names.capture(
                        learner,
                        "wget",
                        OwnNames.address(TRIED, err),
                        address -> learner.net(
                                "curl -i --resolve " + names.resolved(http.port(), address) + " " + quoted(http.url())),
                        ProbeCapture.of(command, exit, out, complaints(err))));
    }

    @Override
    public ProbeCommand dns(ActiveProbe.Dns dns) {
        return new ProbeCommand(
                questions(dns.name(), dns.server(), 1, 4096),
                learner -> learner.inside(nslookup(dns.name(), dns.server())),
                (learner, command, exit, out, err) -> lookup(dns.name(), 1, command, exit, out, err));
    }

    @Override
    public ProbeCommand dnsSpread(ActiveProbe.DnsSpread spread) {
        String loop =
                "for i in $(seq " + spread.queries() + "); do " + nslookup(spread.name(), spread.server()) + "; done";
        return new ProbeCommand(
                questions(spread.name(), spread.server(), spread.queries(), 512),
                learner -> learner.inside("sh -c " + ProbeScriptLine.quoted(loop)),
                (learner, command, exit, out, err) -> lookup(spread.name(), spread.queries(), command, exit, out, err));
    }

    private static String nslookup(String name, Optional<String> server) {
        return "busybox nslookup " + quoted(name)
                + server.map(asked -> " " + quoted(asked)).orElse("");
    }

    @Override
    public ProbeCommand output(ActiveProbe.Output output) {
        return new ProbeCommand(
                "0 timeout -k 1 \"$RUNNING\" bash -c " + ProbeScriptLine.quoted(output.run()),
                learner -> output.in().kind() == Scope.Kind.HOST
                        ? output.run()
                        : learner.net("bash -c " + ProbeScriptLine.quoted(output.run())),
                Reader.PLAIN);
    }

    @Override
    public ProbeCommand mountedAt(ActiveProbe.MountedAt mounted) {
        return new ProbeCommand(
                "0 bash -c " + ProbeScriptLine.quoted(MOUNTED) + " mounted " + ProbeScriptLine.quoted(mounted.path()),
                learner -> "findmnt -n " + quoted(mounted.path()),
                Reader.PLAIN);
    }

    @Override
    public ProbeCommand forwarding(ActiveProbe.Forwarding forwarding) {
        return new ProbeCommand("0 bridge -j fdb show", learner -> learner.net("bridge fdb show"), Reader.PLAIN);
    }

    @Override
    public ProbeCommand connections(ActiveProbe.Connections connections) {
        String command = "conntrack -L " + connections.which();
        return new ProbeCommand("0 " + command, learner -> learner.net(command), Reader.PLAIN);
    }

    /** Runs no command in the namespace: {@link ProbeScriptLine#script} reads the log from Docker by the container's name. */
    @Override
    public ProbeCommand logs(ActiveProbe.Logs logs) {
        return new ProbeCommand(
                "",
                learner -> "docker logs " + quoted(logs.in().name()),
                (learner, command, exit, out, err) -> exit == 0
                        ? ProbeCapture.of(command, exit, out, err)
                        : ProbeCapture.notRun(command, Message.verbatim(out.strip())));
    }

    @Override
    public ProbeCommand packetFilter(ActiveProbe.PacketFilter filter) {
        return packetFilter();
    }

    /** The command for the lab host's own namespace; {@link FilterReadings} reads all namespaces. */
    @Override
    public ProbeCommand packetFilters(ActiveProbe.PacketFilters filters) {
        return packetFilter();
    }

    private static ProbeCommand packetFilter() {
        return new ProbeCommand(
                "0 env D=\"$D\" bash -c \"$LIBRARY\"" + ProbeScriptLine.quoted("\n" + PacketFilterOutcome.SCRIPT),
                learner -> learner.net("nft list ruleset"),
                Reader.PLAIN);
    }

    /**
     * The prefix for a command that need not wait for its whole time limit: where ARP fails (not for names, which may have several addresses), and
     * where no answer can come.
     *
     * @param one whether the command waits for the answer to a single packet only
     */
    private String patient(boolean one, String host) {
        String address = IpAddress.tryParse(host).map(IpAddress::toString).orElse("");
        return " bash -c \"$PATIENT\" patient " + (one ? "\"$D/lost." + number + "\"" : "''") + " "
                + ProbeScriptLine.quoted(address);
    }

    /** @param size bytes of the largest answer; the server must be told to send more than 512 */
    private String questions(String name, Optional<String> server, int count, int size) {
        return "0 bash -c \"$NAME_QUESTION\" dns " + ProbeScriptLine.quoted(server.orElse("")) + " " + id() + " "
                + ProbeScriptLine.quoted(DnsMessage.isName(name) ? name : ".") + " " + count + " " + size
                + " \"$D/lost." + number + "\"";
    }

    private int id() {
        return 0x2000 + (number << 7 & 0x5fff);
    }

    private static String names(String host) {
        return IpAddress.tryParse(host).isPresent() ? "0" : "1";
    }

    /** The lines of {@code curl -v} that tell why a connection failed: {@code * connect to 10.9.0.1 port 81 failed: Connection refused}. */
    static String complaints(String err) {
        return err.lines()
                .filter(line ->
                        line.startsWith("curl: ") || line.matches("\\* (?:connect to|Immediate connect fail) .*"))
                .map(line -> line.startsWith("* ") ? line.substring(2) : line)
                .collect(Collectors.joining("\n"));
    }

    /** Parses the queries and answers; each answer counts once, in the order of arrival. */
    private ProbeCapture lookup(String name, int count, String command, int exit, String out, String err) {
        if (!DnsMessage.isName(name)) {
            return ProbeCapture.notRun(command, say("dns.unaskable", "name", name));
        }
        List<String> configuration = new ArrayList<>();
        Optional<String> services = Optional.empty();
        List<NameLookup.Attempt> attempts = new ArrayList<>();
        try {
            Set<String> heard = new HashSet<>();
            for (String line : out.lines().toList()) {
                String[] words = line.split(" ", 3);
                String rest = line.substring(Math.min(line.length(), words[0].length() + 1));
                switch (words[0]) {
                    case "conf" -> configuration.add(rest);
                    case "switch" -> services = Optional.of(rest.strip());
                    case "ask" -> {
                        heard.clear();
                        attempts.add(new NameLookup.Attempt(words[1], words[2], List.of(), Optional.empty()));
                    }
                    case "err", "got" -> {
                        if (heard.add(line)) {
                            NameLookup.Attempt last = attempts.remove(attempts.size() - 1);
                            attempts.add(told(last, words[0].equals("got"), rest, count));
                        }
                    }
                    default -> throw new Complaint(say("dns.no-message"));
                }
            }
        } catch (IllegalArgumentException unreadable) {
            return ProbeCapture.notRun(command, Complaint.of(unreadable));
        }
        NameLookup lookup = new NameLookup(configuration, services, attempts);
        return lookup.decisive()
                .filter(decisive -> exit == 0)
                .map(decisive -> ProbeCapture.asked(
                        command.endsWith(" " + quoted(name))
                                ? command.substring(
                                                0,
                                                command.length() - quoted(name).length()) + quoted(decisive.name())
                                        + " " + quoted(decisive.server())
                                : command,
                        lookup))
                .orElseGet(() -> ProbeCapture.notRun(command, say("dns.not-asked", "errors", err.strip())));
    }

    private NameLookup.Attempt told(NameLookup.Attempt attempt, boolean answer, String text, int count) {
        if (!answer) {
            return new NameLookup.Attempt(
                    attempt.server(),
                    attempt.name(),
                    attempt.answers(),
                    attempt.error().or(() -> Optional.of(text)));
        }
        List<NameAnswer> answers = new ArrayList<>(attempt.answers());
        int id = DnsMessage.id(text);
        NameAnswer next = DnsMessage.answer(text, attempt.server(), wanted(id, count), attempt.name());
        answers.add(next);
        return new NameLookup.Attempt(attempt.server(), attempt.name(), answers, attempt.error());
    }

    /** The id, where it is one of this probe's own; else the first own id, which then does not match. */
    private int wanted(int id, int count) {
        return id >= id() && id < id() + count ? id : id();
    }
}
