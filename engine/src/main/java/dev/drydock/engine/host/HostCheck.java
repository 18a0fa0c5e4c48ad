package dev.drydock.engine.host;

import dev.drydock.verify.ProbeOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The first words with another machine: whether it understands commands as they are sent, and has what every lab host is made of. */
final class HostCheck {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Has in it what shells that are not like {@code sh} read otherwise. */
    private static final String TEST = "it's \\ $HOME `id` !! \"q\" #\n~";

    private HostCheck() {}

    /**
     * @return what {@code pace.sh} said there
     * @throws ConnectionLost when there was no connection, after all
     * @throws HostTrouble when no lab host can be built there
     */
    static String of(SshConnection connection, String called) {
        String line = SshPlace.line(
                List.of("bash", "-c", Scripts.read("greeting.sh") + Scripts.read("pace.sh"), "greeting", TEST),
                Scripts.ENVIRONMENT);
        ProbeOutput output = ScriptRun.plain(
                        new Invocation(connection.running(line, false), connection.environment()), Slowness.ORDINARY)
                .execute(new byte[0], LIMIT, text -> {}, text -> {})
                .output();
        if (output.timedOut()) {
            throw new HostTrouble(called + " was reached, but did not answer within " + LIMIT.toSeconds() + " s.");
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
            throw new HostTrouble("On " + called + " no lab host can be built, because it lacks "
                    + String.join(", ", programs) + ". There, run: sudo apt-get install --no-install-recommends "
                    + String.join(" ", packages));
        }
        return sections.get(sections.size() - 1).strip();
    }

    private static String strange(String called, ProbeOutput output) {
        String words = (output.err() + output.out()).strip();
        if (output.exit() == 127 || words.contains("bash: not found") || words.contains("‘bash’: No such file")) {
            return called + " has no bash, which lab hosts are built with. There, run: sudo apt-get install bash";
        }
        return called + " does not read commands as sh does (its login shell is another, or prints of its own)"
                + (words.isEmpty()
                        ? "."
                        : "; it said: " + words.lines().findFirst().orElse("").strip())
                + " An account whose login shell is bash, dash or zsh serves.";
    }
}
