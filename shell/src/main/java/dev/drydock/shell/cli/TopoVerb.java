package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.session.Session;
import dev.drydock.shell.screen.DisplayOptions;
import dev.drydock.shell.screen.Line;
import dev.drydock.shell.screen.TopologyList;
import dev.drydock.shell.screen.TopologyPicture;
import dev.drydock.shell.screen.TopologySvg;
import dev.drydock.verify.topology.Topology;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command
final class TopoVerb extends OpenVerb {
    /** The format of the picture. */
    enum Format {
        text,
        list,
        json,
        svg
    }

    @Option(names = "--format", paramLabel = "FORMAT")
    private Format format = Format.text;

    @Option(names = "--watch")
    private boolean watch;

    @Override
    List<String> examples() {
        return List.of("lab topo", "lab topo --watch", "lab topo --format svg >network.svg");
    }

    @Override
    Exit run(Session session) throws Exception {
        if (!watch) {
            Topology topology = Topology.of(session.sweep());
            if (interrupted()) {
                return Exit.INTERRUPTED;
            }
            show(topology);
            return Exit.MET;
        }
        if (format != Format.text && format != Format.list) {
            return usage(say("topo.watch-is-text", "format", format.name()));
        }
        return new TopologyWatch(session, surroundings(), this::lines).stay();
    }

    private void show(Topology topology) throws IOException {
        switch (format) {
            case text, list -> write(lines(topology, screen().look()));
            case json -> json(TopologyJson.of(topology));
            case svg -> screen().raw(TopologySvg.of(topology));
        }
    }

    private List<Line> lines(Topology topology, DisplayOptions look) {
        return format == Format.list ? TopologyList.whole(topology, look) : TopologyPicture.of(topology, look);
    }
}
