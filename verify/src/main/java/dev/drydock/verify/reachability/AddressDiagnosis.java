package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.InterfaceAddress;
import dev.drydock.verify.facts.InterfaceAddress.Detection;
import dev.drydock.verify.facts.InterfaceSetting;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.reachability.StepFinding.Broken;
import java.util.List;
import java.util.Optional;

/** Explains why an interface has no usable address of one version of IP. */
record AddressDiagnosis(NetworkModel model, PathWording words) {

    /** The finding for an interface without an address. The cause may also be an IPv6 sysctl or a duplicate address. */
    StepFinding without(Interface wire, boolean ipv6) {
        return ipv6 ? kept(wire).orElseGet(() -> none(wire, true)) : none(wire, false);
    }

    private Broken none(Interface wire, boolean ipv6) {
        boolean other = !wire.addresses(!ipv6).isEmpty();
        return new Broken(
                        Cause.NO_ADDRESS,
                        !ipv6
                                ? say(other ? "broken.no-ipv4-address" : "broken.no-address")
                                        .with("interface", words.end(wire))
                                : say("broken.no-ipv6-address")
                                        .with("interface", words.end(wire))
                                        .with("linkLocal", wire.hasLinkLocal()),
                        new InterfaceDiagnosis(words).links(wire),
                        say(ipv6 ? "mend.ipv6-address" : "mend.address", "interface", words.end(wire)))
                .at(wire);
    }

    /**
     * What prevents a usable global IPv6 address on the interface: {@code disable_ipv6}, or duplicate address detection. Empty where nothing does.
     */
    Optional<StepFinding> kept(Interface wire) {
        String setting = InterfaceSetting.ipv6(wire.name(), "disable_ipv6");
        if (model.setting(wire.at(), setting).orElse(0) == 1) {
            return Optional.of(new Broken(
                            Cause.IPV6_OFF,
                            say("broken.ipv6-off", "interface", words.end(wire), "setting", setting),
                            words.setting(wire.at(), setting, "1"),
                            say("mend.ipv6-on", "setting", setting, "place", words.place(wire.at())))
                    .at(wire));
        }
        return found(wire, Detection.FAILED)
                .<StepFinding>map(address -> new Broken(
                                Cause.DUPLICATE_ADDRESS,
                                say("broken.address-taken")
                                        .with("interface", words.end(wire))
                                        .with("address", address.address().address())
                                        .with("holders", holders(wire, address)),
                                new InterfaceDiagnosis(words).links(wire),
                                say("mend.duplicate-address"))
                        .at(wire))
                .or(() -> found(wire, Detection.RUNNING)
                        .map(address -> new StepFinding.CannotTell(say("unclear.tentative")
                                .with("address", address.address().address())
                                .with("interface", words.end(wire)))));
    }

    private static Optional<InterfaceAddress> found(Interface wire, Detection detection) {
        return wire.link().addresses().stream()
                .filter(own -> own.scope().equals("global") && own.detection() == detection)
                .findFirst();
    }

    /** The other interfaces that have this address. */
    private List<?> holders(Interface wire, InterfaceAddress address) {
        return model.holders(address.address().address()).stream()
                .filter(end -> !end.equals(wire))
                .map(words::end)
                .toList();
    }
}
