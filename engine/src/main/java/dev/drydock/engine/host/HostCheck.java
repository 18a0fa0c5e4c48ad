package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.words.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks another machine once its connection is open: its login shell must pass commands on unchanged, and the programs that every lab host needs
 * must be installed.
 */
final class HostCheck {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Contains what shells with other quoting rules than {@code sh} change. */
    private static final String TEST = "it's \\ $HOME `id` !! \"q\" #\n~";

    private HostCheck() {}

    /**
     * @param called what sentences call the machine
     * @return the output of {@code pace.sh} there, for {@link SlownessMeter#hear}
     * @throws ConnectionLost when the connection turns out to be broken
     * @throws HostTrouble when the machine is too slow, its shell changes commands, or programs are missing
     */
    static String of(SshConnection connection, Message called) {
        String line = SshPlace.line(
                List.of("bash", "-c", Scripts.read("greeting.sh") + Scripts.read("pace.sh"), "greeting", TEST),
                Scripts.ENVIRONMENT);
        ProbeOutput output = ScriptRun.plain(
                        new Invocation(connection.running(line, false), connection.environment()), Slowness.ORDINARY)
                .execute(new byte[0], LIMIT)
                .output();
        if (output.timedOut()) {
            throw new HostTrouble(
                    say("machine.too-slow-after-reached", "machine", called, "seconds", LIMIT.toSeconds()));
        }
        List<String> sections = List.of(output.out().split("\u001e", -1));
        int said = sections.indexOf("drydock " + TEST);
        if (said < 0 && output.exit() == ScriptRun.NO_CONNECTION && output.out().isEmpty()) {
            throw new ConnectionLost(called);
        }
        if (said < 0) {
            throw new HostTrouble(strange(called, output));
        }
        List<String> programs = new ArrayList<>();
        List<String> packages = new ArrayList<>();
        for (String lacking : sections.subList(said + 1, sections.size() - 1)) {
            String[] words = lacking.strip().split(" ");
            if (words.length == 2) {
                programs.add(words[0]);
                if (!packages.contains(words[1])) {
                    packages.add(words[1]);
                }
            }
        }
        if (!programs.isEmpty()) {
            throw new HostTrouble(say(
                    "machine.lacks", "machine", called, "programs", programs, "packages", String.join(" ", packages)));
        }
        return sections.get(sections.size() - 1).strip();
    }

    private static Message strange(Message called, ProbeOutput output) {
        String words = (output.err() + output.out()).strip();
        if (output.exit() == 127 || words.contains("bash: not found") || words.contains("‘bash’: No such file")) {
            return say("machine.no-bash", "machine", called);
        }
        return say("machine.strange-shell")
                .with("machine", called)
                .with("output", words.lines().findFirst().orElse("").strip());
    }
}
