package dev.drydock.shell.screen;

import dev.drydock.engine.host.World;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.session.Check;
import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.WaitPolicy;
import dev.drydock.verify.facts.Facts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A session that stands where a test put it; it has no world, and nothing moves it. */
record StandingSession(Lab lab, int index, Set<String> done, Set<String> skipped) implements Session {
    /** No world prints anything here. */
    @Override
    public Check printed(Check check, boolean met) {
        return check;
    }

    @Override
    public World world() {
        return new UnaskedWorld(lab.hosts());
    }

    @Override
    public boolean complete() {
        return done.size() == lab.steps().size();
    }

    @Override
    public Check check(WaitPolicy waiting) {
        throw new AssertionError("a screen judges nothing");
    }

    @Override
    public List<Check> checkAll() {
        throw new AssertionError("a screen judges nothing");
    }

    @Override
    public Facts sweep() {
        throw new AssertionError("a screen sweeps nothing");
    }

    @Override
    public Optional<Facts> facts() {
        return Optional.empty();
    }

    @Override
    public Optional<HintGiven> hint() {
        throw new AssertionError("a screen asks for no hint");
    }

    @Override
    public Answered answer(String typed, Predicate<String> wish) {
        throw new AssertionError("a screen answers nothing");
    }

    @Override
    public Check solve(Consumer<SolveEvent> listener) {
        throw new AssertionError("a screen solves nothing");
    }

    @Override
    public Move next() {
        throw new AssertionError("a screen does not move");
    }

    @Override
    public Move skip() {
        throw new AssertionError("a screen does not move");
    }

    @Override
    public void rebuild() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void reset() {
        throw new AssertionError("a screen resets nothing");
    }

    @Override
    public void finish() {
        throw new AssertionError("a screen ends nothing");
    }

    @Override
    public boolean closed() {
        return false;
    }

    @Override
    public boolean refresh() {
        return false;
    }

    @Override
    public void typed(String line, int exit) {
        throw new AssertionError("a screen records nothing");
    }

    /** A screen may ask whether it stands alone, and nothing that would need a machine. */
    private record UnaskedWorld(List<String> hostNames) implements World {
        @Override
        public String id() {
            return "w1";
        }

        @Override
        public dev.drydock.engine.host.LabHost host(String name) {
            throw new AssertionError("a screen asks nothing of a lab host");
        }

        @Override
        public boolean alive() {
            throw new AssertionError("a screen asks nothing of a world's processes");
        }

        @Override
        public void end() {
            throw new AssertionError("a screen ends nothing");
        }
    }
}
