package dev.drydock.verify.words;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.ResourceBundle;
import java.util.Set;

/**
 * The entries of one language file in the format of {@link Properties}, in UTF-8. The file is only split into entries; an entry is parsed when it
 * is used, because a start of the program uses few of them. {@link ResourceBundle#getBundle} would take three times as long. Safe for several
 * threads.
 */
final class MessageFile extends ResourceBundle {
    /** The unparsed text of each entry by its key. Each byte is one character, so that nothing is decoded before it is used. */
    private final Map<String, String> entries = new HashMap<>(4096);

    /**
     * @param text each byte of the file as a character
     * @param parent has the entries that are missing in the file; null where there is none
     */
    MessageFile(String text, ResourceBundle parent) {
        setParent(parent);
        int begin = 0;
        while (begin < text.length()) {
            int key = begin;
            while (key < text.length() && text.charAt(key) <= ' ') {
                key++;
            }
            boolean comment = key < text.length() && (text.charAt(key) == '#' || text.charAt(key) == '!');
            int end = end(text, key, !comment);
            if (!comment && key < end) {
                int sign = key;
                while (sign < end && text.charAt(sign) > ' ' && text.charAt(sign) != '=' && text.charAt(sign) != ':') {
                    sign++;
                }
                entries.put(text.substring(key, sign), text.substring(key, end));
            }
            begin = end + 1;
        }
    }

    /** The end of an entry: a line that ends in a backslash continues in the next line. */
    private static int end(String text, int begin, boolean goesOn) {
        int end = text.indexOf('\n', begin);
        if (end < 0) {
            return text.length();
        }
        int slash = end;
        while (slash > begin && text.charAt(slash - 1) == '\\') {
            slash--;
        }
        return goesOn && (end - slash) % 2 == 1 ? end(text, end + 1, true) : end;
    }

    /**
     * Reads a file from the folder in the system property {@code drydock.messages}, where the launcher copies it, since opening the jar is slow.
     * Without such a file it is read from the class path.
     *
     * @param parent has the entries that are missing in the file; null where there is none
     * @throws java.io.UncheckedIOException when the file cannot be read
     */
    static MessageFile read(String name, ResourceBundle parent) {
        File laid = new File(System.getProperty("drydock.messages", ""), name);
        try (InputStream in = laid.isFile()
                ? new FileInputStream(laid)
                : MessageFile.class.getResourceAsStream("/dev/drydock/" + name)) {
            return new MessageFile(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1), parent);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    protected Object handleGetObject(String key) {
        String entry = entries.get(key);
        if (entry == null) {
            return null;
        }
        Properties read = new Properties();
        try {
            read.load(
                    new StringReader(new String(entry.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)));
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
        return read.get(key);
    }

    @Override
    public Enumeration<String> getKeys() {
        Set<String> keys = new HashSet<>(entries.keySet());
        if (parent != null) {
            keys.addAll(parent.keySet());
        }
        return Collections.enumeration(keys);
    }

    @Override
    protected Set<String> handleKeySet() {
        return Collections.unmodifiableSet(entries.keySet());
    }
}
