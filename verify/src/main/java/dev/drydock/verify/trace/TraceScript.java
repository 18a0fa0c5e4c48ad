package dev.drydock.verify.trace;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.facts.ZonedAddress;
import dev.drydock.verify.probe.Sweep;
import dev.drydock.verify.trace.HostTrace.Heard;
import dev.drydock.verify.words.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One trace on a lab host: the script that listens ({@link #listening}), the commands to it, and the parser of its output.
 *
 * <p>Each script has nft tables that belong to its own process, so that the kernel deletes them when the process ends. A sweep leaves out tables
 * with the prefix {@code drydock_trace}.
 */
public final class TraceScript {
    /** The prefix of the tables of all traces. */
    static final String TABLES = Sweep.TRACE_TABLES;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String BODY = body();
    private static final String ANSWER = "answer ";

    /** Seconds to wait for an answer after the packet was seen to leave, on an ordinary machine. */
    private static final double SILENCE = 1.2;

    /** The same where nothing on the lab host holds packets back; a slow program may still have to be woken. */
    private static final double NO_WAY_TO_WAIT = 0.35;

    private static final double STARTING = 4;
    private static final double WAITING = 25;

    private final PacketMark packet;
    private final double slowness;
    private final boolean self;
    private final String nonce;
    private final Pattern listening;

    private TraceScript(PacketMark packet, double slowness, boolean self, String nonce) {
        this.packet = Objects.requireNonNull(packet);
        this.slowness = slowness;
        this.self = self;
        this.nonce = nonce;
        this.listening = Pattern.compile(mark() + "listening (\\d+) (\\d+)\n");
    }

    /**
     * @param slowness how many times longer than on an ordinary machine a program takes to start there, at least 1
     * @param self whether the packet and its answer meet no kernel but that of the lab host and none of a real network, so that what holds them
     *     back can be seen there
     */
    public static TraceScript of(PacketMark packet, double slowness, boolean self) {
        byte[] bytes = new byte[6];
        RANDOM.nextBytes(bytes);
        return new TraceScript(packet, slowness, self, HexFormat.of().formatHex(bytes));
    }

    /** @param nonce in the marks of the output and in the names of the tables */
    static TraceScript named(PacketMark packet, double slowness, String nonce) {
        return new TraceScript(packet, slowness, false, nonce);
    }

    /**
     * The script. It listens until it gets {@link #send}, {@link #report} or {@link #stop}. It ends by itself after a time limit, or when its
     * output is no longer read.
     */
    public String listening() {
        // kernels wait at their own pace, programs start at the machine's
        double silence = SILENCE + (slowness - 1) / 20;
        StringBuilder script = new StringBuilder("{\nNONCE=")
                .append(nonce)
                .append(" TABLE=")
                .append(table())
                .append(String.format(
                        Locale.ROOT,
                        " WAIT=%.0f LIMIT=%.0f SOON=%.0f ANSWERED='%s'%nMATCHES=(",
                        WAITING * slowness,
                        silence * 1_000_000,
                        (self ? NO_WAY_TO_WAIT + silence - SILENCE : silence) * 1_000_000,
                        packet.answered()));
        packet.matches().forEach(match -> script.append('\'').append(match).append("' "));
        return script.append(")\nERRORS='")
                .append(packet.error(false))
                .append("' ERRORS_IPV6='")
                .append(packet.error(true))
                .append("'\nsend() {\n")
                .append(packet.sender(silence + STARTING * slowness))
                .append("\n}\n")
                .append(BODY)
                // the braces make bash read all of it before anything inside can read from the script
                .append("\n} </dev/null\n")
                .toString();
    }

    /** The pipe through which a listening script gets commands. */
    public record Ear(long process, int descriptor) {}

    /**
     * The pipe, once the script listens everywhere; empty before.
     *
     * @param soFar the script's standard output up to now
     */
    public Optional<Ear> ear(String soFar) {
        Matcher found = listening.matcher(soFar);
        return found.find()
                ? Optional.of(new Ear(Long.parseLong(found.group(1)), Integer.parseInt(found.group(2))))
                : Optional.empty();
    }

    /**
     * The bash command that makes the script send the packet and print its trace.
     *
     * @param from the inode of the sending namespace
     */
    public String send(Ear ear, long from, ZonedAddress to) {
        return tell(ear, "send " + from + " " + to);
    }

    /**
     * The bash command that makes the script print the trace of a packet that another lab host has sent.
     *
     * @param sent the output of the script on that host
     */
    public String report(Ear ear, ProbeOutput sent) {
        return tell(ear, "report " + (sent.out().contains(mark() + ANSWER + "1\n") ? "1" : ""));
    }

    /** The bash command that ends the script without a packet. */
    public String stop(Ear ear) {
        return tell(ear, "stop");
    }

    /** Writes only to a process with the trace's name, since another process may have got the process id meanwhile. */
    private String tell(Ear ear, String line) {
        return "p=/proc/" + ear.process() + "\n{ read -r name <$p/comm; } 2>/dev/null\n[[ $name != dt_" + nonce
                + " ]] || echo '" + line + "' >$p/fd/" + ear.descriptor() + " # " + TABLES + "\n";
    }

    private String table() {
        return TABLES + "_" + nonce;
    }

    private String mark() {
        return "\u001e" + nonce + " ";
    }

    /** Parses the output of the script. Where it is incomplete, {@code trouble} tells why. */
    HostTrace parse(String host, ProbeOutput output) {
        TreeMap<Long, List<String>> traced = new TreeMap<>();
        TreeMap<Long, List<String>> neighbours = new TreeMap<>();
        Optional<Message> trouble = Optional.empty();
        List<String> said = List.of();
        boolean answered = false;
        boolean ended = false;
        for (String part : output.out().split(mark(), -1)) {
            List<String> lines = part.lines().toList();
            String key = lines.isEmpty() ? "" : lines.get(0);
            List<String> body = lines.isEmpty() ? lines : lines.subList(1, lines.size());
            if (key.startsWith("trace ")) {
                traced.put(
                        Long.valueOf(key.substring("trace ".length())), part.endsWith("\n") ? body : withoutLast(body));
            } else if (key.startsWith("neighbours ")) {
                neighbours.put(Long.valueOf(key.substring("neighbours ".length())), body);
            } else if (key.startsWith(ANSWER)) {
                said = body.stream().filter(line -> !line.isBlank()).toList();
                answered = key.equals(ANSWER + "1");
            } else if (key.equals("cannot")) {
                trouble = Optional.of(Message.verbatim(String.join(" ", body).strip()));
            } else if (key.equals("end")) {
                ended = true;
            }
        }
        if (trouble.isEmpty() && !ended) {
            trouble = Optional.of(
                    output.timedOut()
                            ? say("trace.script-too-slow")
                                    .with("milliseconds", output.elapsed().toMillis())
                            : say("trace.script-failed")
                                    .with("status", output.exit())
                                    .with("error", output.err().lines().findFirst()));
        }
        TreeMap<Long, Heard> heard = new TreeMap<>();
        traced.forEach((inode, lines) -> heard.put(
                inode,
                new Heard(
                        lines.stream()
                                .map(TraceLine::parse)
                                .flatMap(Optional::stream)
                                .filter(line -> !line.table().startsWith(TABLES)
                                        || line.table().equals(table()))
                                .toList(),
                        RuleNumbers.parse(lines),
                        neighbours.getOrDefault(inode, List.of()))));
        return new HostTrace(host, trouble, heard, answered, said);
    }

    /** Without the line that nft had not written to its end when the script killed it. */
    private static List<String> withoutLast(List<String> lines) {
        return lines.subList(0, Math.max(0, lines.size() - 1));
    }

    private static String body() {
        try (InputStream in = TraceScript.class.getResourceAsStream("trace.sh")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
