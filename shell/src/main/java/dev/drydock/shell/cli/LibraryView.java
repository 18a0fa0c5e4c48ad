package dev.drydock.shell.cli;

import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.host.Worlds.Capability;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.LabLibrary;
import dev.drydock.engine.session.DoneHow;
import dev.drydock.engine.session.Sessions;
import dev.drydock.shell.screen.Catalogue;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The library for this user on this machine: what is done, what is open, what cannot run. */
final class LibraryView {
    private LibraryView() {}

    static List<Catalogue.Track> of(
            LabLibrary.Catalogue library, Sessions sessions, Worlds worlds, List<Capability> capabilities) {
        Map<String, Sessions.LabProgress> progress = sessions.progress();
        Map<String, String> at = new LinkedHashMap<>();
        sessions.open(worlds).forEach(open -> at.putIfAbsent(open.labId(), open.stepId()));
        List<Catalogue.Track> tracks = new ArrayList<>();
        for (LabLibrary.Shelf shelf : library.shelves()) {
            List<Catalogue.Row> rows = new ArrayList<>();
            for (Lab lab : shelf.labs()) {
                rows.add(row(lab, Optional.ofNullable(progress.get(lab.id())), at, capabilities));
            }
            tracks.add(new Catalogue.Track(shelf.track().title(), rows));
        }
        return tracks;
    }

    private static Catalogue.Row row(
            Lab lab, Optional<Sessions.LabProgress> progress, Map<String, String> at, List<Capability> capabilities) {
        List<DoneHow> ways = progress.map(Sessions.LabProgress::everDone).stream()
                .flatMap(ever -> lab.steps().stream().map(step -> ever.get(step.id())))
                .filter(Objects::nonNull)
                .toList();
        return new Catalogue.Row(
                lab,
                ways,
                progress.map(Sessions.LabProgress::completedOnce).orElse(false),
                Optional.ofNullable(at.get(lab.id())).map(step -> number(lab, step)),
                missing(lab, capabilities));
    }

    private static int number(Lab lab, String stepId) {
        for (int i = 0; i < lab.steps().size(); i++) {
            if (lab.steps().get(i).id().equals(stepId)) {
                return i + 1;
            }
        }
        return 1;
    }

    /** The first thing that the lab needs and this machine lacks, in words; empty when the lab can run. What every lab needs comes first. */
    static Optional<String> missing(Lab lab, List<Capability> capabilities) {
        return capabilities.stream()
                .filter(capability -> !capability.present()
                        && (capability.ofEveryWorld() || lab.needs().contains(capability.name())))
                .sorted(Comparator.comparing(capability -> !capability.name().equals("userns")))
                .map(Capability::lacking)
                .map(Words::text)
                .findFirst();
    }
}
