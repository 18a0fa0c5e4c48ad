package dev.drydock.engine.lab;

import java.util.Optional;

/** What may stand at a place of a lab file. Reads a node, or reports what is wrong with it and gives nothing. */
@FunctionalInterface
interface Decoder<T> {
    Optional<T> read(YamlNode node, Problems problems);
}
