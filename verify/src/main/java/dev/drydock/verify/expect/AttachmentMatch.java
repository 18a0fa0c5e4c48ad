package dev.drydock.verify.expect;

import dev.drydock.verify.facts.Attachment;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.words.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a container's places on Docker's networks compare with the wanted ones. A stopped container has no address, whatever is recorded. */
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
                            "on network " + network,
                            "on " + PlaceWords.list(container.attachments().keySet(), "no network"),
                            Containers.whatItsModeMeans(container, "", all).map(Words::text));
            return;
        }
        String where = " on " + network;
        place.address().ifPresent(wanted -> address(List.of(attachment), wanted, where));
        place.mac().ifPresent(wanted -> mac(List.of(attachment), wanted, where));
        if (!place.aliases().isEmpty()) {
            comparison
                    .looking(Containers.inspect(
                            container.name(),
                            "{{(index .NetworkSettings.Networks \"" + network + "\").Aliases}}",
                            "[" + String.join(" ", attachment.aliases()) + "]"))
                    .that(
                            attachment.aliases().containsAll(place.aliases()),
                            PlaceWords.list(place.aliases(), "") + " as alias" + where,
                            PlaceWords.list(attachment.aliases(), "nothing") + " as alias" + where);
        }
    }

    private void address(List<Attachment> candidates, IpAddress wanted, String where) {
        List<IpAddress> found = current(candidates).stream()
                .flatMap(attachment -> attachment.address().stream())
                .toList();
        List<String> elsewhere = current(List.copyOf(container.attachments().values())).stream()
                .flatMap(attachment ->
                        attachment.address().stream().map(address -> address + " on " + attachment.network()))
                .toList();
        comparison
                .looking(Containers.inspect(
                        container.name(),
                        "{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}",
                        container.attachments().values().stream()
                                .flatMap(attachment -> attachment.address().stream())
                                .map(IpAddress::toString)
                                .collect(Collectors.joining(" "))))
                .that(
                        found.contains(wanted),
                        "address " + wanted + where,
                        found.isEmpty()
                                ? elsewhere.isEmpty()
                                        ? "no address" + where
                                        : "address " + PlaceWords.list(elsewhere, "")
                                : "address " + PlaceWords.list(found, "") + where,
                        whyNoAddress().or(() -> holder(wanted)));
    }

    private void mac(List<Attachment> candidates, MacAddress wanted, String where) {
        List<MacAddress> found = current(candidates).stream()
                .flatMap(attachment -> attachment.mac().stream())
                .toList();
        List<String> elsewhere = current(List.copyOf(container.attachments().values())).stream()
                .flatMap(attachment -> attachment.mac().stream().map(other -> other + " on " + attachment.network()))
                .toList();
        comparison
                .looking(Containers.inspect(
                        container.name(),
                        "{{range .NetworkSettings.Networks}}{{.MacAddress}} {{end}}",
                        container.attachments().values().stream()
                                .flatMap(attachment -> attachment.mac().stream())
                                .map(MacAddress::toString)
                                .collect(Collectors.joining(" "))))
                .that(
                        found.contains(wanted),
                        "MAC " + wanted + where,
                        found.isEmpty()
                                ? elsewhere.isEmpty() ? "no MAC" + where : "MAC " + PlaceWords.list(elsewhere, "")
                                : "MAC " + PlaceWords.list(found, "") + where,
                        whyNoAddress());
    }

    private List<Attachment> current(List<Attachment> candidates) {
        return container.running() ? candidates : List.of();
    }

    private Optional<String> whyNoAddress() {
        return container.running()
                ? Containers.whatItsModeMeans(container, "", all).map(Words::text)
                : Optional.of("it is not running (" + Words.text(Containers.condition(container))
                        + "); a container has an address only while it runs");
    }

    private Optional<String> holder(IpAddress wanted) {
        return all.stream()
                .filter(other -> other.running() && !other.name().equals(container.name()))
                .filter(other -> other.attachments().values().stream()
                        .anyMatch(attachment -> attachment.address().equals(Optional.of(wanted))))
                .map(other -> wanted + " belongs to " + other.name())
                .findFirst();
    }
}
