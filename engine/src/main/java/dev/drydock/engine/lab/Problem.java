package dev.drydock.engine.lab;

import dev.drydock.verify.words.Message;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A problem in a lab file.
 *
 * @param line from 1; 0 for a problem of the file as a whole
 * @param column from 1, in code points
 * @param width how many characters the caret underlines, at least 1
 * @param sourceLine the text of the line; empty for the file as a whole
 * @param next what to do, for example {@code did you mean 'interface'?}; empty where there is no advice
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
