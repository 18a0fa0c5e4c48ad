package dev.drydock.shell.screen;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;

/** A recording of a terminal as asciinema plays it: a header, then what was written and when, one JSON value a line (asciicast v2). */
public final class Cast {
    private static final Gson GSON = new Gson();

    private final Writer file;
    private Duration at = Duration.ZERO;
    private long before = System.nanoTime();

    /**
     * Writes the header.
     *
     * @param rows 0 where there is no terminal; 24 then
     */
    public Cast(Writer file, int columns, int rows, Instant began, String title) {
        this.file = file;
        JsonObject header = new JsonObject();
        header.addProperty("version", 2);
        header.addProperty("width", columns);
        header.addProperty("height", rows <= 0 ? 24 : rows);
        header.addProperty("timestamp", began.getEpochSecond());
        header.addProperty("title", title);
        line(GSON.toJson(header));
    }

    /** Time goes by before what is written next. */
    public void pass(Duration time) {
        at = at.plus(time);
    }

    /** Something is written now, as long after the one before as it really is. */
    public void writeNow(String text) {
        long now = System.nanoTime();
        pass(Duration.ofNanos(now - before));
        before = now;
        write(text);
    }

    /** Something is written; a line feed begins a new line, as a terminal in its usual mode has it. */
    public void write(String text) {
        if (text.isEmpty()) {
            return;
        }
        JsonArray event = new JsonArray();
        event.add(BigDecimal.valueOf(at.toMillis()).divide(BigDecimal.valueOf(1000), 3, RoundingMode.UNNECESSARY));
        event.add("o");
        event.add(text.replace("\r\n", "\n").replace("\n", "\r\n"));
        line(GSON.toJson(event));
    }

    private void line(String json) {
        try {
            file.write(json + "\n");
            file.flush();
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
