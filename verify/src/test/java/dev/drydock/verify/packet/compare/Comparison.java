package dev.drydock.verify.packet.compare;

import dev.drydock.verify.ProbeOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sends packets through a ruleset and has the model follow the same packets through what the sweep reads of it. */
record Comparison(TestNetwork network) {

    /**
     * Loads the ruleset and compares every packet.
     *
     * @return one entry for each packet; empty where the kernel refused the ruleset
     */
    Optional<List<Compared>> of(Setup setup, List<TestPacket> packets) {
        if (!network.load(setup).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(compare(packets));
    }

    /**
     * The same for rules that a bash loads.
     *
     * @throws IllegalArgumentException with what that bash printed, which must be nothing
     */
    List<Compared> of(String bash, List<TestPacket> packets) {
        String refused = network.load(new Setup(List.of()));
        ProbeOutput loaded = network.run(bash, Duration.ofMinutes(1));
        refused += loaded.out() + loaded.err();
        if (!refused.isEmpty()) {
            throw new IllegalArgumentException(refused + "\n" + bash);
        }
        return compare(packets);
    }

    private List<Compared> compare(List<TestPacket> packets) {
        List<String> seen = network.send(packets);
        List<Compared> all = new ArrayList<>();
        Foresight foresight;
        try {
            foresight = Foresight.read(network);
        } catch (RuntimeException thrown) {
            for (int i = 0; i < packets.size(); i++) {
                all.add(Compared.failed(packets.get(i), seen.get(i), thrown));
            }
            return all;
        }
        for (int i = 0; i < packets.size(); i++) {
            all.add(one(foresight, packets.get(i), seen.get(i)));
        }
        return all;
    }

    private static Compared one(Foresight foresight, TestPacket packet, String seen) {
        try {
            return Compared.of(packet, foresight.of(packet), seen);
        } catch (RuntimeException thrown) {
            return Compared.failed(packet, seen, thrown);
        }
    }
}
