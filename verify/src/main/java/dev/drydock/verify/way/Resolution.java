package dev.drydock.verify.way;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Attachment;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.HostsEntry;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.probe.DnsOutcome;
import dev.drydock.verify.way.Finding.Broken;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a name means to the place that asks, and why it means nothing. */
record Resolution(Ground ground, Wording words, Scope from, String name) {
    private static final Set<String> WITHOUT_NAMES = Set.of("bridge", "host", "none");

    /** The question to the name server of the place. */
    static ActiveProbe probe(Scope from, String name) {
        return new ActiveProbe.Dns(from, name, Optional.empty());
    }

    /** The address that the place's hosts file or its name server gives. */
    Optional<IpAddress> address() {
        return fromHostsFile().or(() -> outcome().flatMap(outcome -> outcome.addresses().stream()
                .filter(address -> !address.isIpv6())
                .findFirst()));
    }

    String shown() {
        return fromHostsFile().isPresent()
                ? " by /etc/hosts"
                : outcome()
                        .map(outcome -> outcome.line().replaceFirst("^.*server: ", " by the name server "))
                        .orElse("");
    }

    private Optional<IpAddress> fromHostsFile() {
        if (name.equals("localhost")) {
            return Optional.of(new IpAddress("127.0.0.1"));
        }
        return Station.known(ground.facts().hostsFile(from)).stream()
                .flatMap(List::stream)
                .filter(entry ->
                        entry.names().contains(name) && !entry.address().isIpv6())
                .map(HostsEntry::address)
                .findFirst();
    }

    private Optional<DnsOutcome> outcome() {
        return ground.facts().capture(probe(from, name)).map(DnsOutcome::parse);
    }

    /** Why there is no address. */
    Finding missing() {
        Optional<ProbeCapture> capture = ground.facts().capture(probe(from, name));
        Optional<DnsOutcome> outcome = outcome();
        Evidence evidence = new Evidence(
                capture.map(ProbeCapture::command).orElse("getent hosts " + name),
                outcome.map(DnsOutcome::line).orElse(""));
        boolean answeredOtherwise = outcome.filter(one -> one.kind() == DnsOutcome.Kind.COULD_NOT_RUN)
                .isPresent();
        if (capture.isEmpty() || answeredOtherwise) {
            return new Finding.CannotTell("what " + name + " means " + from + " was not asked");
        }
        return dockers(evidence).map(Finding.class::cast).orElseGet(() -> byServer(outcome.orElseThrow(), evidence));
    }

    private Finding byServer(DnsOutcome outcome, Evidence evidence) {
        if (outcome.kind() == DnsOutcome.Kind.NO_SERVER) {
            return new Broken(
                    Cause.NAME_SERVER,
                    "the name " + name + " has no address: "
                            + outcome.line().lines().findFirst().orElse("no name server answers"),
                    evidence,
                    "a name server in resolv.conf that can be reached");
        }
        return new Broken(
                Cause.NAME_UNKNOWN,
                "the name server knows no " + name,
                evidence,
                "another name, or an entry in /etc/hosts");
    }

    private Optional<Broken> dockers(Evidence evidence) {
        Optional<Container> asker = name.contains(".") ? Optional.empty() : asker();
        if (asker.isEmpty()) {
            return Optional.empty();
        }
        if (asker.get().attachments().keySet().stream().allMatch(WITHOUT_NAMES::contains)) {
            return Optional.of(new Broken(
                    Cause.NAME_ON_DEFAULT_BRIDGE,
                    place(asker.get()) + ", and Docker's name server serves only user-defined networks, at 127.0.0.11",
                    evidence,
                    "a user-defined network that both are on"));
        }
        List<Container> owners = owners();
        if (owners.isEmpty()) {
            return Optional.of(new Broken(
                    Cause.NAME_UNKNOWN,
                    "no container has the name or alias " + name,
                    evidence,
                    "a container of that name, or the alias " + name + " for one"));
        }
        if (owners.stream().anyMatch(owner -> isNamed(asker.get(), owner))) {
            return Optional.empty();
        }
        Container owner = owners.get(0);
        if (!owner.running()) {
            return Optional.of(new Broken(
                    Cause.NAME_OF_STOPPED,
                    owner.name() + " is not running (" + Places.condition(owner) + ")",
                    evidence,
                    "starting " + owner.name(),
                    "docker start " + owner.name()));
        }
        String network = asker.get().attachments().keySet().stream()
                .filter(one -> !WITHOUT_NAMES.contains(one))
                .findFirst()
                .orElse("NETWORK");
        return Optional.of(new Broken(
                Cause.NAME_ON_ANOTHER_NETWORK,
                asker.get().name() + " is on "
                        + Gates.networks(asker.get().attachments().keySet()) + ", " + owner.name() + " on "
                        + Gates.networks(owner.attachments().keySet()),
                evidence,
                "a user-defined network that both are on",
                "docker network connect " + network + " " + owner.name()));
    }

    private Optional<Container> asker() {
        if (from.kind() != Scope.Kind.CONTAINER) {
            return Optional.empty();
        }
        return Places.container(ground, from).filter(Container::running).flatMap(container -> {
            String mode = container.networkMode();
            return mode.startsWith("container:")
                    ? all().stream()
                            .filter(other -> ("container:" + other.id()).startsWith(mode)
                                    || mode.equals("container:" + other.name()))
                            .findFirst()
                    : Optional.of(container);
        });
    }

    private static String place(Container asker) {
        String mode = asker.networkMode();
        return mode.equals("host") || mode.equals("none")
                ? asker.name() + " was started with --net " + mode
                : asker.name() + " is on the default bridge";
    }

    private List<Container> all() {
        return Ground.found(ground.facts().host(from)).map(Ground::containers).orElse(List.of());
    }

    private List<Container> owners() {
        return all().stream()
                .filter(container -> container.name().equals(name)
                        || container.attachments().values().stream()
                                .map(Attachment::aliases)
                                .anyMatch(aliases -> aliases.contains(name)))
                .toList();
    }

    private boolean isNamed(Container asker, Container owner) {
        Set<String> shared = new TreeSet<>(owner.attachments().keySet());
        shared.retainAll(asker.attachments().keySet());
        shared.removeAll(WITHOUT_NAMES);
        return owner.running()
                && shared.stream()
                        .map(owner.attachments()::get)
                        .anyMatch(attachment -> owner.name().equals(name)
                                || attachment.aliases().contains(name));
    }
}
