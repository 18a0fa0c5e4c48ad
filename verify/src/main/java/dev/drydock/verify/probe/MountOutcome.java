package dev.drydock.verify.probe;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.Mount;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Complaint;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is at a path of a lab host, and what is mounted there.
 *
 * @param file the kind of file at the path
 * @param link the target of a symbolic link at the path; empty where it is none
 * @param stack the mounts at exactly this path, each of which hides the one before; empty where none is
 * @param trouble why it could not be found out, a sentence without a full stop; the other components mean nothing then
 */
public record MountOutcome(File file, Optional<String> link, List<Mount> stack, Optional<Message> trouble) {
    public enum File {
        NONE,
        LINK,
        FOLDER,
        PLAIN,
        OTHER
    }

    // 61 48 0:4 net:[4026532543] /run/netns/red rw shared:5 - nsfs nsfs rw
    private static final Pattern LINE = Pattern.compile(
            "(\\d+) (\\d+) \\d+:\\d+ ([^ ]+) ([^ ]+) [^ ]+(?: [^ ]+)*? - ([^ ]+) ([^ ]*) [^ ]+", Pattern.DOTALL);
    private static final Pattern ESCAPED = Pattern.compile("\\\\([0-7]{3})");

    public MountOutcome {
        Objects.requireNonNull(file);
        Objects.requireNonNull(link);
        stack = List.copyOf(stack);
        Objects.requireNonNull(trouble);
    }

    /**
     * Parses the capture of a {@link dev.drydock.verify.facts.ActiveProbe.MountedAt}: three NUL-terminated words. They are the path's folder
     * without links (empty where it does not exist), the file at the path, and {@code /proc/self/mountinfo}.
     */
    public static MountOutcome parse(ProbeCapture capture, String path) {
        String[] words = capture.out().split("\0", -1);
        if (capture.obstacle().isPresent() || capture.exit() != 0 || words.length != 4) {
            return unknown(capture.failure());
        }
        if (words[0].isEmpty()) {
            return new MountOutcome(File.NONE, Optional.empty(), List.of(), Optional.empty());
        }
        File file =
                switch (words[1].isEmpty() ? "" : words[1].substring(0, 1)) {
                    case "" -> File.NONE;
                    case "l" -> File.LINK;
                    case "d" -> File.FOLDER;
                    case "f" -> File.PLAIN;
                    default -> File.OTHER;
                };
        String real = (words[0].equals("/") ? "" : words[0]) + path.substring(path.lastIndexOf('/'));
        try {
            return new MountOutcome(
                    file,
                    file == File.LINK ? Optional.of(words[1].substring(1)) : Optional.empty(),
                    file == File.LINK ? List.of() : stack(mounts(words[2]), real),
                    Optional.empty());
        } catch (IllegalArgumentException unreadable) {
            return unknown(Complaint.of(unreadable));
        }
    }

    private static MountOutcome unknown(Message why) {
        return new MountOutcome(File.OTHER, Optional.empty(), List.of(), Optional.of(why));
    }

    /** The mount that counts, the uppermost; empty where none is. */
    public Optional<Mount> mount() {
        return stack.isEmpty() ? Optional.empty() : Optional.of(stack.get(stack.size() - 1));
    }

    /** Walks along the path as the kernel does; at each folder it enters the mounts on it, up to the uppermost. */
    private static List<Mount> stack(List<Mount> all, String path) {
        Mount here = all.stream()
                .filter(mount -> mount.target().equals("/")
                        && all.stream().noneMatch(other -> other.id() == mount.parent() && other.id() != mount.id()))
                .findFirst()
                .orElseThrow(() -> new Complaint(say("mounts.no-root", "place", Scope.LAB_HOST)));
        int end = 0;
        while (true) {
            String reached = end == 0 ? "/" : path.substring(0, end);
            List<Mount> stack = new ArrayList<>();
            if (here.target().equals(reached)) {
                stack.add(here);
            }
            Optional<Mount> above = on(all, here, mount -> mount.target().equals(reached));
            while (above.isPresent()) {
                here = above.get();
                stack.add(here);
                above = on(all, here, mount -> mount.target().equals(reached));
            }
            if (end == path.length() || path.equals("/")) {
                return stack;
            }
            int next = path.indexOf('/', end + 1);
            end = next < 0 ? path.length() : next;
        }
    }

    private static Optional<Mount> on(List<Mount> all, Mount below, Predicate<Mount> where) {
        return all.stream()
                .filter(mount -> mount.parent() == below.id() && mount.id() != below.id())
                .filter(where)
                .findFirst();
    }

    /**
     * Parses {@code /proc/self/mountinfo}: {@code 61 48 0:4 net:[4026532543] /run/netns/red rw shared:5 - nsfs nsfs rw}.
     *
     * @throws Complaint when a line is something else
     */
    static List<Mount> mounts(String mountinfo) {
        List<Mount> mounts = new ArrayList<>();
        for (String line : mountinfo.split("\n")) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new Complaint(say("output.no-mountinfo-line", "line", Json.beginning(line)));
            }
            mounts.add(new Mount(
                    Integer.parseInt(matcher.group(1)),
                    Integer.parseInt(matcher.group(2)),
                    unescaped(matcher.group(3)),
                    unescaped(matcher.group(4)),
                    matcher.group(5),
                    unescaped(matcher.group(6))));
        }
        return mounts;
    }

    /** The kernel writes a space as {@code \040}. */
    private static String unescaped(String text) {
        return ESCAPED.matcher(text)
                .replaceAll(
                        code -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(code.group(1), 8))));
    }
}
