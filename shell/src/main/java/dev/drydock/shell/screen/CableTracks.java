package dev.drydock.shell.screen;

import dev.drydock.shell.screen.Canvas.Stroke;
import dev.drydock.verify.topology.InterfaceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;

/** The lanes beside boxes in which cables run up and down. Cables that would touch get different lanes. */
final class CableTracks {
    private final List<Lane> lanes = new ArrayList<>();
    private int count;

    /**
     * @param from the row where the cable begins
     * @param to the row where it ends
     * @param back whether the cable ends on the side where it began, on the left
     * @param number the lane, counted from the boxes outwards
     */
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

    /** Gives each cable its lane. Call this once, after the last {@link #add}. */
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
