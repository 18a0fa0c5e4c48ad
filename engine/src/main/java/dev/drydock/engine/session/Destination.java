package dev.drydock.engine.session;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.session.InvalidQuery.Part;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.ZonedAddress;
import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.words.Message;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A typed destination: {@code web}, {@code beta/web:80}, {@code 10.9.0.12:53/udp}, {@code [::1]:80}, {@code fe80::1%eth0}, {@code ipv6:blue},
 * {@code name:web}, {@code http://web:8080/path}. Whether such a place exists is not checked here.
 *
 * @param as what {@code word} stands for
 * @param word without port, protocol, brackets, {@code name:} and {@code ipv6:}
 * @param port of TCP or UDP; empty for a ping
 * @param protocol ICMP where there is no port
 */
public record Destination(As as, String word, Optional<Integer> port, Protocol protocol) {
    /** What a word can be. */
    public enum As {
        ADDRESS,
        /** A name to be resolved, also where a place has the same name. */
        NAME,
        /** A place, by its address of IPv6. */
        PLACE_BY_IPV6,
        /** A place; a name to be resolved where no place is called so. */
        ANY
    }

    private static final String AS_NAME = "name:";
    private static final String AS_IPV6 = "ipv6:";
    private static final int LAST_PORT = 65535;

    private static final Pattern SCOPED = Pattern.compile("(?:[^/:]+/)?(?:pid|netns|container|name|ipv6):[^:]*");
    private static final Pattern URL =
            Pattern.compile("(?:jdbc:)?([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*).*", Pattern.DOTALL);
    /** {@code http:/web}, {@code http:web}. */
    private static final Pattern HALF_A_URL = Pattern.compile("(?:https?|tcp|udp):/?[A-Za-z].*", Pattern.DOTALL);

    private static final Pattern IPV6_LIKE = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Za-z:.]*:[0-9A-Za-z:.]*(?:%.*)?");
    private static final Pattern BROADCAST = Pattern.compile("255\\.255\\.255\\.255");

    private static final Map<String, Door> SCHEMES = Map.ofEntries(
            Map.entry("http", Door.tcp(80)),
            Map.entry("https", Door.tcp(443)),
            Map.entry("ws", Door.tcp(80)),
            Map.entry("wss", Door.tcp(443)),
            Map.entry("ftp", Door.tcp(21)),
            Map.entry("ssh", Door.tcp(22)),
            Map.entry("telnet", Door.tcp(23)),
            Map.entry("smtp", Door.tcp(25)),
            Map.entry("ldap", Door.tcp(389)),
            Map.entry("mqtt", Door.tcp(1883)),
            Map.entry("mysql", Door.tcp(3306)),
            Map.entry("mariadb", Door.tcp(3306)),
            Map.entry("postgres", Door.tcp(5432)),
            Map.entry("postgresql", Door.tcp(5432)),
            Map.entry("amqp", Door.tcp(5672)),
            Map.entry("redis", Door.tcp(6379)),
            Map.entry("mongodb", Door.tcp(27017)),
            Map.entry("dns", Door.udp(53)),
            Map.entry("tftp", Door.udp(69)),
            Map.entry("ntp", Door.udp(123)),
            Map.entry("syslog", Door.udp(514)));

    /** The port and protocol on which a service listens. */
    private record Door(int port, Protocol protocol) {
        static Door tcp(int port) {
            return new Door(port, Protocol.TCP);
        }

        static Door udp(int port) {
            return new Door(port, Protocol.UDP);
        }
    }

    public Destination {
        Objects.requireNonNull(as);
        Objects.requireNonNull(word);
        Objects.requireNonNull(port);
        Objects.requireNonNull(protocol);
    }

    /** The address that the word is; empty for a name and a place. */
    public Optional<ZonedAddress> address() {
        return ZonedAddress.tryParse(word).filter(address -> as == As.ADDRESS);
    }

    /**
     * Reads one word.
     *
     * @throws InvalidQuery for a wrong port, protocol, address or URL, for a subnet, and for a multicast address or 255.255.255.255
     */
    public static Destination parse(String typed) throws InvalidQuery {
        Matcher url = URL.matcher(typed);
        if (url.matches()) {
            return ofUrl(typed, url);
        }
        if (HALF_A_URL.matcher(typed).matches()) {
            int colon = typed.indexOf(':') + 1;
            throw wrong(
                    say("question.half-a-url", "typed", typed),
                    say("question.half-a-url.next", "url", typed.replaceFirst(":/?", "://")),
                    new Part(typed, colon, typed.startsWith("/", colon) ? colon + 1 : colon));
        }
        refuseSubnet(typed);
        int colon = typed.lastIndexOf(':');
        int slash = ZonedAddress.tryParse(beforeSlash(typed)).isPresent()
                ? typed.indexOf('/')
                : colon < 0 ? -1 : typed.indexOf('/', colon);
        Optional<Protocol> protocol = slash < 0 ? Optional.empty() : Optional.of(protocol(typed, slash + 1));
        return of(new Host(typed, 0, slash < 0 ? typed.length() : slash), protocol, Optional.empty());
    }

    private static String beforeSlash(String typed) {
        int slash = typed.indexOf('/');
        return slash < 0 ? "" : typed.substring(0, slash);
    }

    /** {@code http://user@web:8080/path}. */
    private static Destination ofUrl(String typed, Matcher url) throws InvalidQuery {
        String scheme = url.group(1).toLowerCase(Locale.ROOT);
        Optional<Door> known = Optional.ofNullable(SCHEMES.get(scheme));
        int from = Math.max(url.start(2), typed.lastIndexOf('@', url.end(2)) + 1);
        Host host = new Host(typed, from, url.end(2));
        if (host.text().isEmpty()) {
            throw wrong(
                    say("question.no-host", "typed", typed), say("question.no-host.next"), new Part(typed, from, from));
        }
        Protocol protocol = known.map(Door::protocol).orElse(scheme.equals("udp") ? Protocol.UDP : Protocol.TCP);
        Destination read = of(
                host, Optional.of(protocol), Optional.of(known.map(Door::port).orElse(0)));
        if (read.port().filter(port -> port == 0).isPresent()) {
            throw wrong(
                    say("question.url-without-port", "scheme", scheme),
                    say("question.url-without-port.next", "url", scheme + "://" + host.text() + ":80"),
                    new Part(typed, host.to(), host.to()));
        }
        return read;
    }

    /** The part of what was typed in which the host and the port stand. */
    private record Host(String typed, int from, int to) {
        String text() {
            return typed.substring(from, to);
        }

        /** @param first index in {@link #text()} */
        Part part(int first, int last) {
            return new Part(typed, from + first, from + last);
        }
    }

    /** @param usual the port where none was typed; 0 where a port is required, empty where it is not */
    private static Destination of(Host host, Optional<Protocol> protocol, Optional<Integer> usual) throws InvalidQuery {
        String text = host.text();
        int colon = portSign(host);
        Optional<Integer> port = colon < 0 ? usual : Optional.of(port(host, colon + 1));
        String word = colon < 0 ? text : text.substring(0, colon);
        if (word.startsWith("[") && word.endsWith("]")) {
            word = inBrackets(host, word.substring(1, word.length() - 1));
        }
        if (protocol.isPresent() && port.isEmpty()) {
            throw wrong(
                    say("question.protocol-without-port", "typed", host.typed()),
                    say("question.protocol-without-port.next")
                            .with("word", IpAddress.beforePort(word))
                            .with("protocol", protocol.get()),
                    host.part(text.length(), text.length()));
        }
        Destination read = new Destination(
                as(word),
                word.startsWith(AS_NAME)
                        ? word.substring(AS_NAME.length())
                        : as(word) == As.PLACE_BY_IPV6 ? word.substring(AS_IPV6.length()) : word,
                port,
                port.isPresent() ? protocol.orElse(Protocol.TCP) : Protocol.ICMP);
        if (read.word().isEmpty() && !host.typed().isEmpty()) {
            throw wrong(say("question.no-host", "typed", host.typed()), say("question.no-host.next"), host.part(0, 0));
        }
        read.refuseMany(host);
        return read;
    }

    private static As as(String word) {
        if (ZonedAddress.tryParse(word).isPresent()) {
            return As.ADDRESS;
        }
        return word.startsWith(AS_NAME) ? As.NAME : word.startsWith(AS_IPV6) ? As.PLACE_BY_IPV6 : As.ANY;
    }

    /**
     * The index of the colon before the port. -1 without a port: the colons may be those of an IPv6 address, or of a scope such as {@code pid:42}.
     */
    private static int portSign(Host host) throws InvalidQuery {
        String text = host.text();
        int bracket = text.lastIndexOf(']');
        if (text.startsWith("[") || bracket >= 0) {
            if (!text.startsWith("[")
                    || bracket < 0
                    || !text.substring(bracket + 1).matches("(?s)(?::.*)?")) {
                int at = text.startsWith("[") ? bracket < 0 ? text.length() : bracket + 1 : 0;
                throw wrong(
                        say("question.brackets", "typed", host.typed()),
                        say("question.brackets.next"),
                        host.part(at, text.startsWith("[") && bracket >= 0 ? text.length() : at));
            }
            return text.indexOf(':', bracket);
        }
        int colon = text.lastIndexOf(':');
        boolean none = colon < 0
                || ZonedAddress.tryParse(text).isPresent()
                || SCOPED.matcher(text).matches();
        if (!none
                && IPV6_LIKE.matcher(text).matches()
                && ZonedAddress.tryParse(text.substring(0, colon)).isEmpty()) {
            throw wrong(
                    say("question.no-ipv6-address", "typed", text),
                    say("question.no-ipv6-address.next"),
                    host.part(0, text.length()));
        }
        return none ? -1 : colon;
    }

    private static int port(Host host, int from) throws InvalidQuery {
        String digits = host.text().substring(from);
        boolean number = digits.matches("[0-9]{1,5}");
        int port = number ? Integer.parseInt(digits) : 0;
        if (port >= 1 && port <= LAST_PORT) {
            return port;
        }
        throw wrong(
                say("question.no-port", "typed", host.typed(), "port", digits),
                say("question.no-port.next", "several", digits.matches("[0-9]+[-,:][0-9,-]+")),
                host.part(from, from + digits.length()));
    }

    private static Protocol protocol(String typed, int from) throws InvalidQuery {
        String word = typed.substring(from);
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "tcp" -> Protocol.TCP;
            case "udp" -> Protocol.UDP;
            default ->
                throw wrong(
                        say("question.no-protocol")
                                .with("word", word)
                                .with("icmp", word.toLowerCase(Locale.ROOT).startsWith("icmp")),
                        say("question.no-protocol.next", "url", "http://" + typed),
                        new Part(typed, from, typed.length()));
        };
    }

    private static String inBrackets(Host host, String word) throws InvalidQuery {
        if (ZonedAddress.tryParse(word).filter(one -> one.address().isIpv6()).isEmpty()) {
            throw wrong(
                    say("question.no-ipv6-address", "typed", word),
                    say("question.no-ipv6-address.next"),
                    host.part(1, 1 + word.length()));
        }
        return word;
    }

    /** {@code 10.9.0.0/24}, {@code [fd00::]/64}. */
    private static void refuseSubnet(String typed) throws InvalidQuery {
        String address = beforeSlash(typed).replaceFirst("^\\[(.*)]$", "$1");
        int slash = typed.indexOf('/');
        if (ZonedAddress.tryParse(address).isPresent()
                && typed.substring(slash + 1).matches("[0-9.]+(?::.*)?")) {
            throw wrong(
                    say("question.subnet", "typed", typed),
                    say("question.subnet.next"),
                    new Part(typed, slash, typed.length()));
        }
    }

    /** Refuses addresses of more than one receiver, and a zone without an IPv6 address. */
    private void refuseMany(Host host) throws InvalidQuery {
        int zone = word.indexOf('%');
        if (zone >= 0 && as == As.ANY) {
            int at = host.text().indexOf('%');
            throw wrong(
                    say("question.no-zone", "typed", word),
                    say("question.no-zone.next"),
                    host.part(at, at + word.length() - zone));
        }
        if (BROADCAST.matcher(word).matches()) {
            throw new InvalidQuery(say("question.everybody", "address", word), say("question.many.next"));
        }
        if (address().filter(one -> one.address().isMulticast()).isPresent()) {
            throw new InvalidQuery(say("question.multicast", "address", word), say("question.many.next"));
        }
    }

    private static InvalidQuery wrong(Message said, Message next, Part part) {
        return new InvalidQuery(said, next, Optional.of(part));
    }
}
