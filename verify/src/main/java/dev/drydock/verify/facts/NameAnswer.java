package dev.drydock.verify.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One answer of a name server.
 *
 * @param status the response code (RFC 1035, 4.1.1): 0 where it knows the name, {@link #NO_SUCH_NAME}, {@link #REFUSED} …
 * @param server the address of the server as it was asked
 * @param records in the order of the answer
 */
public record NameAnswer(int status, String server, List<Entry> records) {
    /** NXDOMAIN. */
    public static final int NO_SUCH_NAME = 3;

    public static final int REFUSED = 5;

    private static final String ALIAS = "CNAME ";

    private static final List<String> STATUS =
            List.of("NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED");

    /**
     * One resource record.
     *
     * @param owner the name, with a dot at its end
     * @param ttl in seconds
     * @param shown type and value: {@code A 172.20.0.2}, {@code CNAME db.}
     * @param address of a record of type A or AAAA, else empty
     */
    public record Entry(String owner, long ttl, String shown, Optional<IpAddress> address) {}

    public NameAnswer {
        records = List.copyOf(records);
    }

    /** {@code NXDOMAIN}. */
    public String statusName() {
        return status < STATUS.size() ? STATUS.get(status) : "RCODE" + status;
    }

    /** The addresses of a name and of what it is an alias of, in their order; those of other names are nobody's answer. */
    public List<IpAddress> addresses(String name) {
        String owner = dotted(name);
        List<IpAddress> addresses = new ArrayList<>();
        for (Entry record : records) {
            if (!dotted(record.owner()).equals(owner)) {
                continue;
            }
            if (record.shown().startsWith(ALIAS)) {
                owner = dotted(record.shown().substring(ALIAS.length()));
            }
            record.address().ifPresent(addresses::add);
        }
        return addresses;
    }

    private static String dotted(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower : lower + ".";
    }
}
