package dev.drydock.shell.screen;

import dev.drydock.shell.screen.Canvas.Stroke;
import dev.drydock.verify.topology.InterfaceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;

/** Columns beside boxes in which cables run up and down; no two that would touch share one. */
final class CableTracks {
    private final List<Lane> lanes = new ArrayList<>();
    private int count;

    /** @param back whether it ends where it came from, at the left */
    record Lane(int from, int to, boolean back, InterfaceId one, InterfaceId other, int number) {
        int top() {
            return Math.min(from, to);
        }

        int bottom() {
            return Math.max(from, to);
        }

        Stroke stroke(BiFunction<InterfaceId, InterfaceId, Stroke> of) {
            return of.apply(one, other);
        }
    }

    void add(int from, int to, boolean back, InterfaceId one, InterfaceId other) {
        lanes.add(new Lane(from, to, back, one, other, 0));
    }

    /** Gives each its number, from the boxes outwards. */
    void settle() {
        lanes.sort(Comparator.comparing(Lane::top)
                .thenComparing(Comparator.comparing(Lane::bottom).reversed())
                .thenComparing(Lane::from));
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < lanes.size(); i++) {
            Lane lane = lanes.get(i);
            int number = 0;
            while (number < ends.size() && ends.get(number) >= lane.top()) {
                number++;
            }
            if (number == ends.size()) {
                ends.add(0);
            }
            ends.set(number, lane.bottom());
            lanes.set(i, new Lane(lane.from(), lane.to(), lane.back(), lane.one(), lane.other(), number));
        }
        count = ends.size();
    }

    int count() {
        return count;
    }

    List<Lane> lanes() {
        return lanes;
    }
}
