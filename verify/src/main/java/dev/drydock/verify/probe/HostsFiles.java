package dev.drydock.verify.probe;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.HostsEntry;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.probe.Sections.Section;
import dev.drydock.verify.words.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The hosts file that programs in each namespace use: that of their mount namespace, or the one that {@code ip netns exec} mounts over it. */
record HostsFiles(Sections sections, NamespaceScan scan) {
    private static final int MISSING = 3;
    private static final String PATH = "/etc/hosts";

    Map<Scope, Reading<List<HostsEntry>>> read(List<Container> containers) {
        Map<Scope, Reading<List<HostsEntry>>> files = new LinkedHashMap<>();
        files.put(Scope.LAB_HOST, of(Scope.LAB_HOST, scan.ownPid()));
        Map<String, String> own = ownFiles();
        scan.names().values().stream()
                .flatMap(names -> names.stream())
                .filter(name -> name.matches("[^/\\p{Cntrl}]{1,255}"))
                .forEach(name -> files.put(Scope.netns(name), ofNamed(name, own)));
        for (Container container : containers) {
            if (container.running() && container.pid() > 0) {
                Scope scope = Scope.container(container.name());
                files.put(scope, of(scope, container.pid()));
            }
        }
        for (int pid : scan.mounts().keySet()) {
            files.put(Scope.pid(pid), of(Scope.pid(pid), pid));
        }
        return files;
    }

    private Reading<List<HostsEntry>> ofNamed(String name, Map<String, String> own) {
        String text = own.get(name);
        return text == null
                ? of(Scope.netns(name), scan.ownPid())
                : new Reading.Known<>(
                        HostsFile.parse(text), new Evidence("cat /etc/netns/" + name + "/hosts", text.strip()));
    }

    private Reading<List<HostsEntry>> of(Scope scope, int pid) {
        String command = new LearnerCommand(scope, OptionalInt.empty()).file(PATH);
        Optional<Section> section =
                Optional.ofNullable(scan.mounts().get(pid)).flatMap(mount -> sections.of("hosts." + mount));
        if (section.isPresent() && section.get().ended(0)) {
            String text = section.get().out();
            return new Reading.Known<>(HostsFile.parse(text), new Evidence(command, text.strip()));
        }
        if (section.isPresent() && section.get().ended(MISSING)) {
            return new Reading.Known<>(List.of(), new Evidence(command, PATH + ": No such file or directory"));
        }
        Message trouble = section.map(Section::trouble).orElseGet(() -> say("hosts-file.not-found"));
        return new Reading.Unknown<>(
                say("hosts-file.unread", "scope", scope.toString(), "why", trouble), new Evidence(command, ""));
    }

    /** The files {@code /etc/netns/NAME/hosts} by name, from pairs of NUL-terminated words: name and text. */
    private Map<String, String> ownFiles() {
        Map<String, String> own = new LinkedHashMap<>();
        String[] words = sections.of("hosts.named").map(Section::out).orElse("").split("\0", -1);
        for (int i = 0; i + 1 < words.length; i += 2) {
            own.put(words[i], words[i + 1]);
        }
        return own;
    }
}
