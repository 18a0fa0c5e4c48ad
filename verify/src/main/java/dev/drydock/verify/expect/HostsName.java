package dev.drydock.verify.expect;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostsEntry;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code hosts_entry: {in: container:web, name: db, ip: 172.17.0.2}}: what the hosts file makes of a name; of several lines with the
 * name the first one of the address's family is used.
 */
public record HostsName(Scope in, String name, Optional<IpAddress> address, boolean exists) implements Expectation {
    @Override
    public String describe() {
        String file = PlaceWords.possessive(in) + " hosts file ";
        return exists
                ? file
                        + address.map(ip -> "gives " + name + " the address " + ip)
                                .orElse("names " + name)
                : file + "does not "
                        + address.map(ip -> "give " + name + " the address " + ip)
                                .orElse("name " + name);
    }

    @Override
    public String describeOpposite() {
        return new HostsName(in, name, address, !exists).describe();
    }

    @Override
    public Set<Scope> places() {
        return Set.of(in);
    }

    @Override
    public Verdict judge(Facts facts) {
        return ScopeLookup.within(facts, in, namespace -> {
            Reading<List<HostsEntry>> file = facts.hostsFile(in);
            return Readings.judge(file, entries -> judge(file.source(), entries));
        });
    }

    private Verdict judge(Evidence source, List<HostsEntry> entries) {
        List<HostsEntry> there = entries.stream().filter(this::isNamed).toList();
        List<HostsEntry> sameFamily = there.stream()
                .filter(entry -> address.isEmpty()
                        || entry.address().isIpv6() == address.get().isIpv6())
                .toList();
        boolean holds = !sameFamily.isEmpty()
                && (address.isEmpty() || sameFamily.get(0).address().equals(address.get()));
        Evidence lines = new Evidence(source.command(), lines(there.isEmpty() ? entries : there));
        if (holds == exists) {
            return Verdict.met(lines);
        }
        if (!exists) {
            return Verdict.notMet("no line for " + name, lines(there), lines);
        }
        return Verdict.notMet(
                        address.map(ip -> ip + " " + name).orElse("a line for " + name),
                        there.isEmpty()
                                ? "no line for " + name
                                : PlaceWords.list(
                                        there.stream().map(HostsName::line).toList(), ""),
                        lines)
                .because(why(source, sameFamily, entries));
    }

    private Optional<String> why(Evidence source, List<HostsEntry> there, List<HostsEntry> entries) {
        boolean later = address.isPresent()
                && there.stream().anyMatch(entry -> entry.address().equals(address.get()));
        if (later) {
            return Optional.of(
                    "the first line with a name is used, and an earlier one gives " + name + " another address");
        }
        Optional<String> comment = source.excerpt()
                .lines()
                .filter(line -> line.contains("#"))
                .filter(line -> List.of(
                                line.substring(line.indexOf('#') + 1).strip().split("\\s+"))
                        .contains(name))
                .map(line -> "the line with " + name + " is a comment: everything after # is ignored")
                .findFirst();
        return comment.or(() -> address.flatMap(ip -> entries.stream()
                .filter(entry -> entry.address().equals(ip) && there.isEmpty())
                .map(entry -> ip + " has the name " + PlaceWords.list(entry.names(), "") + " there")
                .findFirst()));
    }

    private boolean isNamed(HostsEntry entry) {
        return entry.names().stream().anyMatch(name::equalsIgnoreCase);
    }

    private static String lines(List<HostsEntry> entries) {
        return entries.stream().map(HostsName::line).collect(Collectors.joining("\n"));
    }

    private static String line(HostsEntry entry) {
        return entry.address() + " " + String.join(" ", entry.names());
    }
}
