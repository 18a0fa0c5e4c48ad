package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.Attachment;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.words.Message;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares a container's attachments to Docker networks with the wanted ones. A stopped container has no address, even where Docker still records
 * one.
 */
record AttachmentMatch(Comparison comparison, Container container, List<Container> all) {

    void compare(
            Optional<String> mode,
            Optional<IpAddress> address,
            Optional<MacAddress> mac,
            Map<String, NetworkPlace> networks) {
        List<Attachment> candidates = container.attachments().values().stream()
                .filter(attachment -> mode.map(m -> m.equals("default") ? "bridge" : m)
                        .map(attachment.network()::equals)
                        .orElse(true))
                .toList();
        address.ifPresent(wanted -> address(candidates, wanted, ""));
        mac.ifPresent(wanted -> mac(candidates, wanted, ""));
        networks.forEach(this::network);
    }

    private void network(String network, NetworkPlace place) {
        Attachment attachment = container.attachments().get(network);
        if (attachment == null) {
            comparison
                    .looking(Containers.inspect(
                            container.name(),
                            "{{range $name, $place := .NetworkSettings.Networks}}{{$name}} {{end}}",
                            String.join(" ", container.attachments().keySet())))
                    .that(
                            false,
                            say("container.on-network", "network", network),
                            say("container.on-networks")
                                    .with("networks", container.attachments().keySet()),
                            Containers.whatItsModeMeans(container, "", all));
            return;
        }
        place.address().ifPresent(wanted -> address(List.of(attachment), wanted, network));
        place.mac().ifPresent(wanted -> mac(List.of(attachment), wanted, network));
        if (!place.aliases().isEmpty()) {
            comparison
                    .looking(Containers.inspect(
                            container.name(),
                            "{{(index .NetworkSettings.Networks \"" + network + "\").Aliases}}",
                            "[" + String.join(" ", attachment.aliases()) + "]"))
                    .that(
                            attachment.aliases().containsAll(place.aliases()),
                            say("container.aliases", "aliases", place.aliases(), "network", network),
                            say("container.aliases", "aliases", attachment.aliases(), "network", network));
        }
    }

    private void address(List<Attachment> candidates, IpAddress wanted, String network) {
        compare(
                candidates,
                Attachment::address,
                wanted,
                "{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}",
                "address",
                network,
                whyNoAddress().or(() -> holder(wanted)));
    }

    private void mac(List<Attachment> candidates, MacAddress wanted, String network) {
        compare(
                candidates,
                Attachment::mac,
                wanted,
                "{{range .NetworkSettings.Networks}}{{.MacAddress}} {{end}}",
                "mac",
                network,
                whyNoAddress());
    }

    /**
     * @param what the kind of address, as the key of its sentence
     * @param network the network on which it is wanted; an empty text for any
     */
    private <T> void compare(
            List<Attachment> candidates,
            Function<Attachment, Optional<T>> of,
            T wanted,
            String format,
            String what,
            String network,
            Optional<Message> why) {
        Collection<Attachment> places = container.attachments().values();
        List<T> found = addresses(container.running() ? candidates : List.of(), of);
        List<Message> elsewhere = (container.running() ? places : List.<Attachment>of())
                .stream()
                        .flatMap(place -> of.apply(place).stream()
                                .map(one -> say("container.place", "address", one, "network", place.network())))
                        .toList();
        comparison
                .looking(Containers.inspect(
                        container.name(),
                        format,
                        addresses(places, of).stream().map(String::valueOf).collect(Collectors.joining(" "))))
                .that(
                        found.contains(wanted),
                        say("container.attached." + what, "addresses", List.of(wanted), "network", network),
                        found.isEmpty() && !elsewhere.isEmpty()
                                ? say("container.attached." + what, "addresses", elsewhere, "network", "")
                                : say("container.attached." + what, "addresses", found, "network", network),
                        why);
    }

    private static <T> List<T> addresses(Collection<Attachment> places, Function<Attachment, Optional<T>> of) {
        return places.stream().flatMap(place -> of.apply(place).stream()).toList();
    }

    private Optional<Message> whyNoAddress() {
        return container.running()
                ? Containers.whatItsModeMeans(container, "", all)
                : Optional.of(say("container.address-only-running", "condition", container.condition()));
    }

    private Optional<Message> holder(IpAddress wanted) {
        return all.stream()
                .filter(other -> other.running() && !other.name().equals(container.name()))
                .filter(other -> other.attachments().values().stream()
                        .anyMatch(attachment -> attachment.address().equals(Optional.of(wanted))))
                .map(other -> say("container.address-of", "address", wanted, "container", other.name()))
                .findFirst();
    }
}
