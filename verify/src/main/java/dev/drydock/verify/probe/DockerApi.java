package dev.drydock.verify.probe;

import static dev.drydock.verify.words.Message.say;

import com.google.gson.JsonObject;
import dev.drydock.verify.facts.Attachment;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.DockerNetwork;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.facts.PortMapping;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.words.Complaint;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parsers for the JSON of the Docker Engine API, versions 20.10 to 29. Each throws a Complaint on other text. */
final class DockerApi {
    private static final Pattern PORT = Pattern.compile("(\\d{1,5})/([a-z]+)");

    private DockerApi() {}

    /** One answer of the engine. */
    record Answer(int status, String body) {
        /** The engine's error message: {@code {"message":"No such container: web"}}. */
        Message complaint() {
            try {
                Optional<String> told = Json.text(Json.object(body), "message");
                if (told.isPresent()) {
                    return Message.verbatim(told.get());
                }
            } catch (Complaint notJson) {
                // Then only the status says something.
            }
            return say("docker.status", "status", status);
        }
    }

    /**
     * Splits the output of one curl for several requests: {@code BODY GS 200 GS BODY GS 404 GS}.
     *
     * @throws Complaint when the output is cut off
     */
    static List<Answer> answers(String text) {
        String[] parts = text.split("\u001d", -1);
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i + 1 < parts.length; i += 2) {
            if (!parts[i + 1].matches("[0-9]{3}")) {
                throw new Complaint(say("docker.answers-cut-off"));
            }
            answers.add(new Answer(Integer.parseInt(parts[i + 1]), parts[i]));
        }
        return answers;
    }

    /**
     * Reads {@code GET /containers/ID/json}, which {@code docker inspect} prints.
     *
     * <p>{@code {"Id":"4c01…","State":{"Status":"running","Running":true,…,"Pid":4242,"ExitCode":0,…},"Name":"/web",…,
     * "HostConfig":{…,"NetworkMode":"default",…},"Config":{…,"Image":"busybox",…},"NetworkSettings":{…,"Ports":{},…,"Networks":{"bridge":
     * {…,"Aliases":null,…,"Gateway":"172.17.0.1","IPAddress":"172.17.0.2","IPPrefixLen":16,…,"MacAddress":"02:42:ac:11:00:02",…}}}}}
     *
     * @param networkNames the networks' names by id, because a container may have been started with an id
     */
    static Container container(String text, Map<String, String> networkNames, Function<String, Reading<String>> logs) {
        JsonObject object = Json.object(text);
        JsonObject state = Json.inside(object, "State");
        JsonObject settings = Json.inside(object, "NetworkSettings");
        String name = bareName(Json.required(object, "Name"));
        String mode =
                Json.text(Json.inside(object, "HostConfig"), "NetworkMode").orElse("default");
        Map<String, Attachment> attachments = new LinkedHashMap<>();
        JsonObject networks = Json.inside(settings, "Networks");
        for (String network : networks.keySet()) {
            attachments.put(network, attachment(network, Json.inside(networks, network)));
        }
        return new Container(
                Json.required(object, "Id"),
                name,
                Json.text(Json.inside(object, "Config"), "Image").orElse(""),
                Json.required(state, "Status"),
                Json.flag(state, "Running"),
                Json.number(state, "ExitCode").orElse(0),
                Json.number(state, "Pid").orElse(0),
                mode.equals("default") ? "bridge" : networkNames.getOrDefault(mode, mode),
                attachments,
                new Container.Ports(
                        published(Json.inside(settings, "Ports")),
                        List.copyOf(Json.inside(Json.inside(object, "Config"), "ExposedPorts")
                                .keySet()),
                        published(Json.inside(Json.inside(object, "HostConfig"), "PortBindings"))),
                links(Json.texts(Json.inside(object, "HostConfig"), "Links")),
                Json.text(state, "Error").orElse(""),
                logs.apply(name));
    }

    private static Attachment attachment(String network, JsonObject object) {
        Optional<IpAddress> ipv4 = address(object, "IPAddress");
        Optional<IpAddress> ipv6 = address(object, "GlobalIPv6Address");
        boolean six = ipv4.isEmpty() && ipv6.isPresent();
        Set<String> aliases = new LinkedHashSet<>(Json.texts(object, "Aliases"));
        // from 26 on, with the container's own name among them
        aliases.addAll(Json.texts(object, "DNSNames"));
        return new Attachment(
                network,
                six ? ipv6 : ipv4,
                Json.number(object, six ? "GlobalIPv6PrefixLen" : "IPPrefixLen").orElse(0),
                address(object, six ? "IPv6Gateway" : "Gateway"),
                Json.text(object, "MacAddress").map(MacAddress::parse),
                List.copyOf(aliases));
    }

    /** {@code "Links":["/db00:/app00/db"]}: the other container, then this one and the name under which it knows the other. */
    private static Map<String, String> links(List<String> texts) {
        Map<String, String> links = new LinkedHashMap<>();
        for (String text : texts) {
            int colon = text.indexOf(':');
            if (colon < 0) {
                throw new Complaint(say("output.no-link", "text", Json.beginning(text)));
            }
            links.put(text.substring(text.lastIndexOf('/') + 1), bareName(text.substring(0, colon)));
        }
        return links;
    }

    /** {@code "80/tcp":[{"HostIp":"0.0.0.0","HostPort":"8080"}]}; a port that is only exposed has null, one that Docker chooses no number. */
    private static List<PortMapping> published(JsonObject ports) {
        List<PortMapping> published = new ArrayList<>();
        for (String inside : ports.keySet()) {
            Matcher port = PORT.matcher(inside);
            if (!port.matches()) {
                throw new Complaint(say("output.no-port", "text", Json.beginning(inside)));
            }
            for (JsonObject outside : Json.objects(ports, inside)) {
                Optional<String> number = Json.text(outside, "HostPort").filter(text -> text.matches("[0-9]{1,5}"));
                number.ifPresent(text -> published.add(new PortMapping(
                        Json.text(outside, "HostIp")
                                .filter(host -> !host.isEmpty())
                                .orElse("0.0.0.0"),
                        Integer.parseInt(text),
                        port.group(2),
                        Integer.parseInt(port.group(1)))));
            }
        }
        return published;
    }

    /**
     * Reads {@code GET /networks}, which {@code docker network inspect} prints.
     *
     * <p>{@code [{"Name":"bridge","Id":"9a07…",…,"Driver":"bridge",…,"IPAM":{"Driver":"default","Options":null,
     * "Config":[{"Subnet":"172.17.0.0/16","Gateway":"172.17.0.1"}]},…,"Options":{"com.docker.network.bridge.name":"docker0",…}}]}
     *
     * <p>The list does not say which containers are attached; the running containers do.
     */
    static List<DockerNetwork> networks(String text, List<Container> containers) {
        List<DockerNetwork> networks = new ArrayList<>();
        for (JsonObject object : Json.objects(text)) {
            String name = Json.required(object, "Name");
            String id = Json.required(object, "Id");
            String driver = Json.required(object, "Driver");
            Map<String, String> options = new LinkedHashMap<>();
            JsonObject given = Json.inside(object, "Options");
            given.keySet().forEach(key -> options.put(key, Json.text(given, key).orElse("")));
            List<JsonObject> pools = Json.objects(Json.inside(object, "IPAM"), "Config");
            networks.add(new DockerNetwork(
                    id,
                    name,
                    driver,
                    pools.stream()
                            .flatMap(pool -> Json.text(pool, "Subnet").stream())
                            .map(Cidr::parse)
                            .toList(),
                    gateways(pools, name, containers),
                    pools.stream()
                            .flatMap(pool -> Json.text(pool, "IPRange").stream())
                            .filter(range -> !range.isEmpty())
                            .map(Cidr::parse)
                            .toList(),
                    driver.equals("bridge")
                            ? Optional.of(options.getOrDefault(
                                    "com.docker.network.bridge.name",
                                    "br-" + id.substring(0, Math.min(12, id.length()))))
                            : Optional.empty(),
                    containers.stream()
                            .filter(container -> container.running()
                                    && !container.status().equals("restarting")
                                    && container.attachments().containsKey(name))
                            .map(Container::name)
                            .sorted()
                            .toList(),
                    options,
                    Json.flag(object, "Internal")));
        }
        return networks;
    }

    /** The gateways of a network. Docker 20.10 omits the default bridge's gateway until the engine is restarted; its containers have it. */
    private static List<IpAddress> gateways(List<JsonObject> pools, String network, List<Container> containers) {
        List<IpAddress> told = pools.stream()
                .flatMap(pool -> Json.text(pool, "Gateway").stream())
                .map(gateway -> IpAddress.parse(gateway.replaceAll("/.*", "")))
                .toList();
        return told.isEmpty()
                ? containers.stream()
                        .flatMap(container ->
                                Optional.ofNullable(container.attachments().get(network)).stream())
                        .flatMap(attachment -> attachment.gateway().stream())
                        .distinct()
                        .toList()
                : told;
    }

    /** The networks' names by id, from the same list. */
    static Map<String, String> networkNames(String text) {
        Map<String, String> names = new LinkedHashMap<>();
        Json.objects(text).forEach(object -> names.put(Json.required(object, "Id"), Json.required(object, "Name")));
        return names;
    }

    private static Optional<IpAddress> address(JsonObject object, String key) {
        return Json.text(object, key).map(IpAddress::parse);
    }

    private static String bareName(String name) {
        return name.startsWith("/") ? name.substring(1) : name;
    }
}
