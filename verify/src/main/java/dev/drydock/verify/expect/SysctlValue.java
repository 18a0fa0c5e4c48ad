package dev.drydock.verify.expect;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Scope;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code sysctl: {in: host, key: net.ipv4.ip_forward, value: 1}}; white space inside a value counts as one blank. */
public record SysctlValue(Scope in, String key, String value) implements Expectation {
    @Override
    public String describe() {
        return key + (in.equals(Scope.LAB_HOST) ? "" : Words.within(in, "")) + " is " + folded(value);
    }

    @Override
    public String describeOpposite() {
        return key + (in.equals(Scope.LAB_HOST) ? "" : Words.within(in, "")) + " is not " + folded(value);
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
        return Sites.within(facts, in, namespace -> Readings.judge(namespace.sysctls(), all -> judge(facts, all)));
    }

    private Verdict judge(Facts facts, Map<String, String> all) {
        String command = Typed.in(facts, in, "sysctl " + key);
        if (!all.containsKey(key)) {
            return Verdict.cannotTell(key + " could not be read", new Evidence(command, ""));
        }
        String found = folded(all.get(key));
        Evidence line = new Evidence(command, key + " = " + found);
        return found.equals(folded(value))
                ? Verdict.met(line)
                : Verdict.notMet(key + " = " + folded(value), key + " = " + found, line)
                        .because(onTheHost(facts));
    }

    /** Network settings belong to a namespace; changing the host's does not change another's. */
    private Optional<String> onTheHost(Facts facts) {
        Scope host = new Scope(in.host(), Scope.Kind.HOST, "");
        return in.kind() == Scope.Kind.HOST || !key.startsWith("net.")
                ? Optional.empty()
                : Sites.find(facts, host)
                        .flatMap(namespace -> Readings.known(namespace.sysctls()))
                        .filter(all -> folded(value).equals(folded(all.getOrDefault(key, ""))))
                        .map(all -> Words.place(host) + " has " + folded(value)
                                + ", but each namespace has a setting of its own");
    }

    private static String folded(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
