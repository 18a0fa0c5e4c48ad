package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** {@code sysctl: {in: host, key: net.ipv4.ip_forward, value: 1}}. White space inside a value counts as one space. */
public record SysctlValue(Scope in, String key, String value) implements Expectation {
    @Override
    public Message statement() {
        return is(true);
    }

    @Override
    public Message denial() {
        return is(false);
    }

    private Message is(boolean so) {
        Object place = in.equals(Scope.LAB_HOST) ? "" : in;
        return say("sysctl.is", "setting", key, "place", place, "so", so, "value", folded(value));
    }

    @Override
    public Set<String> sysctls() {
        return Set.of(key);
    }

    @Override
    public Set<Scope> places() {
        return Set.of(in);
    }

    @Override
    public Verdict judge(Facts facts) {
        return ScopeLookup.judge(facts, in, Namespace::sysctls, all -> judge(facts, all));
    }

    private Verdict judge(Facts facts, Map<String, String> all) {
        String command = ScopeCommands.in(facts, in, LearnerCommand.sysctl(key));
        if (!all.containsKey(key)) {
            return Verdict.cannotTell(say("sysctl.unread", "setting", key), new Evidence(command, ""));
        }
        String found = folded(all.get(key));
        Evidence line = new Evidence(command, key + " = " + found);
        return found.equals(folded(value))
                ? Verdict.met(line)
                : Verdict.notMet(shown(folded(value)), shown(found), line).causedBy(elsewhere(facts));
    }

    private Message shown(String of) {
        return say("sysctl.value", "setting", key, "value", of);
    }

    /** The cause that the sysctl has the wanted value in another namespace; each namespace has its own. */
    private Optional<Message> elsewhere(Facts facts) {
        return key.startsWith("net.")
                ? others(facts)
                        .filter(place -> ScopeLookup.find(facts, place)
                                .flatMap(namespace -> namespace.sysctls().toOptional())
                                .filter(all -> folded(value).equals(folded(all.getOrDefault(key, ""))))
                                .isPresent())
                        .findFirst()
                        .map(place -> say("sysctl.elsewhere", "place", place, "value", folded(value)))
                : Optional.empty();
    }

    /** The namespaces to look in: for the lab host the named ones, for any other namespace the lab host. */
    private Stream<Scope> others(Facts facts) {
        return in.kind() == Scope.Kind.HOST
                ? ScopeLookup.host(facts, in.host())
                        .flatMap(host -> host.namespaces().toOptional())
                        .stream()
                        .flatMap(List::stream)
                        .flatMap(namespace -> namespace.names().stream())
                        .filter(name -> name.kind() == Scope.Kind.NETNS)
                        .map(name -> new Scope(in.host(), name.kind(), name.name()))
                : Stream.of(new Scope(in.host(), Scope.Kind.HOST, ""));
    }

    private static String folded(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
