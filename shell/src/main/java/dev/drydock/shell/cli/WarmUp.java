package dev.drydock.shell.cli;

import dev.drydock.engine.session.InvalidQuery;
import dev.drydock.engine.session.ReachabilityCheck;
import dev.drydock.engine.session.Session;
import dev.drydock.shell.screen.DisplayOptions;
import dev.drydock.shell.screen.TopologyPicture;
import dev.drydock.shell.screen.WhyText;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.reachability.Reachability;
import dev.drydock.verify.reachability.ReachabilityQuery;
import dev.drydock.verify.topology.Topology;
import java.util.List;

/**
 * Warms up the JVM in the background: draws a picture and answers a few questions, and shows nothing. The JVM loads and compiles the classes for
 * that while the learner reads the first step, so that the first real question is nearly as fast as later ones. Like a check it only reads, and
 * sends no packets.
 */
public final class WarmUp {
    private static final int MOST = 8;
    private static final int TURN = 50;

    /** A machine that is more than this many times slower than an ordinary one has no time for the warm-up. */
    private static final double SLOWEST = 4;

    private final Session session;
    private final DisplayOptions look;

    private WarmUp(Session session, DisplayOptions look) {
        this.session = session;
        this.look = look;
    }

    /** Starts a daemon thread, which begins its work when the first look at the lab is over. */
    public static void begin(Session session, DisplayOptions look) {
        Thread thread = new Thread(new WarmUp(session, look)::run, "warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (session.facts().isEmpty()) {
                if (session.closed()) {
                    return;
                }
                Thread.sleep(TURN);
            }
            if (session.world().labHost().pace().factor() > SLOWEST) {
                return;
            }
            Facts facts =
                    new ReachabilityCheck(session.world(), session.lab().usesDocker()).read(Reachability.readings());
            TopologyPicture.of(Topology.of(facts), look);
            facts.hosts().get(facts.defaultHost()).namespaces().orElse(List.of()).stream()
                    .flatMap(namespace -> namespace.names().stream().limit(1))
                    .map(Scope::toString)
                    .limit(MOST)
                    .forEach(name -> {
                        answer(facts, "host", name);
                        answer(facts, name, "8.8.8.8");
                    });
        } catch (RuntimeException trouble) {
            // Whoever asks in earnest is told.
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(Facts facts, String from, String to) {
        try {
            ReachabilityQuery question = ReachabilityCheck.question(facts, from, to);
            WhyText.of(from, to, Reachability.of(facts, question), false, look);
        } catch (InvalidQuery ambiguous) {
            // Nobody asked.
        }
    }
}
