package dev.drydock.verify.probe;

import dev.drydock.verify.facts.ActiveProbe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Scripts for a lab host on which a {@link Sweep} runs: they tell it for which of its probes nobody need wait any longer. */
public final class GivingUp {
    private static final String GIVE_UP = Sweep.resource("give-up.sh");
    private static final String SERVERS_ASKED = Sweep.resource("servers-asked.sh");

    private final String nonce;
    private final List<ProbeScriptLine> askings;

    GivingUp(String nonce, List<ProbeScriptLine> askings) {
        this.nonce = nonce;
        this.askings = List.copyOf(askings);
    }

    /**
     * A script that ends these probes.
     *
     * @param hopeless these probes, each with the interface by which its packet leaves the lab host; an empty text where it does not leave; for
     *     those that ask for a name, the servers that are asked in vain, a space between them
     * @return empty where none of them is a probe of the sweep
     */
    public Optional<String> script(Map<ActiveProbe, String> hopeless) {
        String numbers = askings.stream()
                .filter(asking -> hopeless.containsKey(asking.probe()))
                .map(asking -> "[" + asking.number() + "]=" + ProbeScriptLine.quoted(hopeless.get(asking.probe())))
                .collect(Collectors.joining(" "));
        return numbers.isEmpty()
                ? Optional.empty()
                : Optional.of("NONCE=" + nonce + " LOST=(" + numbers + ")\n" + GIVE_UP);
    }

    /** A script that tells which name servers the probes ask at the moment; empty where none of them asks for a name. */
    public Optional<String> serversAsked() {
        return askings.stream()
                        .map(ProbeScriptLine::probe)
                        .anyMatch(probe -> probe instanceof ActiveProbe.Dns || probe instanceof ActiveProbe.DnsSpread)
                ? Optional.of("NONCE=" + nonce + "\n" + SERVERS_ASKED)
                : Optional.empty();
    }

    /** The name servers of each probe. @param out the output of {@link #serversAsked()} */
    public Map<ActiveProbe, List<String>> serversAsked(String out) {
        Map<ActiveProbe, List<String>> servers = new LinkedHashMap<>();
        for (String line : out.lines().toList()) {
            List<String> words = List.of(line.split(" "));
            askings.stream()
                    .filter(asking -> Integer.toString(asking.number()).equals(words.get(0)))
                    .forEach(asking -> servers.put(asking.probe(), words.subList(1, words.size())));
        }
        return servers;
    }
}
