package dev.drydock.engine.host;

import java.util.Optional;

/** A process of its own that prints what this machine can run. */
final class TellsCapabilities {
    private TellsCapabilities() {}

    public static void main(String[] arguments) {
        new Capabilities(new LocalPlace(), Optional.empty()).all().forEach(one -> System.out.println(one.name()));
    }
}
