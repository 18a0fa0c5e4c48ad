package dev.drydock.verify.facts;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Unmodifiable copies that keep an order, which {@code Set.copyOf} and {@code Map.copyOf} do not. */
final class Copies {
    private Copies() {}

    static <T> Set<T> ordered(Collection<T> items, Comparator<? super T> order) {
        LinkedHashSet<T> copy = new LinkedHashSet<>();
        items.stream().sorted(order).forEach(copy::add);
        return Collections.unmodifiableSet(copy);
    }

    static <K, V> Map<K, V> inOrder(Map<K, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
