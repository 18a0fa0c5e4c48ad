package dev.drydock.shell.repl;

import dev.drydock.engine.host.LabHost;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Watches a bash that has been silent for a while. The marks that bash writes are a protocol, and a learner's command can break that protocol in
 * many ways. So this class asks the kernel whether bash waits at a prompt that nobody sees, is stopped, or has a program in front that reads the
 * terminal, and acts on the answer.
 *
 * <p>Runs in its own thread until bash ends. What it knows about a line is forgotten when the next line is sent.
 */
final class BashCare implements Runnable {
    private static final Duration TICK = Duration.ofMillis(100);

    /** Normally the next mark follows at once; this limit allows for a machine under load. */
    private static final Duration MARK_OVERDUE = Duration.ofSeconds(1);

    /**
     * A prompt mark without an end mark (E) before it may be text of a command. Then more output follows, or the kernel says that the command still
     * runs.
     */
    private static final Duration UNPROVEN = Duration.ofMillis(300);

    private static final Duration FIRST_LOOK = Duration.ofMillis(700);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private static final byte CTRL_C = 3;
    private static final byte CTRL_D = 4;

    /** How many times a script's program gets Ctrl-D before it gets SIGHUP: {@code less}, and a shell with half a line, need two. */
    private static final int MOST_ENDS = 3;

    private static final int INSISTENT = 3;

    /**
     * How many times Ctrl-C must be pressed in a row in raw mode: a program may use Ctrl-C as a command, but nobody gives that command so often.
     */
    private static final int DESPERATE = 6;

    private final LineShell shell;
    private final BashDialogue dialogue;
    private final LabHost host;
    private long line = -1;
    private Duration pause = FIRST_LOOK;
    private int ends;
    private int mendings;
    private boolean offered;
    private boolean hungUp;

    BashCare(LineShell shell, BashDialogue dialogue, LabHost host) {
        this.shell = shell;
        this.dialogue = dialogue;
        this.host = host;
    }

    /**
     * The state of the line that was last sent to bash.
     *
     * @param line the running number of the line
     * @param asked whether the shell itself sent the line, to ask bash something; such a line has a time limit of its own
     * @param sent whether the line was sent and bash has not begun to run it
     * @param ended whether bash reported that the command ended, and no prompt has come yet
     * @param unproven whether a prompt mark came that may be text of a command
     * @param attended false for a line of a script
     * @param presses how many times in a row Ctrl-C, Ctrl-D or Ctrl-\ was pressed
     * @param interrupted whether Ctrl-C was pressed, whatever was typed after it
     * @param heard when bash last wrote, or something was typed or sent, as {@link System#nanoTime}
     * @param silent the time since {@code heard}
     */
    record Standing(
            long line,
            boolean asked,
            boolean sent,
            boolean ended,
            boolean unproven,
            boolean attended,
            int presses,
            boolean interrupted,
            long heard,
            Duration silent) {}

    @Override
    public void run() {
        try {
            while (dialogue.awaitLine()) {
                dialogue.standing().ifPresent(this::tend);
                TimeUnit.NANOSECONDS.sleep(TICK.toNanos());
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void tend(Standing now) {
        if (now.line() != line) {
            line = now.line();
            pause = FIRST_LOOK;
            ends = 0;
            mendings = 0;
            offered = false;
            hungUp = false;
        }
        if (offered) {
            if (now.interrupted()) {
                shell.abandon();
            }
            return;
        }
        boolean overdue = (now.sent() || now.ended()) && longer(now, MARK_OVERDUE);
        boolean unproven = now.unproven() && longer(now, UNPROVEN);
        boolean pressed = now.presses() > 0 && longer(now, MARK_OVERDUE);
        if (!overdue && !unproven && !pressed && !longer(now, pause)) {
            return;
        }
        BashInspection inside = BashInspection.of(host, dialogue.process());
        BashInspection found = shell.raw().map(inside::withRaw).orElse(inside);
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        if (dialogue.stillSilent(now)) {
            act(now, found, overdue || unproven || pressed);
        }
    }

    private boolean longer(Standing now, Duration than) {
        return now.silent().compareTo(host.pace().scale(than)) > 0;
    }

    private void act(Standing now, BashInspection found, boolean doubtful) {
        if (found.state() == BashInspection.State.STOPPED) {
            shell.goOn();
            BashInspection.signal(host, "CONT", dialogue.process());
            shell.tell(Mishap.STOPPED);
        } else if (now.asked()) {
            pause = FIRST_LOOK;
            if (now.unproven()) {
                dialogue.acceptPrompt();
            }
        } else if (found.programInFront()) {
            programWaits(now, found);
        } else if (found.state() == BashInspection.State.RUNS) {
            if (now.presses() >= INSISTENT) {
                offer();
            }
        } else if (doubtful) {
            promptLost(now);
        } else if (!now.attended() && (found.reading() || found.raw())) {
            // A builtin reads, or a bash that took this one's place: told twice that there is nothing, both go on.
            if (ends++ < 2) {
                pause = FIRST_LOOK;
                shell.key(CTRL_D);
            } else {
                promptLost(now);
            }
        }
    }

    private void programWaits(Standing now, BashInspection found) {
        if (now.attended()) {
            if (now.presses() >= (found.raw() ? DESPERATE : INSISTENT)) {
                offer();
            }
        } else if (found.raw() && ends >= MOST_ENDS) {
            if (!hungUp) {
                shell.tell(Mishap.HUNG_UP);
            }
            // It may have been started so that it does not care.
            BashInspection.signal(host, hungUp ? "KILL" : "HUP", -found.group());
            hungUp = true;
            ends = 0;
        } else if (found.raw() || found.reading()) {
            ends++;
            pause = FIRST_LOOK;
            shell.key(CTRL_D);
        }
    }

    private void promptLost(Standing now) {
        if (now.unproven() && mendings > 0) {
            dialogue.acceptPrompt();
        } else if (mendings < BashPreparation.MENDINGS.size()) {
            shell.mend(BashPreparation.MENDINGS.get(mendings++));
        } else if (now.attended()) {
            offer();
        } else {
            shell.tell(Mishap.GIVEN_UP);
            shell.abandon();
        }
    }

    private void offer() {
        offered = true;
        shell.hearKeys();
        shell.key(CTRL_C);
        shell.tell(Mishap.UNANSWERING);
    }
}
