package dev.drydock.engine.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the firewall rules of the machine that Drydock runs on, to compare them before and after. */
public final class MachineRules {
    private MachineRules() {}

    /**
     * The lines of {@code nft list ruleset} without counters, each after the table and chain in which it stands. Empty when nft is missing, or the
     * caller may not read the ruleset; then the caller cannot change it either.
     */
    public static List<String> read() {
        List<String> lines = new ArrayList<>();
        try {
            Process nft = new ProcessBuilder("nft", "--stateless", "list", "ruleset")
                    .redirectErrorStream(false)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            nft.getOutputStream().close();
            String table = "";
            String chain = "";
            try (BufferedReader output = nft.inputReader(StandardCharsets.UTF_8)) {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    String text = line.strip();
                    if (text.startsWith("table ")) {
                        table = text.replace(" {", "");
                        chain = "";
                    } else if (text.startsWith("chain ")) {
                        chain = text.replace(" {", "") + " ";
                    } else if (!text.isEmpty() && !text.equals("}") && !text.startsWith("#")) {
                        lines.add(table + " " + chain + text);
                    }
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        return lines;
    }
}
