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

/**
 * A recording of a terminal for asciinema (asciicast v2): a header, then one JSON value per line with the time and the text written. Throws
 * {@link UncheckedIOException} where the file cannot be written.
 */
public final class Cast {
    private static final Gson GSON = new Gson();

    private final Writer file;
    private Duration at = Duration.ZERO;
    private long before = System.nanoTime();

    /**
     * Writes the header.
     *
     * @param rows the terminal's height; 24 is used where this is 0
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

    /** Lets time pass before the next text. */
    public void pass(Duration time) {
        at = at.plus(time);
    }

    /** Records text at the present time: the time since the last call passes in the recording too. */
    public void writeNow(String text) {
        long now = System.nanoTime();
        pass(Duration.ofNanos(now - before));
        before = now;
        write(text);
    }

    /** Records text. A line feed also returns to the first column, as in a terminal's usual mode. */
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
