package dev.drydock.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A container image that Drydock makes from what the machine has; none is ever pulled. */
public enum Image {
    /** A static busybox and its links. */
    BUSYBOX,
    /** Busybox's web server with a page that names the container. */
    HTTPD,
    /** The machine's own nginx, laid out as the image of that name that everybody knows. */
    NGINX,
    /** A bash with the machine's own iproute2, curl, tcpdump and ping. */
    TOOLBOX;

    /** As a lab file has it, and as Docker does. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Image::word).toList();
    }
}
