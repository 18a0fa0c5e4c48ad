package dev.drydock.verify.trace;

import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.probe.Sweep;
import dev.drydock.verify.trace.HostTrace.Heard;
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

/**
 * One trace: the script for the lab host that sends, {@link #sending}, for each of the others, {@link #listening}, and what they printed.
 *
 * <p>Each listener holds a table that belongs to its own process alone, so that the kernel takes the table away with it. A sweep leaves out
 * what bears the name of such tables, {@code drydock_trace}.
 */
public final class TraceScript {
    /** How the names of all tables of traces begin. */
    static final String TABLES = Sweep.TRACE_TABLES;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String BODY = body();
    private static final double SILENCE = 1.2;

    private final TracedPacket packet;
    private final double slowness;
    private final String nonce;

    private TraceScript(TracedPacket packet, double slowness, String nonce) {
        this.packet = Objects.requireNonNull(packet);
        this.slowness = slowness;
        this.nonce = nonce;
    }

    /** @param slowness how many times as long as on an ordinary machine the start of a program takes there, at least 1 */
    public static TraceScript of(TracedPacket packet, double slowness) {
        byte[] bytes = new byte[6];
        RANDOM.nextBytes(bytes);
        return named(packet, slowness, HexFormat.of().formatHex(bytes));
    }

    /** @param nonce what marks the sections of the output and names the tables */
    static TraceScript named(TracedPacket packet, double slowness, String nonce) {
        return new TraceScript(packet, slowness, nonce);
    }

    TracedPacket packet() {
        return packet;
    }

    /** @param from the inode of the namespace that sends */
    public String sending(long from) {
        // kernels wait at their own pace, programs start at the machine's
        return script(Long.toString(from), SILENCE + (slowness - 1) / 20);
    }

    /** Listens until {@link #end} is run beside it, or for as long as sending can take at most. */
    public String listening() {
        return script("", 2 * SILENCE + slowness);
    }

    /** Ends {@link #listening}. */
    public String end() {
        return "pipe=${TMPDIR:-/tmp}/.drydock-trace-" + nonce + "/end; [[ ! -p $pipe ]] || echo >\"$pipe\"\n";
    }

    /** Whether the listening script is ready, from its output so far, or done with. */
    public boolean listens(String soFar) {
        return soFar.contains(mark() + "listening\n") || soFar.contains(mark() + "cannot\n");
    }

    private String script(String from, double limit) {
        StringBuilder script = new StringBuilder("{\nNONCE=")
                .append(nonce)
                .append(" TABLE=")
                .append(table())
                .append(" FROM=")
                .append(from)
                .append(String.format(Locale.ROOT, " LIMIT=%.2f ANSWERED='%s'%nMATCHES=(", limit, packet.answered()));
        packet.matches().forEach(match -> script.append('\'').append(match).append("' "));
        return script.append(")\nsend() {\n")
                .append(packet.sender())
                .append("\n}\n")
                .append(BODY)
                // the braces make bash read all of it before anything inside can read from the script
                .append("\n} </dev/null\n")
                .toString();
    }

    private String table() {
        return TABLES + "_" + nonce;
    }

    private String mark() {
        return "\u001e" + nonce + " ";
    }

    /** What a script's output means. */
    HostTrace parse(String host, ProbeOutput output) {
        TreeMap<Long, List<String>> traced = new TreeMap<>();
        TreeMap<Long, List<String>> neighbours = new TreeMap<>();
        Optional<String> trouble = Optional.empty();
        List<String> said = List.of();
        boolean answered = false;
        boolean ended = false;
        for (String part : output.out().split(mark(), -1)) {
            List<String> lines = part.lines().toList();
            String key = lines.isEmpty() ? "" : lines.get(0);
            List<String> body = lines.isEmpty() ? lines : lines.subList(1, lines.size());
            if (key.startsWith("trace ")) {
                traced.put(Long.valueOf(key.substring("trace ".length())), body);
            } else if (key.startsWith("neighbours ")) {
                neighbours.put(Long.valueOf(key.substring("neighbours ".length())), body);
            } else if (key.startsWith("answer")) {
                said = body.stream().filter(line -> !line.isBlank()).toList();
                answered = key.equals("answer 1");
            } else if (key.equals("cannot")) {
                trouble = Optional.of(String.join(" ", body).strip());
            } else if (key.equals("end")) {
                ended = true;
            }
        }
        if (trouble.isEmpty() && !ended) {
            trouble = Optional.of(
                    output.timedOut()
                            ? "it did not end within " + output.elapsed().toMillis() + " ms"
                            : "it ended with status " + output.exit() + ": "
                                    + output.err().lines().findFirst().orElse(""));
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

    private static String body() {
        try (InputStream in = TraceScript.class.getResourceAsStream("trace.sh")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
