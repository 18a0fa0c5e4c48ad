package dev.drydock.verify.probe;

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.probe.Sections.Section;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One active probe as a line of the sweep's script, and its capture afterwards.
 *
 * <p>All of them end by themselves in at most about four seconds, an {@link ActiveProbe.Output} in eleven; where nobody answers
 * ARP, a little over one.
 */
record Asking(int number, ActiveProbe probe) {
    // http://[fe80::1]:8080/ or http://db:8080/path
    private static final Pattern URL_HOST =
            Pattern.compile("[a-zA-Z]+://(?:[^/?#@]*@)?(?:\\[([^\\]]*)]|([^/?#:\\[\\]]*)).*", Pattern.DOTALL);
    // what the tools that lead into a namespace say when they fail
    private static final Pattern NOT_STARTED =
            Pattern.compile("(?m)^(?:nsenter|unshare|mount|timeout): .*|^.*: command not found$");
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

    boolean ofContainer() {
        return probe.in().kind() == Scope.Kind.CONTAINER;
    }

    /**
     * A line of bash; whatever an author wrote is quoted.
     *
     * @param process that a container is entered by; where it is not known, Docker must tell first
     */
    String script(OptionalInt process) {
        if (probe instanceof ActiveProbe.Logs) {
            return "ask_log " + number + " " + quoted(probe.in().name()) + " &\n";
        }
        Scope in = process.isPresent() ? Scope.pid(process.getAsInt()) : probe.in();
        return "ask " + number + " " + in.kind().name().toLowerCase(Locale.ROOT) + " " + quoted(in.name()) + " "
                + command() + " &\n";
    }

    /** Whether names are resolved as the place does (1 or 0), then the command. */
    private String command() {
        if (probe instanceof ActiveProbe.Ping ping) {
            return names(ping.to()) + patient(ping.to()) + " ping -n -c 1 -W \"$SILENCE\" -- " + quoted(ping.to());
        } else if (probe instanceof ActiveProbe.Tcp tcp) {
            return names(tcp.host()) + patient(tcp.host())
                    + " timeout \"$SILENCE\" bash -c 'exec 3<>\"/dev/tcp/$1/$2\"' tcp " + quoted(tcp.host()) + " "
                    + tcp.port();
        } else if (probe instanceof ActiveProbe.Http http) {
            Matcher host = URL_HOST.matcher(http.url());
            String name = !host.matches() ? "" : host.group(1) != null ? host.group(1) : host.group(2);
            return names(name) + patient(name)
                    + " curl -q -sS -v -i -g -m \"$SILENCE\" --noproxy '*' --proto '=http,https' --url "
                    + quoted(http.url());
        } else if (probe instanceof ActiveProbe.Dns dns) {
            return questions(dns.name(), dns.server(), 1, 4096);
        } else if (probe instanceof ActiveProbe.DnsSpread spread) {
            return questions(spread.name(), spread.server(), spread.queries(), 512);
        } else if (probe instanceof ActiveProbe.MountedAt mounted) {
            return "0 bash -c " + quoted(MOUNTED) + " mounted " + quoted(mounted.path());
        } else if (probe instanceof ActiveProbe.Forwarding) {
            return "0 bridge -j fdb show";
        } else if (probe instanceof ActiveProbe.PacketFilter) {
            return "0 bash -c " + quoted(PacketFilterOutcome.SCRIPT);
        } else if (probe instanceof ActiveProbe.Output output) {
            return "0 timeout -k 1 \"$RUNNING\" bash -c " + quoted(output.run());
        }
        throw new IllegalStateException("no command for " + probe);
    }

    /** What leads a command whose silence may be cut short; a name could mean any address, so it gets its full time. */
    private static String patient(String host) {
        String address = IpAddress.tryParse(host).map(IpAddress::toString).orElse("");
        return " bash -c \"$PATIENT\" patient " + quoted(address);
    }

    /** @param size of the largest answer; what is more than 512 bytes must be allowed to the server */
    private String questions(String name, Optional<String> server, int count, int size) {
        StringBuilder escaped = new StringBuilder();
        byte[] question = DnsMessage.isName(name) ? DnsMessage.question(id(), name, size) : new byte[2];
        for (int i = 2; i < question.length; i++) {
            escaped.append(String.format("\\x%02x", question[i]));
        }
        return "0 bash -c \"$NAME_QUESTION\" dns " + quoted(server.orElse("")) + " " + id() + " '" + escaped + "' "
                + question.length + " " + count + " " + size;
    }

    private int id() {
        return 0x2000 + (number << 7 & 0x5fff);
    }

    private static String names(String host) {
        return IpAddress.tryParse(host).isPresent() ? "0" : "1";
    }

    /** Safe inside single quotes; bash has no NUL. */
    static String quoted(String text) {
        return "'" + text.replace("\0", "").replace("'", "'\\''") + "'";
    }

