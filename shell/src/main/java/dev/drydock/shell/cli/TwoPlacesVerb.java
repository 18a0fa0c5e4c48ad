package dev.drydock.shell.cli;

import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A verb that asks about the way from one place of the open lab to another. */
abstract class TwoPlacesVerb extends OpenVerb {
    @Parameters(index = "0", paramLabel = "A", description = "Where from: host, a container, a namespace, a lab host.")
    private String from;

    @Parameters(
            index = "1",
            paramLabel = "B[:PORT]",
            description = "Where to, or an address or a name; a port means TCP.")
    private String to;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text, or json for programs.")
    private Format format = Format.text;

    private enum Format {
        text,
        json
    }

    @Override
    final boolean takes(List<String> words) {
        if (words.size() != 2) {
            return false;
        }
        from = words.get(0);
        to = words.get(1);
        return true;
    }

    final String from() {
        return from;
    }

    final String to() {
        return to;
    }

    final boolean asJson() {
        return format == Format.json;
    }
}
