package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.bash.ShellWord;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Drydock's own programs for lab hosts, in place of those of the machine that cannot work there: {@code sudo}, {@code systemctl} and others. They are
 * files in a folder of the lab host's PATH, so that every shell finds them.
 */
final class LabTools {
    private static final List<String> NAMES =
            List.of("sudo", "systemctl", "service", "journalctl", "command-not-found");

    private LabTools() {}

    /** The bash script that writes these files; {@code labhost.sh} runs it. */
    static String script() {
        StringBuilder sentences = new StringBuilder();
        said().forEach((variable, sentence) -> sentences
                .append(variable)
                .append('=')
                .append(ShellWord.quoted(Words.text(sentence)))
                .append('\n'));
        String engine = Scripts.read("engine.sh");
        StringBuilder script = new StringBuilder(Scripts.read("tools.sh"));
        for (String name : NAMES) {
            String text = sentences + (name.equals("systemctl") ? engine : "") + Scripts.read("tool-" + name + ".sh");
            script.append("tool ")
                    .append(name)
                    .append(' ')
                    .append(ShellWord.quoted(text))
                    .append('\n');
        }
        return script.toString();
    }

    /** The sentences of these programs, by the bash variable that holds them; {@code %s} is filled in by the program. */
    private static Map<String, Message> said() {
        Map<String, Message> said = new LinkedHashMap<>();
        said.put("SAY_ROOT", say("tool.sudo"));
        said.put("SAY_NO_SYSTEMD", say("tool.no-systemd"));
        said.put("SAY_NO_DOCKER", say("tool.no-docker"));
        said.put("SAY_STOPPING", say("tool.stopping"));
        said.put("SAY_PACKAGE", say("tool.package", "program", "%s", "package", "%s"));
        return said;
    }
}