    /** What was left behind, under the command that a learner would type. */
    ProbeCapture capture(Sections sections, LearnerCommand learner) {
        String command = shown(learner);
        Optional<Section> refused = sections.of("norun." + number);
        if (refused.isPresent()) {
            return new ProbeCapture(command, false, 0, "", refused.get().out().strip());
        }
        Optional<Section> section = sections.of("probe." + number);
        if (section.isEmpty() || section.get().exit().isEmpty()) {
            String out = section.map(Section::out).orElse("");
            return new ProbeCapture(command, false, 0, out, command + " was cut off before its end");
        }
        int exit = section.get().exit().getAsInt();
        String out = section.get().out();
        String err = section.get().err();
        boolean authors = probe instanceof ActiveProbe.Output;
        Matcher failed = NOT_STARTED.matcher(err);
        if (exit != 0 && failed.find() && (!authors || failed.group().startsWith("nsenter: "))) {
            return new ProbeCapture(command, false, exit, out, failed.group());
        }
        if (probe instanceof ActiveProbe.Logs && exit != 0) {
            return new ProbeCapture(command, false, exit, "", out.strip());
        }
        if (probe instanceof ActiveProbe.Http) {
            return new ProbeCapture(command, true, exit, out, complaints(err));
        }
        if (probe instanceof ActiveProbe.Dns dns) {
            return inWords(dns.name(), command, exit, out, err);
        }
        if (probe instanceof ActiveProbe.DnsSpread spread) {
            return inWords(spread.name(), command, exit, out, err);
        }
        return new ProbeCapture(command, true, exit, out, err);
    }

    /** Only {@code curl -v} says why a connection failed: {@code * connect to 10.9.0.1 port 81 failed: Connection refused}. */
    static String complaints(String err) {
        return err.lines()
                .filter(line ->
                        line.startsWith("curl: ") || line.matches("\\* (?:connect to|Immediate connect fail) .*"))
                .map(line -> line.startsWith("* ") ? line.substring(2) : line)
                .collect(Collectors.joining("\n"));
    }

    /** Puts each line of hex into words, every answer once, in the order of their arrival. */
    private ProbeCapture inWords(String name, String command, int exit, String out, String err) {
        if (!DnsMessage.isName(name)) {
            return new ProbeCapture(command, false, exit, "", "'" + name + "' cannot be asked of a name server");
        }
        if (exit == NO_SERVER_ANSWERED) {
            return new ProbeCapture(command, true, exit, "", err);
        }
        List<String> lines = out.lines().toList();
        if (exit != 0 || lines.size() < 2) {
            return new ProbeCapture(command, false, exit, out, "the name server was not asked: " + err.strip());
        }
        try {
            StringBuilder words = new StringBuilder();
            Set<Integer> known = new HashSet<>();
            for (String line : lines.subList(1, lines.size())) {
                int id = DnsMessage.id(line);
                if (known.add(id)) {
                    words.append(DnsMessage.inWords(line, lines.get(0), wanted(id), name));
                }
            }
            return new ProbeCapture(command, true, 0, words.toString(), err);
        } catch (IllegalArgumentException unreadable) {
            return new ProbeCapture(command, false, 0, out, unreadable.getMessage());
        }
    }

    /** The id itself where it is one of this probe's own, else the first of those, which then does not fit. */
    private int wanted(int id) {
        int count = probe instanceof ActiveProbe.DnsSpread spread ? spread.queries() : 1;
        return id >= id() && id < id() + count ? id : id();
    }

    private String shown(LearnerCommand learner) {
        if (probe instanceof ActiveProbe.Ping ping) {
            return learner.inside("ping -c 1 " + ping.to());
        } else if (probe instanceof ActiveProbe.Tcp tcp) {
            return learner.net("timeout 4 bash -c '</dev/tcp/" + tcp.host() + "/" + tcp.port() + "'");
        } else if (probe instanceof ActiveProbe.Http http) {
            return learner.net("curl -i " + http.url());
        } else if (probe instanceof ActiveProbe.Dns dns) {
            String tool = ofContainer() ? "nslookup " : "busybox nslookup ";
            return learner.inside(
                    tool + dns.name() + dns.server().map(server -> " " + server).orElse(""));
        } else if (probe instanceof ActiveProbe.DnsSpread spread) {
            String question = (ofContainer() ? "nslookup " : "busybox nslookup ")
                    + spread.name()
                    + spread.server().map(server -> " " + server).orElse("");
            return learner.inside("sh -c 'for i in $(seq " + spread.queries() + "); do " + question + "; done'");
        } else if (probe instanceof ActiveProbe.MountedAt mounted) {
            return "findmnt -n " + mounted.path();
        } else if (probe instanceof ActiveProbe.Forwarding) {
            return learner.net("bridge fdb show");
        } else if (probe instanceof ActiveProbe.Logs) {
            return "docker logs " + probe.in().name();
        } else if (probe instanceof ActiveProbe.Output output) {
            return probe.in().kind() == Scope.Kind.HOST ? output.run() : learner.net("bash -c " + quoted(output.run()));
        } else if (probe instanceof ActiveProbe.PacketFilter) {
            return learner.net("nft list ruleset");
        }
        throw new IllegalStateException("no command for " + probe);
    }
}
