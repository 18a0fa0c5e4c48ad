package dev.drydock.engine.lab;

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

/** A file's text, or the one reason why there is none. */
record FileText(Optional<String> text, List<Problem> problems) {
    /** Larger files are no lab that anybody wrote; SnakeYAML needs seconds for a line of a megabyte. */
    static final int MOST_BYTES = 256 * 1024;

    static FileText read(Path file) {
        try {
            if (Files.isDirectory(file)) {
                return nothing(file, "this is a folder", "name the file: " + file.resolve("lab.yaml"));
            }
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                return nothing(file, "this is not a file of text", "name a lab.yaml");
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
            return nothing(file, "there is no such file", "'lab list' shows the labs");
        } catch (AccessDeniedException e) {
            return nothing(file, "this file may not be read", "look at its permissions with ls -l");
        } catch (IOException e) {
            return nothing(
                    file,
                    "this file cannot be read: " + Quote.clip(String.valueOf(e.getMessage())),
                    "look at it with ls -l");
        }
    }

    static FileText decode(Path file, byte[] bytes) {
        for (byte one : bytes) {
            if (one == 0) {
                return nothing(file, "this is not a file of text", "a lab is UTF-8 text");
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
                String.format("the byte 0x%02X is not UTF-8", bytes[in.position()]),
                Optional.of("save the file as UTF-8"));
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
        return nothing(file, "this is larger than 256 KiB", "a lab of 100 steps has about 100 KiB; is this a lab?");
    }

    private static FileText nothing(Path file, String message, String next) {
        return new FileText(
                Optional.empty(),
                List.of(new Problem(Problem.Severity.ERROR, file, 0, 0, 1, message, "", Optional.of(next))));
    }
}
