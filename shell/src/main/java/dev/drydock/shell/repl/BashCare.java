package dev.drydock.shell.repl;

import dev.drydock.engine.host.LabHost;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Looks after a bash that has said nothing for a while. Its marks are a protocol, and its student can break that in any number of
 * ways; so whether bash waits at a prompt that nobody sees, was stopped, or has a program in front that reads, is asked of the
 * kernel.
 *
 * <p>Runs in a thread of its own until bash is gone. What it knows of a line is forgotten when the next one is sent.
 */
final class BashCare implements Runnable {
    private static final Duration TICK = Duration.ofMillis(100);

    /** A mark follows another at once; this is for a machine under load. */
    private static final Duration MARK_OVERDUE = Duration.ofSeconds(1);

    /** A prompt without the mark before it may be one that a command printed: then more comes, or the kernel says that it runs. */
    private static final Duration UNPROVEN = Duration.ofMillis(300);

    private static final Duration FIRST_LOOK = Duration.ofMillis(700);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private static final byte CTRL_C = 3;
    private static final byte CTRL_D = 4;

    /** How often nobody's Ctrl-D is pressed before the terminal is hung up: less asks twice, a shell with half a line as well. */
    private static final int MOST_ENDS = 3;

    private static final int INSISTENT = 3;

    /** To a program that reads keys one by one Ctrl-C may be a command; nobody gives it so often, with nothing between. */
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
     * How a line stands.
     *
     * @param line counts the lines
     * @param asked whether the shell asked it for itself, which has a limit of its own
     * @param sent whether it was sent and bash has not begun it
     * @param ended whether bash said that the command ended, and no prompt has come
     * @param unproven whether a prompt came that may be none
     * @param attended whether somebody types
     * @param presses how often Ctrl-C or Ctrl-D was pressed in a row, nothing else in between
     * @param interrupted whether Ctrl-C was pressed since, whatever was typed behind it
     * @param heard when something was last heard, typed or sent, as {@link System#nanoTime}
     * @param silent how long ago that is
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
