package dev.drydock.verify.probe;

import static dev.drydock.verify.facts.LearnerCommand.quoted;
import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.NameAnswer;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.probe.ProbeCommand.Reader;
import dev.drydock.verify.words.Complaint;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The command of every kind of active probe.
 *
 * @param number of the probe in its sweep, from 0; the questions to a name server get their ids from it
 */
record ProbeCommands(int number) implements ActiveProbe.Visitor<ProbeCommand> {
    // http://[fe80::1]:8080/ or http://db:8080/path
    private static final Pattern URL_HOST =
            Pattern.compile("[a-zA-Z]+://(?:[^/?#@]*@)?(?:\\[([^\\]]*)]|([^/?#:\\[\\]]*)).*", Pattern.DOTALL);
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
    private static final int NO_SERVER_ANSWERED = 9;

    @Override
    public ProbeCommand ping(ActiveProbe.Ping ping) {
        return new ProbeCommand(
                names(ping.to()) + patient(ping.to()) + " ping -n -c 1 -W \"$SILENCE\" -- "
                        + ProbeScriptLine.quoted(ping.to()),
                learner -> learner.inside("ping -c 1 " + quoted(ping.to())),
                Reader.PLAIN);
    }

    @Override
    public ProbeCommand tcp(ActiveProbe.Tcp tcp) {
        String connecting = "</dev/tcp/" + quoted(tcp.host()) + "/" + tcp.port();
        return new ProbeCommand(
                names(tcp.host()) + patient(tcp.host())
                        + " timeout \"$SILENCE\" bash -c 'exec 3<>\"/dev/tcp/$1/$2\"' tcp "
                        + ProbeScriptLine.quoted(tcp.host())
                        + " " + tcp.port(),
                learner -> learner.net("timeout 4 bash -c " + ProbeScriptLine.quoted(connecting)),
                Reader.PLAIN);
    }

    @Override
    public ProbeCommand http(ActiveProbe.Http http) {
        Matcher host = URL_HOST.matcher(http.url());
        String name = !host.matches() ? "" : host.group(1) != null ? host.group(1) : host.group(2);
        return new ProbeCommand(
                names(name) + patient(name)
                        + " curl -q -sS -v -i -g -m \"$SILENCE\" --noproxy '*' --proto '=http,https' --url "
                        + ProbeScriptLine.quoted(http.url()),
                learner -> learner.net("curl -i " + quoted(http.url())),
                (command, exit, out, err) -> ProbeCapture.of(command, exit, out, complaints(err)));
    }

    @Override
    public ProbeCommand dns(ActiveProbe.Dns dns) {
        String shown = nslookup(dns.in(), dns.name(), dns.server());
        return new ProbeCommand(
                questions(dns.name(), dns.server(), 1, 4096),
                learner -> learner.inside(shown),
                (command, exit, out, err) -> answers(dns.name(), 1, command, exit, out, err));
    }

    @Override
    public ProbeCommand dnsSpread(ActiveProbe.DnsSpread spread) {
        String loop = "for i in $(seq " + spread.queries() + "); do "
                + nslookup(spread.in(), spread.name(), spread.server()) + "; done";
        return new ProbeCommand(
                questions(spread.name(), spread.server(), spread.queries(), 512),
                learner -> learner.inside("sh -c " + ProbeScriptLine.quoted(loop)),
                (command, exit, out, err) -> answers(spread.name(), spread.queries(), command, exit, out, err));
    }

