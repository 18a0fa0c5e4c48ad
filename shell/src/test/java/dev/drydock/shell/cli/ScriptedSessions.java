package dev.drydock.shell.cli;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.host.Standing;
import dev.drydock.engine.host.World;
import dev.drydock.engine.host.WorldRequest;
import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.session.Check;
import dev.drydock.engine.session.RunRecord;
import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.Sessions;
import dev.drydock.engine.session.WaitPolicy;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.words.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Runs that answer as a test tells them to, and remember what was asked of them. */
public class ScriptedSessions implements Sessions, Worlds {
    final List<String> asked = new ArrayList<>();
    public final List<Open> open = new ArrayList<>();
    final Map<String, LabProgress> progress = new TreeMap<>();
    Optional<RunRecord> record = Optional.empty();
    final List<Capability> capabilities = new ArrayList<>();
    final List<Standing> standing = new ArrayList<>();
    final List<String> leftovers = new ArrayList<>();
    Verdict verdict = new Verdict.Met(List.of());
    Session.Move move = Session.Move.MOVED;
    Session.Answered answered = new Session.Answered(true, true, Message.NONE);
    Optional<HostTrouble> trouble = Optional.empty();
    Optional<RuntimeException> bug = Optional.empty();
    Set<String> kept = Set.of();
    Supplier<Facts> swept = () -> new Facts("labhost", new TreeMap<>());
    Runnable lastCheck = () -> {};
    boolean complete;

    private void ask(String what) {
        asked.add(what);
        trouble.ifPresent(sentence -> {
            throw sentence;
        });
        bug.ifPresent(exception -> {
            throw exception;
        });
    }

    @Override
    public Session start(Lab lab, Worlds worlds) {
        ask("start " + lab.id());
        return new Scripted(lab);
    }

    @Override
    public Optional<Session> resume(Optional<String> labId, Function<String, Lab> labs, Worlds worlds) {
        ask("resume " + labId.orElse(""));
        return Optional.of(new Scripted(labs.apply(open.get(0).labReference())));
    }

    @Override
    public void close(String labId, Optional<Lab> lab, Worlds worlds) {
        ask("close " + labId);
    }

    @Override
    public Set<String> unreadable() {
        return Set.of();
    }

    @Override
    public List<Open> open(Worlds worlds) {
        return open;
    }

    @Override
    public List<Message> notices() {
        return List.of();
    }

    @Override
    public Optional<RunRecord> record(Optional<String> labId) {
        ask("record " + labId.orElse(""));
        return record;
    }

    @Override
    public Map<String, LabProgress> progress() {
        return progress;
    }

    @Override
    public World build(WorldRequest request) {
        throw new AssertionError("a verb leaves building to its session");
    }

    @Override
    public Optional<World> find(String id) {
        return Optional.empty();
    }

    @Override
    public Cleanup cleanup(Set<String> keep) {
        ask("cleanup");
        kept = keep;
        return new Cleanup(leftovers.stream().map(Message::verbatim).toList());
    }

    @Override
    public List<Standing> standing() {
        return standing;
    }

    @Override
    public Cleanup end(Set<String> ids) {
        ask("end " + new java.util.TreeSet<>(ids));
        return new Cleanup(List.of(Message.verbatim("ended")));
    }

    @Override
    public Map<String, String> versions() {
        return Map.of("kernel", "a kernel");
    }

    @Override
    public List<Capability> capabilities() {
        return capabilities;
    }

    private final class Scripted implements Session {
        private final Lab lab;
        private final Set<String> done = new HashSet<>();
        private long looks;

        Scripted(Lab lab) {
            this.lab = lab;
        }

        private Check judged() {
            if (verdict.isMet()) {
                done.add(step().id());
            }
            return new Check(
                    step(),
                    new Facts("labhost", new TreeMap<>()),
                    step().goals().stream()
                            .map(goal -> new Check.Judged(goal, verdict, true))
                            .toList(),
                    Duration.ofMillis(24),
                    ++looks);
        }

        /** No world prints anything here. */
        @Override
        public Check printed(Check check, boolean met) {
            return check;
        }

        @Override
        public Lab lab() {
            return lab;
        }

        @Override
        public World world() {
            return new NamedWorld();
        }

        @Override
        public int index() {
            return 0;
        }

        @Override
        public Set<String> done() {
            return done;
        }

        @Override
        public Set<String> skipped() {
            return Set.of();
        }

        @Override
        public boolean complete() {
            return complete;
        }

        @Override
        public Check check(WaitPolicy waiting) {
            ask("check " + waiting);
            return judged();
        }

        @Override
        public List<Check> checkAll() {
            ask("check all");
            return List.of(judged());
        }

        @Override
        public Facts sweep() {
            ask("sweep");
            return swept.get();
        }

        @Override
        public Optional<Facts> facts() {
            return Optional.empty();
        }

        @Override
        public Optional<HintGiven> hint() {
            ask("hint");
            return Optional.of(new HintGiven(1, 1, step().hints().get(0)));
        }

        @Override
        public Answered answer(String typed, Predicate<String> wish) {
            ask("answer " + typed);
            if (answered.right()) {
                done.add(step().id());
            }
            return answered;
        }

        @Override
        public Check solve(Consumer<SolveEvent> listener) {
            ask("solve");
            listener.accept(new SolveEvent.Command(Optional.empty(), "ip netns add red"));
            listener.accept(new SolveEvent.Ended(0));
            lastCheck.run();
            return judged();
        }

        @Override
        public Move next() {
            ask("next");
            return move;
        }

        @Override
        public Move skip() {
            ask("skip");
            return move;
        }

        @Override
        public void rebuild() {
            ask("rebuild");
        }

        @Override
        public void reset() {
            ask("reset");
        }

        @Override
        public void finish() {
            ask("finish");
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
        public void typed(String line, int exit) {}
    }

    private record NamedWorld() implements World {
        @Override
        public String id() {
            return "w1";
        }

        @Override
        public List<String> hostNames() {
            return List.of("labhost");
        }

        @Override
        public dev.drydock.engine.host.LabHost host(String name) {
            throw new AssertionError("a verb does not reach past its session");
        }

        @Override
        public boolean alive() {
            return true;
        }

        @Override
        public void end() {}
    }
}
