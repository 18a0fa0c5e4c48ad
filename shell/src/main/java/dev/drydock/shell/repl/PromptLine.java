package dev.drydock.shell.repl;

import dev.drydock.engine.session.Session;
import dev.drydock.shell.screen.DisplayOptions;
import dev.drydock.shell.screen.Line;
import dev.drydock.shell.screen.Style;

/** The prompt: {@code bridge-basics 2/7 labhost:~# }. The lab's name is left out where the prompt would be wider than half the terminal. */
final class PromptLine {
    private static final String HOME = "/root";

    private PromptLine() {}

    static String of(Session session, String host, String folder, DisplayOptions look) {
        String place = host + ":" + shortened(folder) + "#";
        String step = session.lab().free()
                ? ""
                : (session.index() + 1) + "/" + session.lab().steps().size() + " ";
        String lab = session.lab().id() + " ";
        int room = look.columns() / 2;
        Line line = Line.EMPTY;
        if (lab.length() + step.length() + place.length() <= room) {
            line = line.plus(Style.FAINT, lab);
        }
        return line.plus(Style.FAINT, step)
                        .plus(place.replaceAll("\\p{Cntrl}", "?"))
                        .draw(look) + " ";
    }

    private static String shortened(String folder) {
        if (folder.equals(HOME)) {
            return "~";
        }
        return folder.startsWith(HOME + "/") ? "~" + folder.substring(HOME.length()) : folder;
    }
}
