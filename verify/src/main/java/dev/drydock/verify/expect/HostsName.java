package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostsEntry;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Message;
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
    public Message statement() {
        return address.map(ip -> say("hosts-file.gives", "place", in, "so", exists, "name", name, "address", ip))
                .orElseGet(() -> say("hosts-file.names", "place", in, "so", exists, "name", name));
    }

    @Override
    public Message denial() {
        return new HostsName(in, name, address, !exists).statement();
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
            return Verdict.notMet(say("hosts-file.no-line", "name", name), Message.verbatim(lines(there)), lines);
        }
        return Verdict.notMet(
                        address.map(ip -> Message.verbatim(ip + " " + name))
                                .orElseGet(() -> say("hosts-file.some-line", "name", name)),
                        there.isEmpty()
                                ? say("hosts-file.no-line", "name", name)
                                : say(
                                        "hosts-file.lines",
                                        "lines",
                                        there.stream().map(HostsName::line).toList()),
                        lines)
                .causedBy(why(source, sameFamily, entries));
    }

    private Optional<Message> why(Evidence source, List<HostsEntry> there, List<HostsEntry> entries) {
        boolean later = address.isPresent()
                && there.stream().anyMatch(entry -> entry.address().equals(address.get()));
        if (later) {
            return Optional.of(say("hosts-file.earlier-line", "name", name));
        }
        Optional<Message> comment = source.excerpt()
                .lines()
                .filter(line -> line.contains("#"))
                .filter(line -> List.of(
                                line.substring(line.indexOf('#') + 1).strip().split("\\s+"))
                        .contains(name))
                .map(line -> say("hosts-file.comment", "name", name))
                .findFirst();
        return comment.or(() -> address.flatMap(ip -> entries.stream()
                .filter(entry -> entry.address().equals(ip) && there.isEmpty())
                .map(entry -> say("hosts-file.other-name", "address", ip, "names", entry.names()))
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
