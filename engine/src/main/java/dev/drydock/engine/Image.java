package dev.drydock.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A container image that Drydock makes from what the machine has; none is ever pulled. */
public enum Image {
    /** A static busybox and its links. */
    BUSYBOX,
    /** Busybox's web server with a page that names the container. */
    HTTPD;

    /** As a lab file has it, and as Docker does. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Image::word).toList();
    }
}
