package dev.drydock.engine.lab;

import java.util.List;

/**
 * A series of labs in the recommended order.
 *
 * @param labs their ids
 */
public record Track(String id, String title, List<String> labs) {
    public Track {
        labs = List.copyOf(labs);
    }
}
