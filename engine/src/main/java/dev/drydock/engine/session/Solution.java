package dev.drydock.engine.session;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.host.LabHost;
import dev.drydock.engine.host.World;
import dev.drydock.engine.session.Session.SolveEvent;
import dev.drydock.verify.ProbeOutput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Runs a script command by command in one bash, so that variables, functions and the working directory are kept. After a line {@code on HOST} a new
 * bash on that host goes on.
 *
 * <p>Bash itself decides which lines form one command. The lines so far are complete when {@code bash -n} accepts them without a message (a
 * here-document without its end gives a warning), and {@code fi} added to them is an error (after a continuation line it would be an argument).
 */
public final class Solution {
    private static final Duration SPLIT_LIMIT = Duration.ofSeconds(20);
    private static final Duration RUN_LIMIT = Duration.ofMinutes(5);
    private static final String SPLITTER =
            """
            export LC_ALL=C
            whole() {
              local said
              said=$(bash -n 2>&1 <<<"$1") && [ -z "$said" ] && ! bash -n 2>/dev/null <<<"$1"fi
            }
            part=
            while IFS= read -r line || [ -n "$line" ]; do
              part+=$line$'\\n'
              if whole "$part"; then printf '%s\\036' "$part"; part=; fi
            done < <(base64 -d <<'END'
            SCRIPT
            END
            )
            printf '%s' "$part"
            """;

    private Solution() {}

    /**
     * Runs a script on the hosts that it names.
     *
     * @param listener gets each command before it runs, its output and its exit status; is called on any thread, one event at a time
     * @return as {@link WorldScript#run(Duration)}; each part may take five minutes
     * @throws HostTrouble when a lab host is gone, or bash cannot read the script
     */
    public static ProbeOutput run(World world, String script, Consumer<SolveEvent> listener) {
        boolean several = world.hostNames().size() > 1;
        return WorldScript.of(world, script)
                .run((host, bash) -> run(host, several ? Optional.of(host.name()) : Optional.empty(), bash, listener));
    }

    /**
     * Runs commands on one host.
     *
     * @param named the host's name in the events; empty in a world with one host
     * @return with standard output and standard error together in {@code out}
     */
    static ProbeOutput run(LabHost host, Optional<String> named, String script, Consumer<SolveEvent> listener) {
        List<String> commands = split(host, script);
        String nonce = UUID.randomUUID().toString();
        Narrator narrator = new Narrator(nonce, named, commands, listener);
        ProbeOutput output = host.run(marked(commands, nonce), RUN_LIMIT, narrator::hear, narrator::hear);
        narrator.close(output.exit());
        return new ProbeOutput(output.exit(), narrator.heard(), "", output.elapsed(), output.timedOut());
    }

    /**
     * The commands of a script, each with its here-documents, continuation lines and the comments above it, without the newline at its end.
     *
     * @throws HostTrouble when the splitting script fails or is too slow
     */
    static List<String> split(LabHost host, String script) {
        String encoded =
                Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(script.getBytes(StandardCharsets.UTF_8));
        ProbeOutput output = host.run(SPLITTER.replace("SCRIPT", encoded), SPLIT_LIMIT);
        if (output.exit() != 0 || output.timedOut()) {
            throw new HostTrouble(say("solution.not-read", "output", LabSetup.lastLines(output.err())));
        }
        List<String> commands = new ArrayList<>();
        String remarks = "";
        for (String part : output.out().split("\036")) {
            boolean remark = part.lines()
                    .allMatch(line -> line.isBlank() || line.stripLeading().startsWith("#"));
            if (remark) {
                remarks += part.isBlank() ? "" : part;
            } else {
                commands.add((remarks + part).stripTrailing());
                remarks = "";
            }
        }
        return commands;
    }

    private static String marked(List<String> commands, String nonce) {
        StringBuilder script = new StringBuilder("exec 2>&1\n__drydock_mark() { local status=$?; printf '\\036" + nonce
                + " %s\\036' \"$status\"; return \"$status\"; }\n");
        for (String command : commands) {
            // The empty line ends a continuation that the command's last line may leave open.
            script.append("__drydock_mark\n").append(command).append("\n\n");
        }
        return script.toString();
    }

    /** Turns the marked output into events. Pieces may arrive from any thread, one at a time. */
    static final class Narrator {
        private final String mark;
        private final Optional<String> host;
        private final List<String> commands;
        private final Consumer<SolveEvent> listener;
        private final StringBuilder pending = new StringBuilder();
        private final StringBuilder heard = new StringBuilder();
        private int told;

        /** @param host the name in the events; empty in a world with one host */
        Narrator(String nonce, Optional<String> host, List<String> commands, Consumer<SolveEvent> listener) {
            this.host = host;
            this.mark = "\036" + nonce + " ";
            this.commands = commands;
            this.listener = listener;
        }

        synchronized void hear(String piece) {
            pending.append(piece);
            for (int at = pending.indexOf("\036"); at >= 0; at = pending.indexOf("\036")) {
                tell(at);
                int close = pending.indexOf("\036", 1);
                int compared = Math.min(mark.length(), pending.length());
                if (!mark.startsWith(pending.substring(0, compared))) {
                    tell(1);
                } else if (compared < mark.length() || close < 0) {
                    return;
                } else {
                    next(Integer.parseInt(pending.substring(mark.length(), close)));
                    pending.delete(0, close + 1);
                }
            }
            tell(pending.length());
        }

        synchronized void close(int exit) {
            tell(pending.length());
            if (told > 0) {
                listener.accept(new SolveEvent.Ended(exit));
            }
        }

        synchronized String heard() {
            return heard.toString();
        }

        private void next(int status) {
            if (told > 0) {
                listener.accept(new SolveEvent.Ended(status));
            }
            if (told < commands.size()) {
                listener.accept(new SolveEvent.Command(host, commands.get(told)));
            }
            told++;
        }

        private void tell(int length) {
            if (length > 0) {
                String text = pending.substring(0, length);
                pending.delete(0, length);
                heard.append(text);
                listener.accept(new SolveEvent.Output(text));
            }
        }
    }
}
