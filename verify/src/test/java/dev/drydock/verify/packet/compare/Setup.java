package dev.drydock.verify.packet.compare;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How the router is set up: several tools, each with its input. No shell ever reads it. */
record Setup(List<Step> steps) {

    /** The tools that load rules, and the settings of the kernel. */
    enum Tool {
        /** Lines such as {@code net.ipv4.ip_forward=0}. */
        SETTINGS("sysctl -p -"),
        /** Lines such as {@code link set lan0 type bridge_slave hairpin on}. */
        LINKS("ip -batch -"),
        IPTABLES("iptables-nft-restore"),
        IPTABLES_LEGACY("iptables-legacy-restore"),
        NFT("nft -f -");

        private final String command;

        Tool(String command) {
            this.command = command;
        }
    }

    /** One tool with the lines that it reads. */
    record Step(Tool tool, List<String> lines) {
        Step {
            lines = List.copyOf(lines);
        }

        static Step of(Tool tool, String text) {
            return new Step(tool, text.lines().toList());
        }

        private String text() {
            return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
        }
    }

    Setup {
        steps = List.copyOf(steps);
    }

    int size() {
        return steps.stream().mapToInt(step -> step.lines().size()).sum();
    }

    /** Without so many lines, counted over all steps; a step of which none is left is gone. */
    Setup without(int from, int count) {
        List<Step> left = new ArrayList<>();
        int at = 0;
        for (Step step : steps) {
            List<String> lines = new ArrayList<>();
            for (String line : step.lines()) {
                if (at < from || at >= from + count) {
                    lines.add(line);
                }
                at++;
            }
            if (!lines.isEmpty()) {
                left.add(new Step(step.tool(), lines));
            }
        }
        return new Setup(left);
    }

    JsonArray json() {
        JsonArray all = new JsonArray();
        for (Step step : steps) {
            JsonObject one = new JsonObject();
            one.addProperty("tool", step.tool().command);
            one.addProperty("input", step.text());
            all.add(one);
        }
        return all;
    }

    /** As a bash that does the same. */
    @Override
    public String toString() {
        return steps.stream()
                .map(step -> step.tool().command + " <<'END'\n" + step.text() + "END\n")
                .collect(Collectors.joining());
    }
}
