package dev.drydock.engine.lab;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.MacAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How addresses, ports, names and times are written in a lab; each value is checked where it stands. */
final class ScalarParsers {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})(ms|s|m)");
    private static final Pattern PORT = Pattern.compile("([0-9]{1,5})(?:/([A-Za-z]+))?");
    private static final Pattern HOST_PORT = Pattern.compile("(?:\\[([^\\]]*)]|([^:]+)):([0-9]{1,5})");
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9])?");
    private static final Pattern DOCKER_NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]*");
    private static final Pattern IMAGE = Pattern.compile("[a-z0-9][a-z0-9._/:@-]*");
    private static final Pattern NETNS_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,254}");
    private static final Pattern SYSCTL = Pattern.compile("[a-z0-9_]+([./][A-Za-z0-9_-]+)+");
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private ScalarParsers() {}

    record Port(int number, String protocol) {}

    record HostPort(String host, int port) {}

    static final Decoder<IpAddress> IP = Decoders.text(ScalarParsers::address);
    static final Decoder<Cidr> CIDR = Decoders.text(ScalarParsers::cidr);
    static final Decoder<Cidr> SUBNET = Decoders.text(text -> withoutHostBits(cidr(text)));
    static final Decoder<Cidr> DESTINATION = Decoders.text(ScalarParsers::destination);
    static final Decoder<MacAddress> MAC = Decoders.text(ScalarParsers::mac);
    static final Decoder<Port> PORT_NUMBER = Decoders.text(ScalarParsers::port);
    static final Decoder<HostPort> HOST_AND_PORT = Decoders.text(ScalarParsers::hostPort);
    static final Decoder<String> URL = Decoders.text(ScalarParsers::url);
    static final Decoder<Duration> TIME = Decoders.text(ScalarParsers::duration);
    static final Decoder<String> INTERFACE = Decoders.text(ScalarParsers::interfaceName);
    static final Decoder<String> NETNS =
            named(NETNS_NAME, "the name of a network namespace: letters, digits, '-', '_' and '.'");
    static final Decoder<String> DOCKER =
            named(DOCKER_NAME, "a name that Docker allows: letters, digits, '-', '_' and '.', a letter or digit first");
    static final Decoder<String> IMAGE_NAME = named(IMAGE, "the name of an image");
    static final Decoder<String> SYSCTL_KEY = Decoders.text(ScalarParsers::sysctl);
    static final Decoder<String> HOST = Decoders.text(ScalarParsers::hostName);
    /** An absolute path without detours. */
    static final Decoder<String> PATH = Decoders.text(ScalarParsers::path);
    /** A name to be resolved or an address. */
    static final Decoder<String> TARGET = Decoders.text(ScalarParsers::target);

    static Decoder<String> named(Pattern pattern, String what) {
        return Decoders.text(text -> {
            if (!pattern.matcher(text).matches()) {
                throw new IllegalArgumentException(Quote.of(text) + " is not " + what);
            }
            return text;
        });
    }

    /** @throws IllegalArgumentException with a sentence for the author */
    static IpAddress address(String text) {
        try {
            return IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            String also = text.indexOf('/') > 0 ? "; no prefix goes here" : "";
            throw new IllegalArgumentException(clip(text) + " is not an " + family(text) + " address" + also, e);
        }
    }

    private static Cidr cidr(String text) {
        IllegalArgumentException cause = null;
        if (text.indexOf('/') > 0) {
            try {
                return Cidr.parse(text);
            } catch (IllegalArgumentException e) {
                cause = e;
            }
        }
        throw new IllegalArgumentException(clip(text) + " is not an " + family(text) + " address with prefix", cause);
    }

    private static Cidr destination(String text) {
        if (text.equals("default")) {
            return Cidr.DEFAULT_IPV4;
        }
        if (text.indexOf('/') < 0) {
            try {
                return Cidr.single(IpAddress.parse(text));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        clip(text) + " is not a destination: default, an address, or one with prefix", e);
            }
        }
        return withoutHostBits(cidr(text));
    }

    private static Cidr withoutHostBits(Cidr cidr) {
        if (cidr.address().isIpv6()) {
            return cidr;
        }
        String[] parts = cidr.address().text().split("\\.");
        long bits = 0;
        for (String part : parts) {
            bits = bits << 8 | Integer.parseInt(part);
        }
        long mask = cidr.prefix() == 0 ? 0 : 0xffffffffL << (32 - cidr.prefix()) & 0xffffffffL;
        if ((bits & mask) != bits) {
            long network = bits & mask;
            throw new IllegalArgumentException(String.format(
                    "%s has host bits set; the network is %d.%d.%d.%d/%d",
                    cidr, network >> 24, network >> 16 & 255, network >> 8 & 255, network & 255, cidr.prefix()));
        }
        return cidr;
    }

    private static String family(String text) {
        return text.indexOf(':') >= 0 ? "IPv6" : "IPv4";
    }

    private static MacAddress mac(String text) {
        try {
            return MacAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(clip(text) + " is not a MAC address, such as 02:00:00:00:00:11", e);
        }
    }

    private static Port port(String text) {
        Matcher matcher = PORT.matcher(text);
        if (matcher.matches() && inRange(matcher.group(1))) {
            String protocol = matcher.group(2) == null ? "tcp" : matcher.group(2);
            if (List.of("tcp", "udp").contains(protocol)) {
                return new Port(Integer.parseInt(matcher.group(1)), protocol);
            }
        }
        throw new IllegalArgumentException(Quote.of(text) + " is not a port, such as 80/tcp");
    }

    private static boolean inRange(String port) {
        int number = Integer.parseInt(port);
        return number >= 1 && number <= 65535;
    }

    private static HostPort hostPort(String text) {
        Matcher matcher = HOST_PORT.matcher(text);
        if (!matcher.matches() || !inRange(matcher.group(3))) {
            throw new IllegalArgumentException(Quote.of(text) + " is not an address and a port, such as 10.9.0.11:80");
        }
        String host = matcher.group(1) == null
                ? target(matcher.group(2))
                : address(matcher.group(1)).text();
        return new HostPort(host, Integer.parseInt(matcher.group(3)));
    }

    /** As sysctl(8) has it: where {@code /} comes first it parts the words, and {@code .} belongs to an interface's name. */
    private static String sysctl(String text) {
        if (!SYSCTL.matcher(text).matches()) {
            throw new IllegalArgumentException(Quote.of(text) + " is not a key such as net.ipv4.ip_forward");
        }
        boolean slashes = text.indexOf('.') < 0 || (text.indexOf('/') >= 0 && text.indexOf('/') < text.indexOf('.'));
        return slashes ? text.replace('.', '\0').replace('/', '.').replace('\0', '/') : text;
    }

    private static String path(String text) {
        boolean detour = text.matches("(?s).*/(\\.{0,2})(/.*)?") && !text.equals("/");
        if (!text.startsWith("/") || detour || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    Quote.of(text) + " is not a whole path without detours, such as /run/netns/web");
        }
        return text;
    }

    private static String hostName(String text) {
        if (!HOST_NAME.matcher(text).matches()) {
            throw new IllegalArgumentException(Quote.of(text) + " is not the name of a host");
        }
        return text;
    }

    private static String target(String text) {
        if (text.indexOf(':') >= 0 || text.matches("[0-9./]+")) {
            return address(text).text();
        }
        return hostName(text);
    }

    private static String url(String text) {
        String example = Quote.of(text) + " is not a URL, such as http://127.0.0.1:8080/";
        try {
            URI uri = new URI(text);
            if (!"http".equals(uri.getScheme())) {
                throw new IllegalArgumentException(
                        uri.getScheme() == null || uri.getHost() == null
                                ? example
                                : "labs speak http, not " + Quote.clip(uri.getScheme()));
            }
            if (uri.getHost() == null
                    || uri.getPort() > 65535
                    || uri.getFragment() != null
                    || uri.getUserInfo() != null) {
                throw new IllegalArgumentException(example);
            }
            return text;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(example, e);
        }
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(Quote.of(text) + " is not a time, such as 500ms or 3s");
        }
        long number = Long.parseLong(matcher.group(1));
        Duration duration =
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    default -> Duration.ofMinutes(number);
                };
        if (duration.isZero() || duration.compareTo(LONGEST_WAIT) > 0) {
            throw new IllegalArgumentException(Quote.of(text) + " is not a time between 1ms and 5m");
        }
        return duration;
    }

    private static String interfaceName(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > 15) {
            throw new IllegalArgumentException(
                    Quote.of(text) + " is longer than the 15 bytes that the kernel allows an interface name");
        }
        if (text.equals(".") || text.equals("..") || text.chars().anyMatch(c -> c <= ' ' || c == '/' || c == ':')) {
            throw new IllegalArgumentException(Quote.of(text) + " cannot be the name of an interface");
        }
        return text;
    }

    private static String clip(String text) {
        return Quote.clip(text);
    }
}
