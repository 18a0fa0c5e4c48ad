package dev.drydock.verify.packet;

import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The decisions of one walk where a fact is not known. Each walk takes one branch at each such point. Repeat with {@link #next} until it is empty
 * to walk all branches. Not safe for several threads.
 */
final class Alternatives {
    private final List<Boolean> taken;
    private final List<Message> doubts = new ArrayList<>();
    private final int turn;
    private int asked;

    private Alternatives(List<Boolean> taken) {
        this.taken = new ArrayList<>(taken);
        this.turn = taken.size() - 1;
    }

    static Alternatives first() {
        return new Alternatives(List.of());
    }

    /** The first doubt that this walk decides differently from the walk before it; empty for the first walk. */
    Optional<Message> turn() {
        return turn >= 0 && turn < doubts.size() ? Optional.of(doubts.get(turn)) : Optional.empty();
    }

    /** Decides an unknown fact: yes in this walk, no in a later one. */
    boolean decide(Message doubt) {
        doubts.add(doubt);
        if (asked == taken.size()) {
            taken.add(true);
        }
        return taken.get(asked++);
    }

    /**
     * The walk after this one: it repeats the decisions up to the last yes and turns that one into a no. Empty when all branches have been walked.
     */
    Optional<Alternatives> next() {
        int last = taken.lastIndexOf(true);
        if (last < 0) {
            return Optional.empty();
        }
        List<Boolean> other = new ArrayList<>(taken.subList(0, last));
        other.add(false);
        return Optional.of(new Alternatives(other));
    }
}
