package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.LabReader;
import dev.drydock.engine.session.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Opens a world without a lesson. Writes the wanted world as a lab file into the state folder, so that every verb on an open lab works. */
@Command
final class ExploreVerb extends BeginVerb {
    private static final String ID = "explore";

    private static final List<String> TOOLS = List.of("netns", "bridge", "veth", "iptables");

    @Option(names = "--hosts", paramLabel = "NAME,NAME", split = ",")
    private List<String> hosts = List.of("labhost");

    @Option(names = "--no-docker")
    private boolean noDocker;

    @Option(names = "--images", paramLabel = "NAME,NAME", split = ",")
    private List<String> images = List.of("busybox");

    @Override
    List<String> examples() {
        return List.of(
                "lab explore", "lab explore --no-docker --hosts alpha,beta", "lab explore --images busybox,httpd");
    }

    @Override
    Exit run() throws Exception {
        Sessions sessions = parts().sessions(surroundings().state());
        Optional<Sessions.Open> open = OpenVerb.named(sessions.open(parts().worlds()), ID);
        Path file = surroundings().state().resolve(ID).resolve("lab.yaml");
        if (open.isPresent() && !asked().equals(written(file))) {
            return usage(say("explore.open"), say("explore.open.next"));
        }
        LabReader.Reading reading = LabReader.read(asked(), file);
        if (reading.lab().isEmpty()) {
            // Only what was typed can be wrong in it.
            return usage(
                    say("explore.wrong", "problem", reading.problems().get(0).message()),
                    say("arguments.next", "command", "lab explore"));
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, asked());
        Optional<Lab> lab = lab(file.toString());
        return lab.isEmpty() ? refusal() : begin(lab.get());
    }

    private static String written(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private String asked() {
        String docker = noDocker ? "" : ", docker";
        return """
                format: 1
                id: %s
                title: Free play
                track: free
                level: beginner
                minutes: 60
                free: true
                needs: [%s%s]
                hosts: %s
                """
                        .formatted(ID, String.join(", ", TOOLS), docker, listed(hosts))
                + (noDocker ? "" : "images: " + listed(images) + "\n");
    }

    /** A YAML list of quoted words; the words may contain anything. */
    private static String listed(List<String> words) {
        StringBuilder text = new StringBuilder("[");
        for (String word : words) {
            text.append(text.length() > 1 ? ", " : "")
                    .append('\'')
                    .append(word.replace("'", "''"))
                    .append('\'');
        }
        return text.append(']').toString();
    }
}
