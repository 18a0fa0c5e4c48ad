package dev.drydock.verify.expect;

import java.util.List;

/** Wanted items: the facts must contain them, or with {@code exactly} contain nothing else. The order does not matter. */
public record ListMatch<T>(List<T> items, boolean exactly) {
    public ListMatch {
        items = List.copyOf(items);
    }
}
