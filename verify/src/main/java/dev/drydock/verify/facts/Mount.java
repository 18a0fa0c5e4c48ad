package dev.drydock.verify.facts;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mount of a lab host's own mount namespace.
 *
 * @param id the kernel's number, by which other mounts name it as their parent
 * @param root what of its filesystem is mounted: {@code /}, a folder or file of it, or {@code net:[4026532543]}
 * @param target where it is mounted, without links
 * @param type {@code nsfs}, {@code tmpfs} …
 * @param source {@code nsfs}, {@code tmpfs}, {@code /dev/sda1} …
 */
public record Mount(int id, int parent, String root, String target, String type, String source) {
    private static final Pattern NAMESPACE = Pattern.compile("([a-z_]+):\\[(\\d+)]");

    /** The inode, where it is a network namespace. */
    public Optional<Long> netns() {
        Matcher namespace = NAMESPACE.matcher(root);
        return type.equals("nsfs") && namespace.matches() && namespace.group(1).equals("net")
                ? Optional.of(Long.valueOf(namespace.group(2)))
                : Optional.empty();
    }

    /** The source as {@code findmnt} prints it: {@code nsfs[net:[4026532543]]}, {@code tmpfs[/netns]}, {@code tmpfs}. */
    public String shownSource() {
        return root.equals("/") ? source : source + "[" + root + "]";
    }
}
