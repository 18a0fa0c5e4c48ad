package dev.drydock.engine.host;

import dev.drydock.engine.host.Worlds.Capability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A file with the capabilities of this machine. They are valid as long as the machine looks the same: the same boot, kernel, kernel modules, settings
 * and account, and the same programs by time and size. A file that cannot be read or written is no error.
 */
final class CapabilityCache {
    private static final List<String> PROGRAMS =
            List.of(("ip tc brctl nft conntrack tcpdump ping dnsmasq busybox newuidmap"
                            + " keyctl newgidmap ps tmux docker dockerd iptables iptables-nft iptables-legacy unshare setpriv perl"
                            + " man vi nano dig traceroute")
                    .split(" "));
    private static final List<String> FOLDERS = List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin");
    private static final List<String> TOLD = List.of(
            "/proc/sys/kernel/random/boot_id",
            "/proc/sys/kernel/osrelease",
            "/proc/sys/kernel/unprivileged_userns_clone",
            "/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
            "/proc/sys/user/max_user_namespaces",
            "/proc/self/uid_map");
    private static final List<String> LOOKED_AT = List.of(
            "/etc/subuid",
            "/etc/subgid",
            "/usr/lib/drydock/drydock-world",
            "/etc/apparmor.d/drydock-world",
            "/.dockerenv",
            "/run/.containerenv",
            "/dev/net/tun",
            "/proc/net/ip_vs",
            "/proc/sys/net/bridge");

    private final Path file;
    private final String question;

    /**
     * @param file need not exist yet
     * @param question the text of the script that asks the machine; the results of another script are not valid
     */
    CapabilityCache(Path file, String question) {
        this.file = file;
        this.question = question;
    }

    /** {@code $XDG_CACHE_HOME/drydock/capabilities}, or {@code ~/.cache/…} where that is unset, empty or relative; none without a home. */
    static Optional<Path> fileIn(Map<String, String> environment) {
        boolean nowhere = Stream.of("XDG_CACHE_HOME", "HOME")
                .noneMatch(name -> environment.getOrDefault(name, "").startsWith("/"));
        return nowhere
                ? Optional.empty()
                : Optional.of(UserFolders.cache(environment).resolve("capabilities"));
    }

    /** The stored capabilities; empty when nothing is stored, or when the machine has changed since. */
    Optional<List<Capability>> read() {
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.isEmpty() || !lines.get(0).equals(machine())) {
                return Optional.empty();
            }
            List<Capability> capabilities = Capabilities.parse(lines.subList(1, lines.size()));
            return capabilities.isEmpty() ? Optional.empty() : Optional.of(capabilities);
        } catch (IOException | java.io.UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /** Stores the result of a probe. To be called after the probe, which may load kernel modules and so change what the machine looks like. */
    void write(List<Capability> capabilities) {
        List<String> lines = new ArrayList<>(List.of(machine()));
        capabilities.forEach(capability -> lines.add(Capabilities.line(capability)));
        try {
            Files.createDirectories(file.getParent());
            Path fresh = Files.createTempFile(file.getParent(), "capabilities", ".new");
            Files.write(fresh, lines);
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // It will be found out again.
        }
    }

    /** A digest of all that the capabilities depend on. */
    private String machine() {
        StringBuilder all = new StringBuilder(question).append(System.getProperty("user.name"));
        TOLD.forEach(path -> all.append('\n').append(path).append(' ').append(text(Path.of(path))));
        TreeSet<String> modules = new TreeSet<>();
        text(Path.of("/proc/modules")).lines().forEach(line -> modules.add(line.split(" ", 2)[0]));
        all.append('\n').append(modules);
        LOOKED_AT.forEach(path -> all.append('\n').append(looks(Path.of(path))));
        String release = text(Path.of("/proc/sys/kernel/osrelease")).strip();
        all.append('\n').append(looks(Path.of("/lib/modules", release, "modules.dep")));
        for (String program : PROGRAMS) {
            FOLDERS.forEach(folder -> all.append('\n').append(looks(Path.of(folder, program))));
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(all.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "none";
        }
    }

    /** Time, size and mode of a file; for a file under {@code /proc} only whether it exists, because its time changes with every look. */
    private static String looks(Path file) {
        try {
            if (file.startsWith("/proc")) {
                return file + " " + Files.exists(file);
            }
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Object mode = Files.getAttribute(file, "unix:mode");
            return file + " " + attributes.lastModifiedTime().toMillis() + " " + attributes.size() + " " + mode;
        } catch (IOException e) {
            return file + " none";
        }
    }
}
