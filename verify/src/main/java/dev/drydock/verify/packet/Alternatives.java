package dev.drydock.verify.packet;

import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which way was taken at each fork of one walk. Asking for {@link #next} until there is none walks all ways. */
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

    /** What this walk assumed otherwise than the one before it. */
    Optional<Message> turn() {
        return turn >= 0 && turn < doubts.size() ? Optional.of(doubts.get(turn)) : Optional.empty();
    }

    /** Decides what cannot be told, one way in this walk and the other way in a later one. */
    boolean decide(Message doubt) {
        doubts.add(doubt);
        if (asked == taken.size()) {
            taken.add(true);
        }
        return taken.get(asked++);
    }

    /** The next walk: as this one up to its last yes, which becomes a no. */
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
