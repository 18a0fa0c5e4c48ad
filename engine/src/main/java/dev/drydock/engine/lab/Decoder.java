package dev.drydock.engine.lab;

import java.util.Optional;

/** Reads a value of one form from a lab file. */
@FunctionalInterface
interface Decoder<T> {
    /** Returns the value; empty after at least one error was reported to {@code problems}. Does not throw. */
    Optional<T> read(YamlNode node, Problems problems);
}
