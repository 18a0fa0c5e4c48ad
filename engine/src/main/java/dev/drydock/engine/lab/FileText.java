package dev.drydock.engine.lab;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The text of a file, or the problem because of which there is none.
 *
 * @param text empty when {@code problems} has an error
 */
record FileText(Optional<String> text, List<Problem> problems) {
    /** No lab is larger than this, and SnakeYAML needs seconds for a line of a megabyte. */
    static final int MOST_BYTES = 256 * 1024;

    /** Reads a file. A folder, a missing or unreadable file, one that is too large, and one that is not UTF-8 give a problem; never throws. */
    static FileText read(Path file) {
        try {
            if (Files.isDirectory(file)) {
                return nothing(
                        file,
                        say("file.folder"),
                        say("file.folder.next", "file", file.resolve("lab.yaml").toString()));
            }
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                return nothing(file, say("file.no-text"), say("file.no-text.name-one"));
            }
            if (Files.size(file) > MOST_BYTES) {
                return tooLarge(file);
            }
            byte[] bytes;
            try (var in = Files.newInputStream(file)) {
                bytes = in.readNBytes(MOST_BYTES);
            }
            return decode(file, bytes);
        } catch (NoSuchFileException e) {
            return nothing(file, say("file.absent"), say("next.lab-list"));
        } catch (AccessDeniedException e) {
            return nothing(file, say("file.forbidden"), say("file.forbidden.next"));
        } catch (IOException e) {
            return nothing(
                    file,
                    say("file.unreadable", "why", Quote.clip(String.valueOf(e.getMessage()))),
                    say("file.unreadable.next"));
        }
    }

    static FileText decode(Path file, byte[] bytes) {
        for (byte one : bytes) {
            if (one == 0) {
                return nothing(file, say("file.no-text"), say("file.no-text.utf-8"));
            }
        }
        CharBuffer text = CharBuffer.allocate(bytes.length);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var result = decoder.decode(in, text, true);
        if (!result.isError()) {
            return new FileText(Optional.of(text.flip().toString()), List.of());
        }
        String before = text.flip().toString();
        String shown = before + "\ufffd" + restOfLine(bytes, in.position() + result.length());
        Source source = new Source(file, shown);
        Problem problem = source.problem(
                Problem.Severity.ERROR,
                source.at(before.length()),
                say("file.not-utf-8", "byte", String.format("0x%02X", bytes[in.position()])),
                Optional.of(say("file.not-utf-8.next")));
        return new FileText(Optional.empty(), List.of(problem));
    }

    private static String restOfLine(byte[] bytes, int from) {
        int end = from;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, end - from))
                    .toString();
        } catch (CharacterCodingException e) {
            return "";
        }
    }

    static FileText tooLarge(Path file) {
        return nothing(file, say("file.too-large", "most", MOST_BYTES / 1024), say("file.too-large.next"));
    }

    private static FileText nothing(Path file, Message message, Message next) {
        return new FileText(
                Optional.empty(),
                List.of(new Problem(Problem.Severity.ERROR, file, 0, 0, 1, message, "", Optional.of(next))));
    }
}
