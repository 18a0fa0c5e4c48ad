package dev.drydock.engine.lab;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.words.Complaint;
import dev.drydock.verify.words.Message;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decoders for single values of a lab file: addresses, ports, names, times. */
final class ScalarParsers {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})(ms|s|m)");
    private static final Pattern PORT = Pattern.compile("([0-9]{1,5})(?:/([A-Za-z]+))?");
    private static final Pattern HOST_PORT = Pattern.compile("(?:\\[([^\\]]*)]|([^:]+)):([0-9]{1,5})");
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9])?");
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
    static final Decoder<String> NETNS = named("[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,254}", say("value.netns-name"));
    static final Decoder<String> DOCKER = named("[a-zA-Z0-9][a-zA-Z0-9_.-]*", say("value.docker-name"));
    static final Decoder<String> CONTAINER = named("[a-zA-Z0-9][a-zA-Z0-9_.-]*", say("value.docker-name"), 2);
    static final Decoder<String> IMAGE_NAME = named("[a-z0-9][a-z0-9._/:@-]*", say("value.image-name"));
    static final Decoder<String> SYSCTL_KEY = Decoders.text(ScalarParsers::sysctl);
    static final Decoder<String> HOST = Decoders.text(ScalarParsers::hostName);
    /** An absolute path without {@code .}, {@code ..}, empty parts and a slash at its end. */
    static final Decoder<String> PATH = Decoders.text(ScalarParsers::path);
    /** A name to be resolved or an address. */
    static final Decoder<String> TARGET = Decoders.text(ScalarParsers::target);

    /**
     * A name of a given form.
     *
     * @param regex what the whole text must match
     * @param what the expected form, in words, for the problem
     */
    static Decoder<String> named(String regex, Message what) {
        return named(regex, what, 1);
    }

    /** @param least the smallest length: Docker refuses containers with a name of one character, but allows such networks */
    private static Decoder<String> named(String regex, Message what, int least) {
        Pattern pattern = Pattern.compile(regex);
        return Decoders.text(text -> {
            if (!pattern.matcher(text).matches()) {
                throw new Complaint(say("value.is-not", "text", Quote.of(text), "what", what));
            }
            if (text.length() < least) {
                throw new Complaint(say("value.container-name", "text", Quote.of(text)));
            }
            return text;
        });
    }

    /** @throws Complaint when the text is not an IPv4 or IPv6 address */
    static IpAddress address(String text) {
        try {
            return IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Complaint(
                    say("value.no-address")
                            .with("text", Quote.clip(text))
                            .with("family", family(text))
                            .with("prefixed", text.indexOf('/') > 0),
                    e);
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
        throw new Complaint(say("value.no-prefixed-address", "text", Quote.clip(text), "family", family(text)), cause);
    }

    private static Cidr destination(String text) {
        if (text.equals("default")) {
            return Cidr.DEFAULT_IPV4;
        }
        if (text.indexOf('/') < 0) {
            try {
                return Cidr.single(IpAddress.parse(text));
            } catch (IllegalArgumentException e) {
                throw new Complaint(say("value.no-destination", "text", Quote.clip(text)), e);
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
            throw new Complaint(say("value.host-bits")
                    .with("subnet", cidr)
                    .with(
                            "network",
                            String.format(
                                    "%d.%d.%d.%d/%d",
                                    network >> 24,
                                    network >> 16 & 255,
                                    network >> 8 & 255,
                                    network & 255,
                                    cidr.prefix())));
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
            throw new Complaint(say("value.no-mac", "text", Quote.clip(text)), e);
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
        throw new Complaint(say("value.no-port", "text", Quote.of(text)));
    }

    private static boolean inRange(String port) {
        int number = Integer.parseInt(port);
        return number >= 1 && number <= 65535;
    }

    private static HostPort hostPort(String text) {
        Matcher matcher = HOST_PORT.matcher(text);
        if (!matcher.matches() || !inRange(matcher.group(3))) {
            throw new Complaint(say("value.no-address-and-port", "text", Quote.of(text)));
        }
        String host = matcher.group(1) == null
                ? target(matcher.group(2))
                : address(matcher.group(1)).text();
        return new HostPort(host, Integer.parseInt(matcher.group(3)));
    }

    /**
     * The key with dots between its words. As in sysctl(8), when {@code /} comes before {@code .}, slashes separate the words, and a dot belongs to
     * the name of an interface.
     */
    private static String sysctl(String text) {
        if (!SYSCTL.matcher(text).matches()) {
            throw new Complaint(say("value.no-sysctl-key", "text", Quote.of(text)));
        }
        boolean slashes = text.indexOf('.') < 0 || (text.indexOf('/') >= 0 && text.indexOf('/') < text.indexOf('.'));
        return slashes ? text.replace('.', '\0').replace('/', '.').replace('\0', '/') : text;
    }

    private static String path(String text) {
        boolean detour = text.matches("(?s).*/(\\.{0,2})(/.*)?") && !text.equals("/");
        if (!text.startsWith("/") || detour || text.chars().anyMatch(Character::isISOControl)) {
            throw new Complaint(say("value.no-path", "text", Quote.of(text)));
        }
        return text;
    }

    private static String hostName(String text) {
        if (!HOST_NAME.matcher(text).matches()) {
            throw new Complaint(say("value.no-host-name", "text", Quote.of(text)));
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
        Message example = say("value.no-url", "text", Quote.of(text));
        try {
            URI uri = new URI(text);
            if (!"http".equals(uri.getScheme())) {
                throw new Complaint(
                        uri.getScheme() == null || uri.getHost() == null
                                ? example
                                : say("value.not-http", "scheme", Quote.clip(uri.getScheme())));
            }
            if (uri.getHost() == null
                    || uri.getPort() > 65535
                    || uri.getFragment() != null
                    || uri.getUserInfo() != null) {
                throw new Complaint(example);
            }
            return text;
        } catch (URISyntaxException e) {
            throw new Complaint(example, e);
        }
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new Complaint(say("value.no-time", "text", Quote.of(text)));
        }
        long number = Long.parseLong(matcher.group(1));
        Duration duration =
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    default -> Duration.ofMinutes(number);
                };
        if (duration.isZero() || duration.compareTo(LONGEST_WAIT) > 0) {
            throw new Complaint(say("value.time-out-of-range", "text", Quote.of(text)));
        }
        return duration;
    }

    private static String interfaceName(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > 15) {
            throw new Complaint(say("value.interface-name-too-long", "text", Quote.of(text)));
        }
        if (text.equals(".") || text.equals("..") || text.chars().anyMatch(c -> c <= ' ' || c == '/' || c == ':')) {
            throw new Complaint(say("value.no-interface-name", "text", Quote.of(text)));
        }
        return text;
    }
}
