package dev.drydock.verify.probe;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.probe.Sections.Section;
import dev.drydock.verify.words.Message;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One active probe as a line of the sweep's script, and the capture from its output.
 *
 * <p>Each probe ends by itself after at most about four seconds, an {@link ActiveProbe.Output} after eleven; after a little more than one second
 * where ARP gets no reply.
 */
record ProbeScriptLine(int number, ActiveProbe probe) {
    // what the tools that lead into a namespace say when they fail
    private static final Pattern NOT_STARTED =
            Pattern.compile("(?m)^(?:nsenter|unshare|mount|timeout): .*|^.*: command not found$");

    boolean ofContainer() {
        return probe.in().kind() == Scope.Kind.CONTAINER;
    }

    /**
     * A line of bash. All texts of a lab's author are quoted.
     *
     * @param process by which a container is entered; where empty, the script asks Docker first
     */
    String script(OptionalInt process) {
        if (probe instanceof ActiveProbe.Logs) {
            return "ask_log " + number + " " + quoted(probe.in().name()) + " &\n";
        }
        Scope in = process.isPresent() ? Scope.pid(process.getAsInt()) : probe.in();
        return "ask " + number + " " + in.kind().name().toLowerCase(Locale.ROOT) + " " + quoted(in.name()) + " "
                + command().run() + " &\n";
    }

    /** The text in single quotes, without NUL, which bash cannot hold. */
    static String quoted(String text) {
        return "'" + text.replace("\0", "").replace("'", "'\\''") + "'";
    }

    /** The capture, with the command as a learner would type it. A probe that could not start has an obstacle. */
    ProbeCapture capture(Sections sections, LearnerCommand learner) {
        ProbeCommand asked = command();
        String command = asked.shown().apply(learner);
        Optional<Section> refused = sections.of("norun." + number);
        if (refused.isPresent()) {
            return ProbeCapture.notRun(
                    command, Message.verbatim(refused.get().out().strip()));
        }
        Optional<Section> section = sections.of("probe." + number);
        if (section.isEmpty() || section.get().exit().isEmpty()) {
            return ProbeCapture.notRun(command, say("probe.cut-off", "command", command));
        }
        int exit = section.get().exit().getAsInt();
        String out = section.get().out();
        String err = section.get().err();
        boolean authors = probe instanceof ActiveProbe.Output;
        Matcher failed = NOT_STARTED.matcher(err);
        if (exit != 0 && failed.find() && (!authors || failed.group().startsWith("nsenter: "))) {
            return ProbeCapture.notRun(command, Message.verbatim(failed.group()));
        }
        return asked.reader().read(learner, command, exit, out, err);
    }

    private ProbeCommand command() {
        return probe.accept(new ProbeCommands(number));
    }
}
