package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.bash.ShellWord;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The programs of a lab host that are Drydock's own, because the machine's cannot work in there: {@code sudo}, {@code systemctl} and others.
 * They are files in a folder of the lab host's PATH, so that every shell finds them.
 */
final class LabTools {
    private static final List<String> NAMES =
            List.of("sudo", "systemctl", "service", "journalctl", "command-not-found");

    private LabTools() {}

    /** The bash that writes them, for {@code labhost.sh}. */
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

    /** What they say, by the variables in which they find it; {@code %s} stands for what is only known when it is said. */
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
