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
 * The entries of one language, in the form of {@link Properties} in UTF-8. A start of the program needs few of them: the file is only cut
 * into entries, and an entry is read when it is asked for. {@link ResourceBundle#getBundle} would take three times as long. Safe for
 * several threads.
 */
final class MessageFile extends ResourceBundle {
    /** Each entry as it stands in the file, by its key; a byte is a character, so that nothing has to be decoded yet. */
    private final Map<String, String> entries = new HashMap<>(4096);

    /**
     * @param text each byte of the file as a character
     * @param parent says what the file lacks; null where nothing does
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

    /** Where the line ends; the last backslash of a line lets an entry go on in the next one. */
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
     * Reads a file from the folder {@code drydock.messages}, where the launcher has laid it: to open the jar takes longer than all else here.
     * Without that folder from the class path.
     *
     * @param parent says what the file lacks; null where nothing does
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
