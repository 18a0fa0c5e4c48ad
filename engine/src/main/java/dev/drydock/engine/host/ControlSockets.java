package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The control sockets of ssh, through which other commands of the same user and the same state folder find an open connection. They lie in
 * {@code $XDG_RUNTIME_DIR/drydock} or {@code /tmp/drydock-UID}, with mode 700; the folder is removed when it is empty.
 */
final class ControlSockets {
    /** A Unix socket's path holds 108 bytes, and ssh adds some while it makes one. */
    private static final int LONGEST_FOLDER = 60;

    private final Path folder;
    private final Path state;
    private final String family;

    /** @param worlds the folder with the records of worlds */
    ControlSockets(Map<String, String> environment, Path worlds) {
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        this.folder =
                runtime.startsWith("/") && runtime.length() < LONGEST_FOLDER && Files.isDirectory(Path.of(runtime))
                        ? Path.of(runtime, "drydock")
                        : Path.of("/tmp", "drydock-" + me());
        this.state = worlds.resolveSibling("connecting");
        this.family = WorldId.family(worlds) + "-";
    }

    private static Object me() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException e) {
            throw new HostTrouble(say("host.proc-not-read", "error", String.valueOf(e.getMessage())), e);
        }
    }

    /** The path of a place's socket; the socket need not exist. */
    Path of(String place) {
        return folder.resolve(family + digest(place));
    }

    /** The lock file, in the state folder, that is held while a command connects to the place. */
    Path lock(String place) {
        return state.resolve(digest(place));
    }

    private static String digest(String place) {
        return UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, 8);
    }

    /**
     * Makes the folder where it is missing.
     *
     * @throws HostTrouble when it cannot be made, or what is there is not a directory of this user with mode 700
     */
    void make() {
        try {
            try {
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } catch (FileAlreadyExistsException there) {
                // It is looked at now.
            }
            boolean mine = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                            .equals(me())
                    && PosixFilePermissions.toString(Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS))
                            .equals("rwx------");
            if (!mine) {
                throw new HostTrouble(say("connection.folder-not-yours", "folder", folder.toString()));
            }
        } catch (IOException e) {
            throw new HostTrouble(say("connection.no-folder", "error", String.valueOf(e.getMessage())), e);
        }
    }

    /** The existing sockets of this state folder, also those at which no ssh answers. */
    List<Path> left() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(family))
                    .filter(file -> !file.getFileName().toString().contains("."))
                    .sorted()
                    .toList();
        } catch (IOException none) {
            return List.of();
        }
    }

    /** Whether a process accepts connections at the socket. */
    static boolean answers(Path socket) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException nobody) {
            return false;
        }
    }

    /**
     * Removes sockets of this state folder at which no ssh answers, and the folder when it is empty.
     *
     * @throws HostTrouble when they cannot be removed
     */
    void tidy() {
        try {
            for (Path socket : left()) {
                if (!answers(socket)) {
                    Files.deleteIfExists(socket);
                }
            }
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException | NoSuchFileException used) {
            // Somebody else's sockets are there.
        } catch (IOException e) {
            throw new HostTrouble(
                    say("connection.folder-not-tidied")
                            .with("folder", folder.toString())
                            .with("error", String.valueOf(e.getMessage())),
                    e);
        }
    }
}
