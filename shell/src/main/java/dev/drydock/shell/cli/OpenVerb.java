package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.session.Check;
import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.Sessions;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;

/** A verb on an open lab: the lab in whose shell the verb is typed; in another terminal, the open lab that was used last. */
abstract class OpenVerb extends LabVerb {
    @Override
    final Exit run() throws Exception {
        Optional<Exit> done = withoutLab();
        if (done.isPresent()) {
            return done.get();
        }
        if (shell().isPresent()) {
            return on(shell().get().session());
        }
        Sessions sessions = parts().sessions(surroundings().state());
        Worlds worlds = parts().worlds();
        List<Sessions.Open> open = sessions.open(worlds);
        Optional<Sessions.Open> meant = named(open, null);
        if (meant.isEmpty()) {
            return said(Exit.USAGE, notOpen(open, null));
        }
        Sessions.Open chosen = meant.get();
        Optional<Lab> lab = lab(chosen.labReference());
        if (lab.isEmpty()) {
            return refusal();
        }
        // Every question to a lab host that stands elsewhere takes a while, so that this asks once.
        Optional<Session> session = needsWorld()
                ? sessions.join(lab.get(), worlds)
                : sessions.resume(Optional.of(chosen.labId()), reference -> lab.get(), worlds);
        sessions.notices().forEach(screen()::note);
        if (session.isEmpty() && needsWorld()) {
            return said(Exit.CANNOT_TELL, say("open.host-gone", "lab", chosen.labId()), say("open.host-gone.next"));
        }
        if (session.isEmpty()) {
            return said(Exit.USAGE, say("open.none"));
        }
        return on(session.get());
    }

    private Exit on(Session session) throws Exception {
        if (ofALesson() && session.lab().free()) {
            return noLesson(session.lab());
        }
        sign().begin(screen().look());
        try {
            return run(session);
        } finally {
            sign().end();
        }
    }

    private Exit noLesson(Lab lab) {
        if (shell().isPresent()) {
            screen().noLesson(lab);
            return Exit.USAGE;
        }
        return said(Exit.USAGE, say("open.no-lesson", "lab", lab.id()), say("open.no-lesson.next"));
    }

    /**
     * Whether Ctrl-C ended the look; clears the thread's interrupt and tells the learner. The verb must then give no verdict, because the look is
     * not complete.
     */
    final boolean interrupted() {
        if (!Thread.interrupted()) {
            return false;
        }
        screen().note(say("check.interrupted"));
        return true;
    }

    /** The open lab with an id. @param id null for the lab that was used last. @return empty where there is none */
    static Optional<Sessions.Open> named(List<Sessions.Open> all, String id) {
        return all.stream().filter(one -> id == null || one.labId().equals(id)).findFirst();
    }

    /** The sentences to show when {@link #named} found nothing: why, and what to do. */
    static Message[] notOpen(List<Sessions.Open> all, String id) {
        return new Message[] {
            id == null ? say("open.none") : say("open.not-this", "lab", id),
            all.isEmpty()
                    ? say("open.none.next")
                    : say("open.these")
                            .with("labs", all.stream().map(Sessions.Open::labId).toList())
        };
    }

    /** Does what was asked for and needs no open lab; empty when nothing of that kind was asked for. */
    Optional<Exit> withoutLab() throws Exception {
        return Optional.empty();
    }

    /** Whether the verb needs a running world. If not, a world that died is built again first. */
    boolean needsWorld() {
        return true;
    }

    /** Whether the verb needs a lesson, so that it is refused in free play. */
    boolean ofALesson() {
        return false;
    }

    abstract Exit run(Session session) throws Exception;

    static Exit exit(Check check) {
        return check.allMet() ? Exit.MET : check.anyCannotTell() ? Exit.CANNOT_TELL : Exit.NOT_MET;
    }
}
