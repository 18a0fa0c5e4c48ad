package dev.drydock.engine.lab;

import static dev.drydock.verify.words.Message.say;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code tracks.yaml}: {@code tracks: [{id: docker, title: Docker networks, labs: [bridge-basics]}]}. */
final class TrackReader {
    /** @param named the position of each lab's id in the file, for problems that only the lab folders show */
    record Tracks(List<Track> tracks, Map<String, SourceSpan> named) {}

    private static final Optional<String> EXAMPLE =
            Optional.of("- {id: docker, title: Docker networks, labs: [bridge-basics]}");

    private final Map<String, SourceSpan> named = new LinkedHashMap<>();
    private final List<String> ids = new ArrayList<>();

    private TrackReader() {}

    /** The tracks that could be read, whatever is wrong with others. */
    static Tracks read(Problems problems) {
        TrackReader reader = new TrackReader();
        List<Track> tracks = new ArrayList<>();
        Optional<String> example = Optional.of("tracks: [" + EXAMPLE.get() + "]");
        YamlComposer.compose(problems)
                .ifPresent(root -> MapReader.read(root, problems, example, map -> {
                    map.required("tracks", Decoders.mapsOf((node, found) -> {
                        Optional<Track> track = MapReader.read(node, found, EXAMPLE, reader::track);
                        track.ifPresent(tracks::add);
                        return track;
                    }));
                    return map.build(() -> map);
                }));
        return new Tracks(List.copyOf(tracks), reader.named);
    }

    private Optional<Track> track(MapReader map) {
        var id = map.required(
                "id",
                (node, problems) -> StepReader.ID_SHAPE.read(node, problems).filter(name -> {
                    if (ids.contains(name)) {
                        problems.error(
                                node.span(),
                                say("track.id-taken", "track", Quote.of(name)),
                                say("next.call-otherwise"));
                        return false;
                    }
                    return ids.add(name);
                }));
        var title = map.required("title", StepReader.TITLE);
        var labs = map.required("labs", Decoders.listOf(this::lab));
        return map.build(() -> new Track(id.get(), title.get(), labs.get()));
    }

    private Optional<String> lab(YamlNode node, Problems problems) {
        return StepReader.ID_SHAPE.read(node, problems).filter(id -> {
            SourceSpan first = named.putIfAbsent(id, node.span());
            if (first != null) {
                problems.error(
                        node.span(),
                        say("value.twice", "value", Quote.of(id)),
                        say("value.twice.first", "line", first.line()));
            }
            return first == null;
        });
    }
}
