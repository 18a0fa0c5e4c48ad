package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The virtual machine of a Vagrantfile. {@code vagrant ssh-config} tells how to reach it, but takes seconds. Its output is stored in the user's cache
 * folder, and used until the machine is made anew or does not answer.
 */
final class VagrantMachine {
    private final Path folder;
    private final Map<String, String> environment;

    /** @param folder of the Vagrantfile */
    VagrantMachine(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /**
     * The folder of the Vagrantfile that vagrant itself would choose.
     *
     * @param given the folder that the user named; no other is searched then
     * @param from the current folder; without {@code given} and {@code VAGRANT_CWD}, this folder and those above it are searched
     * @throws HostTrouble when there is no Vagrantfile
     */
    static Path folder(Optional<Path> given, Path from, Map<String, String> environment) {
        Path start = given.or(() -> Optional.ofNullable(environment.get("VAGRANT_CWD"))
                        .filter(text -> !text.isEmpty())
                        .map(from::resolve))
                .orElse(from)
                .toAbsolutePath()
                .normalize();
        String file = Optional.ofNullable(environment.get("VAGRANT_VAGRANTFILE"))
                .filter(text -> !text.isEmpty())
                .orElse("Vagrantfile");
        for (Path at = start; at != null; at = given.isPresent() ? null : at.getParent()) {
            if (Files.exists(at.resolve(file))) {
                return at;
            }
        }
        throw new HostTrouble(say("vagrant.no-file", "folder", start.toString(), "above", given.isEmpty()));
    }

    Message called() {
        return say("machine.vagrant", "folder", folder.toString());
    }

    /**
     * Opens a connection to the machine, or uses the open one.
     *
     * @param place the full name of the place
     * @param attended whether a person at the terminal can be asked for a passphrase
     * @throws HostTrouble saying that the machine is not up, or why it cannot be reached
     */
    SshConnection connect(ControlSockets sockets, String place, boolean attended) {
        Path remembered = configuration();
        boolean fresh = !current(remembered);
        if (fresh) {
            ask(remembered);
        }
        SshConnection.Opening opening =
                connection(remembered, sockets, place, attended).open();
        if (!opening.open() && !fresh) {
            // It may have got another address or another key since.
            ask(remembered);
            opening = connection(remembered, sockets, place, attended).open();
        }
        if (!opening.open()) {
            throw SshRefusal.of(called(), opening.said());
        }
        return connection(remembered, sockets, place, attended);
    }

    private SshConnection connection(Path configuration, ControlSockets sockets, String place, boolean attended) {
        return new SshConnection(
                List.of("-F", configuration.toString(), host(configuration)), sockets, place, attended, environment);
    }

    /** The name after {@code Host} in the first line of {@code vagrant ssh-config}: {@code Host default}. */
    private String host(Path configuration) {
        try (Stream<String> lines = Files.lines(configuration)) {
            return lines.filter(line -> line.startsWith("Host "))
                    .map(line -> line.substring("Host ".length()).strip())
                    .findFirst()
                    .orElseThrow(() -> new HostTrouble(say("vagrant.no-host", "machine", called())));
        } catch (IOException e) {
            throw new HostTrouble(
                    say("file.not-read", "file", configuration.toString(), "error", String.valueOf(e.getMessage())), e);
        }
    }

    private Path configuration() {
        String name = UUID.nameUUIDFromBytes(folder.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
        return UserFolders.cache(environment).resolve("vagrant-" + name.substring(0, 13));
    }

    /** Whether the stored output is newer than the machine: vagrant writes {@code .vagrant/machines/NAME/PROVIDER/id} when it makes the machine. */
    private boolean current(Path remembered) {
        Path dotfile = folder.resolve(environment.getOrDefault("VAGRANT_DOTFILE_PATH", ".vagrant"));
        try (Stream<Path> ids = Files.find(
                dotfile.resolve("machines"),
                3,
                (path, attributes) -> path.endsWith("id") && attributes.isRegularFile())) {
            FileTime asked = Files.getLastModifiedTime(remembered);
            List<Path> all = ids.toList();
            for (Path id : all) {
                if (Files.getLastModifiedTime(id).compareTo(asked) >= 0) {
                    return false;
                }
            }
            return !all.isEmpty();
        } catch (IOException none) {
            return false;
        }
    }

    private void ask(Path remembered) {
        try {
            String vagrant = Programs.find("vagrant", environment)
                    .orElseThrow(() -> new HostTrouble(say("vagrant.not-installed")));
            Files.createDirectories(remembered.getParent());
            Path said = Files.createTempFile(remembered.getParent(), "vagrant", ".err");
            Path draft = Files.createTempFile(
                    remembered.getParent(),
                    "vagrant",
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                Map<String, String> asking = new LinkedHashMap<>(environment);
                asking.put("VAGRANT_CWD", folder.toString());
                Process process = new Invocation(List.of(vagrant, "ssh-config"), asking)
                        .builder()
                        .directory(folder.toFile())
                        .redirectInput(ProcessBuilder.Redirect.from(
                                Path.of("/dev/null").toFile()))
                        .redirectOutput(draft.toFile())
                        .redirectError(said.toFile())
                        .start();
                if (process.waitFor() != 0) {
                    throw notUp(Files.readString(said));
                }
                Files.move(draft, remembered, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
                Files.delete(said);
            }
        } catch (IOException e) {
            throw new HostTrouble(say("vagrant.not-asked", "error", String.valueOf(e.getMessage())), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HostTrouble(say("vagrant.interrupted"), e);
        }
    }

    private HostTrouble notUp(String said) {
        // "The provider for this Vagrant-managed machine is reporting that it is not yet ready for SSH."
        // "vm:default: The VM must be created with `vagrant up` before running this command"
        boolean down = said.contains("not yet ready for SSH")
                || said.contains("vagrant up")
                || said.contains("must be running")
                || said.contains("not created");
        return new HostTrouble(say(down ? "vagrant.not-up" : "vagrant.not-told")
                .with("folder", folder.toString())
                .with("output", said.strip().lines().reduce((first, last) -> last)));
    }
}
