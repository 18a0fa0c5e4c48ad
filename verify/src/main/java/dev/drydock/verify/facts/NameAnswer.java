package dev.drydock.verify.facts;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

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
    public record Entry(String owner, long ttl, String shown, Optional<IpAddress> address) {
        public Entry {
            Objects.requireNonNull(owner);
            Objects.requireNonNull(shown);
            Objects.requireNonNull(address);
        }
    }

    public NameAnswer {
        Objects.requireNonNull(server);
        records = List.copyOf(records);
    }

    /** {@code status: NXDOMAIN, server: 127.0.0.11}. */
    public String statusLine() {
        return "status: " + (status < STATUS.size() ? STATUS.get(status) : "RCODE" + status) + ", server: " + server;
    }

    /** The status, then {@code rr. 600 IN A 172.20.0.2} for each record, each line ended. */
    public String shown() {
        return records.stream()
                .map(record -> record.owner() + " " + record.ttl() + " IN " + record.shown() + "\n")
                .collect(Collectors.joining("", statusLine() + "\n", ""));
    }
}
