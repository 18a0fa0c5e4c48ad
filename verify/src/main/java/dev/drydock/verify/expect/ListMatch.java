package dev.drydock.verify.expect;

import java.util.List;

/** A list that must be contained in, or be exactly, what is found; order never matters. */
public record ListMatch<T>(List<T> items, boolean exactly) {
    public ListMatch {
        items = List.copyOf(items);
    }
}
