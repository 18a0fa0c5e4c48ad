package dev.drydock.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A container image that Drydock makes from files of the machine; nothing comes from a real network. The engines of a sandbox have the images that
 * the lab names from the start, and pull the others from a registry in the world's own Internet.
 */
public enum Image {
    /** A static busybox and its links. */
    BUSYBOX,
    /** Busybox's web server with a page that names the container. */
    HTTPD,
    /** The machine's own nginx, with the folders of the official image of that name. */
    NGINX,
    /** A bash with the machine's own iproute2, curl, tcpdump and ping. */
    TOOLBOX;

    /** The name in lab files and in Docker. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Image::word).toList();
    }
}
