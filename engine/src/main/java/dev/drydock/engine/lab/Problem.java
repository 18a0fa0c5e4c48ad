package dev.drydock.engine.lab;

import dev.drydock.verify.words.Message;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Something wrong in a lab file, as a value.
 *
 * @param line from 1; 0 when the problem is the file as a whole
 * @param column from 1, in characters
 * @param width how many characters the caret underlines, at least 1
 * @param sourceLine the line as it stands in the file, empty when there is none
 * @param next what to do, for example {@code did you mean 'interface'?}
 */
public record Problem(
        Severity severity,
        Path file,
        int line,
        int column,
        int width,
        Message message,
        String sourceLine,
        Optional<Message> next) {
    public enum Severity {
        ERROR,
        WARNING
    }
}
