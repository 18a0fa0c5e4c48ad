package dev.drydock.verify.probe;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.NameAnswer;
import dev.drydock.verify.words.Complaint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Builds DNS queries and parses the answers in their wire format (RFC 1035). */
final class DnsMessage {
    private static final int TYPE_A = 1;
    private static final int TYPE_CNAME = 5;
    private static final int TYPE_AAAA = 28;

    private final byte[] bytes;
    private int at;

    private DnsMessage(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Whether the name can be put into a query. */
    static boolean isName(String name) {
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return !bare.isEmpty()
                && bare.length() <= 253
                && bare.chars().allMatch(c -> c > ' ' && c < 127)
                && List.of(bare.split("\\.", -1)).stream().allMatch(label -> !label.isEmpty() && label.length() <= 63);
    }

    /**
     * Parses an answer.
     *
     * @param hex the answer as {@code od -An -v -tx1} prints it: {@code  12 34 81 80 00 01}
     * @param id the id of the query
     * @param name the queried name
     * @throws Complaint when it is no answer to this query
     */
    static NameAnswer answer(String hex, String server, int id, String name) {
        String digits = hex.replaceAll("\\s", "");
        if (!digits.matches("(?:[0-9a-f]{2}){12,}")) {
            throw new Complaint(say("dns.no-message"));
        }
        byte[] bytes = new byte[digits.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
        }
        try {
            return new DnsMessage(bytes).answer(server, id, name);
        } catch (ArrayIndexOutOfBoundsException | StringIndexOutOfBoundsException cutOff) {
            throw new Complaint(say("dns.cut-off"), cutOff);
        }
    }

    /**
     * The id of a message in hex.
     *
     * @throws Complaint when the text is no message
     */
    static int id(String hex) {
        String digits = hex.replaceAll("\\s", "");
        if (!digits.matches("[0-9a-f]{4}.*")) {
            throw new Complaint(say("dns.no-message"));
        }
        return Integer.parseInt(digits.substring(0, 4), 16);
    }

    private NameAnswer answer(String server, int id, String name) {
        if (number() != id) {
            throw new Complaint(say("dns.another-question"));
        }
        int flags = number();
        int status = flags & 15;
        if ((flags & 0x8000) == 0) {
            throw new Complaint(say("dns.question"));
        }
        if ((flags & 0x200) != 0) {
            throw new Complaint(say("dns.too-long"));
        }
        int questions = number();
        int answers = number();
        at += 4;
        for (int i = 0; i < questions; i++) {
            String asked = name();
            String wanted = name.endsWith(".") ? name : name + ".";
            if (!asked.toLowerCase(Locale.ROOT).equals(wanted.toLowerCase(Locale.ROOT))) {
                throw new Complaint(say("dns.another-question"));
            }
            at += 4;
        }
        List<NameAnswer.Entry> records = new ArrayList<>();
        for (int i = 0; i < answers; i++) {
            String owner = name();
            int type = number();
            at += 2;
            long ttl = (long) number() << 16 | number();
            int length = number();
            int next = at + length;
            Optional<IpAddress> address =
                    switch (type) {
                        case TYPE_A -> Optional.of(address(4));
                        case TYPE_AAAA -> Optional.of(address(16));
                        default -> Optional.empty();
                    };
            String shown =
                    switch (type) {
                        case TYPE_A -> "A " + address.orElseThrow();
                        case TYPE_AAAA -> "AAAA " + address.orElseThrow();
                        case TYPE_CNAME -> "CNAME " + name();
                        default -> "TYPE" + type + " (" + length + " bytes)";
                    };
            records.add(new NameAnswer.Entry(owner, ttl, shown, address));
            at = next;
        }
        return new NameAnswer(status, server, records);
    }

    private int number() {
        return (bytes[at++] & 0xff) << 8 | (bytes[at++] & 0xff);
    }

    private IpAddress address(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i += length == 4 ? 1 : 2) {
            text.append(i == 0 ? "" : length == 4 ? "." : ":");
            text.append(length == 4 ? Integer.toString(bytes[at + i] & 0xff) : hexGroup(at + i));
        }
        return IpAddress.parse(text.toString());
    }

    private String hexGroup(int from) {
        return Integer.toHexString((bytes[from] & 0xff) << 8 | (bytes[from + 1] & 0xff));
    }

    /** Reads a name: labels up to a zero byte. Two set bits mark a pointer to an earlier place; a loop of pointers is cut off. */
    private String name() {
        StringBuilder name = new StringBuilder();
        int read = at;
        int after = -1;
        for (int hops = 0; hops < 128; hops++) {
            int length = bytes[read++] & 0xff;
            if (length == 0) {
                at = after < 0 ? read : after;
                return name.length() == 0 ? "." : name.toString();
            }
            if (length >= 0xc0) {
                int target = (length & 0x3f) << 8 | (bytes[read++] & 0xff);
                after = after < 0 ? read : after;
                read = target;
            } else {
                for (int i = 0; i < length; i++) {
                    char c = (char) (bytes[read++] & 0xff);
                    name.append(c > ' ' && c < 127 ? c : '?');
                }
                name.append('.');
            }
        }
        throw new Complaint(say("dns.circles"));
    }
}