    private static String nslookup(Scope in, String name, Optional<String> server) {
        String tool = in.kind() == Scope.Kind.CONTAINER ? "nslookup " : "busybox nslookup ";
        return tool + quoted(name) + server.map(asked -> " " + quoted(asked)).orElse("");
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

    /** {@link ProbeScriptLine#script} asks Docker for the log by the container's name, so nothing is run at the place. */
    @Override
    public ProbeCommand logs(ActiveProbe.Logs logs) {
        return new ProbeCommand(
                "",
                learner -> "docker logs " + quoted(logs.in().name()),
                (command, exit, out, err) -> exit == 0
                        ? ProbeCapture.of(command, exit, out, err)
                        : ProbeCapture.notRun(command, Message.verbatim(out.strip())));
    }

    @Override
    public ProbeCommand packetFilter(ActiveProbe.PacketFilter filter) {
        return packetFilter();
    }

    /** {@link FilterReadings} reads these for all namespaces; asked alone it is that of {@link ActiveProbe.PacketFilters#in}. */
    @Override
    public ProbeCommand packetFilters(ActiveProbe.PacketFilters filters) {
        return packetFilter();
    }

    private static ProbeCommand packetFilter() {
        return new ProbeCommand(
                "0 bash -c " + ProbeScriptLine.quoted(PacketFilterOutcome.SCRIPT),
                learner -> learner.net("nft list ruleset"),
                Reader.PLAIN);
    }

    /** What leads a command whose silence may be cut short; a name could mean any address, so it gets its full time. */
    private static String patient(String host) {
        String address = IpAddress.tryParse(host).map(IpAddress::toString).orElse("");
        return " bash -c \"$PATIENT\" patient " + ProbeScriptLine.quoted(address);
    }

    /** @param size of the largest answer; what is more than 512 bytes must be allowed to the server */
    private String questions(String name, Optional<String> server, int count, int size) {
        StringBuilder escaped = new StringBuilder();
        byte[] question = DnsMessage.isName(name) ? DnsMessage.question(id(), name, size) : new byte[2];
        for (int i = 2; i < question.length; i++) {
            escaped.append(String.format("\\x%02x", question[i]));
        }
        return "0 bash -c \"$NAME_QUESTION\" dns " + ProbeScriptLine.quoted(server.orElse("")) + " " + id() + " '"
                + escaped + "' " + question.length + " " + count + " " + size;
    }

    private int id() {
        return 0x2000 + (number << 7 & 0x5fff);
    }

    private static String names(String host) {
        return IpAddress.tryParse(host).isPresent() ? "0" : "1";
    }

    /** Only {@code curl -v} says why a connection failed: {@code * connect to 10.9.0.1 port 81 failed: Connection refused}. */
    static String complaints(String err) {
        return err.lines()
                .filter(line ->
                        line.startsWith("curl: ") || line.matches("\\* (?:connect to|Immediate connect fail) .*"))
                .map(line -> line.startsWith("* ") ? line.substring(2) : line)
                .collect(Collectors.joining("\n"));
    }

    /** Reads each line of hex, every answer once, in the order of their arrival. */
    private ProbeCapture answers(String name, int count, String command, int exit, String out, String err) {
        if (!DnsMessage.isName(name)) {
            return ProbeCapture.notRun(command, say("dns.unaskable", "name", name));
        }
        if (exit == NO_SERVER_ANSWERED) {
            return ProbeCapture.of(command, exit, "", err);
        }
        List<String> lines = out.lines().toList();
        if (exit != 0 || lines.size() < 2) {
            return ProbeCapture.notRun(command, say("dns.not-asked", "errors", err.strip()));
        }
        try {
            List<NameAnswer> answers = new ArrayList<>();
            Set<Integer> known = new HashSet<>();
            for (String line : lines.subList(1, lines.size())) {
                int id = DnsMessage.id(line);
                if (known.add(id)) {
                    answers.add(DnsMessage.answer(line, lines.get(0), wanted(id, count), name));
                }
            }
            return ProbeCapture.answered(command, answers);
        } catch (IllegalArgumentException unreadable) {
            return ProbeCapture.notRun(command, Complaint.of(unreadable));
        }
    }

    /** The id itself where it is one of this probe's own, else the first of those, which then does not fit. */
    private int wanted(int id, int count) {
        return id >= id() && id < id() + count ? id : id();
    }
}
