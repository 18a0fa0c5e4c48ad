package dev.drydock.verify.probe;

import dev.drydock.verify.facts.HostsEntry;
import dev.drydock.verify.facts.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A file in the format of {@code /etc/hosts}. */
final class HostsFile {
    private HostsFile() {}

    /** Parses lines such as {@code 172.17.0.2   db 0123456789ab # comment}. Lines that the resolver ignores are skipped. */
    static List<HostsEntry> parse(String text) {
        List<HostsEntry> entries = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            int comment = line.indexOf('#');
            String[] words =
                    (comment < 0 ? line : line.substring(0, comment)).strip().split("\\s+");
            Optional<IpAddress> address = IpAddress.tryParse(words[0]);
            if (address.isPresent() && words.length > 1) {
                entries.add(new HostsEntry(address.get(), List.of(words).subList(1, words.length)));
            }
        }
        return entries;
    }
}
