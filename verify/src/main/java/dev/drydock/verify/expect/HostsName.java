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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code hosts_entry: {in: container:web, name: db, ip: 172.17.0.2}}: the address that the hosts file gives a name. Of several lines with the name
 * the first one of the address's version of IP counts, and {@code ::1} before all others.
 */
public record HostsName(Scope in, String name, Optional<IpAddress> address, boolean exists) implements Expectation {
    /** Programs that want IPv4 get this address as 127.0.0.1; others try it first. */
    private static final IpAddress LOOPBACK = new IpAddress("::1");

    private static final IpAddress AS_IPV4 = new IpAddress("127.0.0.1");

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
                        || entry.address().equals(LOOPBACK)
                        || entry.address().isIpv6() == address.get().isIpv6())
                .sorted(Comparator.comparing(entry -> !entry.address().equals(LOOPBACK)))
                .toList();
        boolean holds = !sameFamily.isEmpty() && (address.isEmpty() || gives(sameFamily.get(0), address.get()));
        Evidence lines = new Evidence(source.command(), mentioned(source.excerpt()));
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
                                : say("hosts-file.lines")
                                        .with(
                                                "lines",
                                                there.stream()
                                                        .map(HostsName::line)
                                                        .toList()),
                        lines)
                .causedBy(why(source, sameFamily, entries));
    }

    private static boolean gives(HostsEntry line, IpAddress address) {
        return line.address().equals(address) || (line.address().equals(LOOPBACK) && address.equals(AS_IPV4));
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

    /** The lines of the file with the name; where there are none those with the address, else all lines. */
    private String mentioned(String file) {
        List<String> lines = file.lines().filter(line -> !line.isBlank()).toList();
        for (String word : Stream.concat(Stream.of(name), address.stream().map(IpAddress::text))
                .toList()) {
            List<String> with = lines.stream()
                    .filter(line -> Stream.of(line.strip().split("[\\s#]+")).anyMatch(word::equalsIgnoreCase))
                    .toList();
            if (!with.isEmpty()) {
                return String.join("\n", with);
            }
        }
        return String.join("\n", lines);
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
