package dev.drydock.engine.lab;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.Image;
import dev.drydock.engine.Need;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads lab format 1 and reports all problems of a file at once. Safe for any input: no file makes a method throw, and the size of the file, its
 * nesting and its aliases are limited.
 */
public final class LabReader {
    /**
     * The result of reading a lab file.
     *
     * @param lab empty when the file has an error; present when it has warnings only
     * @param problems in the order of the file
     */
    public record Reading(Optional<Lab> lab, List<Problem> problems) {
        public Reading {
            problems = List.copyOf(problems);
        }

        public boolean hasErrors() {
            return problems.stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR);
        }
    }

    private static final List<String> DEFAULT_HOSTS = List.of("labhost");
    private static final Decoder<String> HOST_NAME =
            ScalarParsers.named("[a-z][a-z0-9-]{0,14}", say("value.lab-host-name"));
    private static final Set<String> SCOPE_WORDS = Set.of("host", "netns", "container", "pid", "internet");

    private LabReader() {}

    /** Reads a file. A file that is missing, not readable or not text gives a problem. */
    public static Reading read(Path file) {
        FileText text = FileText.read(file);
        return text.text()
                .map(content -> read(content, file))
                .orElseGet(() -> new Reading(Optional.empty(), text.problems()));
    }

    /**
     * Reads a text.
     *
     * @param name the file's name in problems; its folder becomes {@link Lab#folder()}
     */
    public static Reading read(String text, Path name) {
        if (text.length() > FileText.MOST_BYTES) {
            return new Reading(Optional.empty(), FileText.tooLarge(name).problems());
        }
        Problems problems = new Problems(new Source(name, text));
        Optional<Lab> lab = YamlComposer.compose(problems).flatMap(root -> lab(root, name, problems));
        return new Reading(problems.errors() == 0 ? lab : Optional.empty(), problems.sorted());
    }

    private static Optional<Lab> lab(YamlNode root, Path file, Problems problems) {
        if (!(root instanceof YamlNode.Entries)) {
            problems.error(root.span(), say("lab.no-map", "kind", root.kind()), say("lab.begin"));
            return Optional.empty();
        }
        return MapReader.read(root, problems, Optional.empty(), map -> format(map) ? lab(map, file) : Optional.empty());
    }

    /** Whether the file is of format 1; the keys of another format are not judged. */
    private static boolean format(MapReader map) {
        map.required("format", Decoders.ONE_LINE);
        if (map.firstOf(List.of("format", "id", "steps")).isEmpty()) {
            map.error(say("lab.none"), say("lab.begin"));
            return false;
        }
        Optional<YamlNode.Entry> entry = map.node().entry("format");
        boolean other = entry.isPresent()
                && entry.get().value() instanceof YamlNode.Text text
                && !text.text().isBlank()
                && !text.text().equals("1");
        if (other) {
            map.problems().error(entry.get().value().span(), say("lab.other-format"), say("lab.other-format.next"));
        }
        return !other;
    }

    private static Optional<Lab> lab(MapReader map, Path file) {
        Path folder = Optional.ofNullable(file.toAbsolutePath().normalize().getParent())
                .orElse(Path.of("/"));
        var id = map.required("id", StepReader.ID_SHAPE);
        var title = map.required("title", StepReader.TITLE);
        var track = map.required("track", StepReader.ID_SHAPE);
        var level = map.required("level", Decoders.choice(Lab.Level.class));
        var minutes = map.required("minutes", Decoders.number(1, 240));
        var objectives = map.optional("objectives", Decoders.listOf(Decoders.ONE_LINE), List.of());
        var needs = map.optional("needs", Decoders.distinct(Decoders.choice(Need.words())), List.of());
        var images = map.optional("images", Decoders.distinct(Decoders.choice(Image.words())), List.of());
        var hosts = map.optional("hosts", Decoders.distinct(LabReader::hostName), DEFAULT_HOSTS);
        LabPlaces places = new LabPlaces(hosts.get());
        var setup = map.optional("setup", places.script());
        var free = map.optional("free", Decoders.YES_NO, false);
        var steps = free.get()
                ? map.<List<Step>>optional("steps", list(new StepReader(places)), List.of(Step.FREE))
                : map.required("steps", list(new StepReader(places)));
        if (free.get()) {
            map.refuse("steps", say("lab.free-with-steps"));
        }
        if (map.sound() && isLabFile(file) && !folderName(folder).equals(id.get())) {
            map.problems()
                    .error(
                            map.node().entry("id").orElseThrow().value().span(),
                            say("lab.folder-name", "lab", Quote.of(id.get()), "folder", Quote.of(folderName(folder))),
                            say("lab.folder-name.next"));
        }
        docker(map, places, needs.get());
        return map.build(() -> new Lab(
                id.get(),
                title.get(),
                track.get(),
                level.get(),
                minutes.get(),
                objectives.get(),
                new LinkedHashSet<>(needs.get()),
                images.get(),
                hosts.get(),
                setup.get(),
                steps.get(),
                folder));
    }

    /** Reports goals about Docker in a lab that does not need {@code docker}: its lab hosts run no engine, so such goals would always fail. */
    private static void docker(MapReader map, LabPlaces places, List<String> needs) {
        if (needs.contains(Need.DOCKER.word()) || (map.has("needs") && needs.isEmpty())) {
            return;
        }
        if (map.has("images")) {
            map.error("images", say("lab.images-without-docker"), say("lab.needs-docker.next"));
        }
        places.dockerWanted()
                .ifPresent(at -> map.problems().error(at, say("lab.looks-at-docker"), say("lab.needs-docker.next")));
    }

    /** A list in the form of a list; a single map is refused, because it is most likely a mistake. */
    private static <T> Decoder<List<T>> list(Decoder<T> shape) {
        return (node, problems) -> {
            if (node instanceof YamlNode.Items) {
                return Decoders.mapsOf(shape).read(node, problems);
            }
            problems.error(node.head(), Decoders.wants(node, say("node.list")), say("lab.list.next"));
            return Optional.empty();
        };
    }

    private static Optional<String> hostName(YamlNode node, Problems problems) {
        return HOST_NAME.read(node, problems).flatMap(name -> {
            if (SCOPE_WORDS.contains(name)) {
                problems.error(node.span(), say("lab.host-name-taken", "name", Quote.of(name)));
                return Optional.empty();
            }
            return Optional.of(name);
        });
    }

    private static boolean isLabFile(Path file) {
        return file.getFileName() != null && file.getFileName().toString().equals("lab.yaml");
    }

    private static String folderName(Path folder) {
        return folder.getFileName() == null ? "" : folder.getFileName().toString();
    }
}
