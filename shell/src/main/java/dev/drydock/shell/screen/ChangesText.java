package dev.drydock.shell.screen;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.session.Difference;
import dev.drydock.verify.change.Change;
import dev.drydock.verify.change.Changes;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What changed: as a table of kernel objects, as a script of commands, or as one line. */
final class ChangesText {
    /** The most changes that are shown; further ones are only counted, unless all are asked for. */
    private static final int MOST = 60;

    private static final int WORDS = 15;
    private static final int LONGEST_COMMAND = 50;
    private static final int SHORTEST_COMMAND = 24;
    private static final List<String> DOCKER_NOUNS = List.of("network", "container", "image", "volume", "service");

    private static final Message UNKNOWN = say("changes.unknown");

    private ChangesText() {}

    /** @param all whether every change is shown, and not only the first */
    static List<Line> of(Difference difference, boolean all, DisplayOptions look) {
        List<Line> lines = new ArrayList<>();
        if (difference.changes().isEmpty()) {
            return Wrap.text(Words.text(UNKNOWN), look.measure());
        }
        Changes changes = difference.changes().get();
        if (!changes.isEmpty()) {
            lines.addAll(Goals.hanging(Line.EMPTY, heading(difference, 0, look), look));
            table(changes, all ? Integer.MAX_VALUE : MOST, lines, look);
        } else {
            lines.add(Line.of(say("changes.nothing")));
        }
        unread(changes, lines, look);
        difference.earlier().ifPresent(earlier -> {
            String before = Words.text(say("changes.before-that"));
            List<Span> head = new ArrayList<>();
            head.add(new Span(Style.PLAIN, before));
            head.addAll(heading(earlier, before.length(), look));
            lines.addAll(Goals.hanging(Line.EMPTY, head, look));
            table(earlier.changes().orElseThrow(), all ? Integer.MAX_VALUE : MOST, lines, look);
        });
        String option = option(difference);
        if (!all
                && shownChanges(difference).stream()
                        .anyMatch(shown -> shown.all().count() > MOST)) {
            lines.add(Line.of(say("changes.all-of-them")).plus(Style.COMMAND, "lab changes" + option + " --all"));
        }
        if (shownChanges(difference).stream().flatMap(Changes::all).anyMatch(ChangesText::isDockers)) {
            lines.add(Line.of(say("changes.by-hand")).plus(Style.COMMAND, "lab changes" + option + " --as-commands"));
        }
        return lines;
    }

    /** Every change, and what could not be read, without a heading; may be empty. */
    static List<Line> rows(Changes changes, DisplayOptions look) {
        List<Line> lines = new ArrayList<>();
        table(changes, Integer.MAX_VALUE, lines, look);
        unread(changes, lines, look);
        return lines;
    }

    private static boolean isDockers(Change change) {
        return change.kind() == Change.Kind.CONTAINER
                || change.kind() == Change.Kind.NETWORK
                || change.kind() == Change.Kind.MEMBER;
    }

    private static String option(Difference difference) {
        return difference.since() == Difference.Since.COMMAND
                ? ""
                : " --since " + difference.since().name().toLowerCase(Locale.ROOT);
    }

    private static List<Changes> shownChanges(Difference difference) {
        return difference.earlier().isPresent()
                ? difference.earlier().get().changes().stream().toList()
                : difference.changes().stream().toList();
    }

    private static void unread(Changes changes, List<Line> lines, DisplayOptions look) {
        changes.unread()
                .forEach(sentence -> lines.addAll(
                        Goals.hanging(Line.of(Style.UNKNOWN, look.unknown() + " "), Style.PLAIN, sentence, look)));
    }

    /** @param taken how many columns of the line are used already */
    private static List<Span> heading(Difference difference, int taken, DisplayOptions look) {
        Optional<Message> since =
                switch (difference.since()) {
                    case STEP -> Optional.of(say("changes.since-step"));
                    case START -> Optional.of(say("changes.since-start"));
                    case COMMAND ->
                        difference.lines().isEmpty() ? Optional.of(say("changes.since-first-look")) : Optional.empty();
                };
        if (since.isPresent()) {
            return List.of(new Span(Style.PLAIN, Words.text(since.get())));
        }
        String did = Words.text(say("changes.command-did", "running", difference.running()));
        int room = Math.min(LONGEST_COMMAND, Math.max(SHORTEST_COMMAND, look.measure() - taken - did.length()));
        List<Span> spans = new ArrayList<>();
        for (String line : difference.lines()) {
            spans.add(new Span(Style.PLAIN, spans.isEmpty() ? "" : Words.text(say("changes.and"))));
            spans.add(new Span(Style.COMMAND, name(line, room, look)));
        }
        spans.add(new Span(Style.PLAIN, did));
        return spans;
    }

    /** Names a command: the first words of a {@code docker} command, a short command as a whole, else as much as there is room for. */
    private static String name(String line, int room, DisplayOptions look) {
        List<String> words = List.of(line.strip().split("\\s+"));
        boolean simple = !line.strip().matches("(?s).*[;&|\\n].*");
        if (simple && words.get(0).equals("docker") && words.size() > 1) {
            int count = DOCKER_NOUNS.contains(words.get(1)) ? 3 : 2;
            return look.spell(words.stream().limit(count).collect(Collectors.joining(" ")));
        }
        String whole = look.spell(String.join(" ", words));
        String end = " " + look.ellipsis();
        return Columns.of(whole) <= room
                ? whole
                : Columns.cut(whole, room - Columns.of(end), "").strip() + end;
    }

    /** @param most how many changes are shown; the others are counted */
    private static void table(Changes changes, int most, List<Line> lines, DisplayOptions look) {
        int room = most;
        boolean several = changes.groups().size() > 1;
        long hosts =
                changes.groups().stream().map(Changes.Group::host).distinct().count();
        for (Changes.Group group : changes.groups()) {
            if (room == 0) {
                break;
            }
            if (several) {
                Message title = say("changes.group")
                        .with("cause", group.cause())
                        .with("besides", group.cause().isEmpty() && hosts == 1)
                        .with("host", hosts > 1 ? Optional.of(group.host()) : Optional.empty());
                lines.add(Line.of("  ")
                        .plus(Style.STRONG, look.spell(Words.text(title).strip())));
            }
            List<Change> shown =
                    group.changes().subList(0, Math.min(room, group.changes().size()));
            room -= shown.size();
            for (Change change : shown) {
                Line head = Line.of("  ")
                        .plus(style(change), change.sign().mark())
                        .plus(" " + Words.text(change.label()))
                        .padTo(WORDS, 2);
                lines.addAll(Goals.hanging(head, Style.PLAIN, change.words(), look));
                for (Message consequence : change.consequences()) {
                    Line below = Line.EMPTY.padTo(WORDS, 0).plus(look.dot() + " ");
                    lines.addAll(Goals.hanging(below, Style.FAINT, consequence, look));
                }
            }
        }
        rest(changes.all().skip(most).toList(), lines, look);
    }

    /** The changes that are not shown, counted by kind. */
    private static void rest(List<Change> others, List<Line> lines, DisplayOptions look) {
        if (!others.isEmpty()) {
            String start =
                    "  " + Words.text(say("changes.more", "count", String.format(Locale.ROOT, "%,d", others.size())));
            lines.add(Line.of(Style.FAINT, start + counted(others, look.measure() - start.length())));
        }
    }

    private static Style style(Change change) {
        return switch (change.sign()) {
            case ADDED -> Style.MET;
            case REMOVED -> Style.NOT_MET;
            case CHANGED -> Style.UNKNOWN;
        };
    }

    /** A script that makes the same changes. Comments name the changes that no command makes. */
    static List<Line> commands(Difference difference, DisplayOptions look) {
        if (difference.changes().isEmpty()) {
            List<Line> lines = new ArrayList<>();
            comment(Words.text(UNKNOWN), lines, look);
            return lines;
        }
        Difference shown = difference.earlier().orElse(difference);
        Changes changes = shown.changes().orElseThrow();
        if (changes.isEmpty()) {
            return List.of(Line.of("# " + Words.text(say("changes.nothing"))));
        }
        List<Line> lines = new ArrayList<>();
        String title = shown.lines().isEmpty()
                ? Words.text(say("changes.what"))
                : shown.lines().stream()
                        .map(line -> name(line, LONGEST_COMMAND, look))
                        .collect(Collectors.joining(Words.text(say("changes.and"))));
        comment(Words.text(say("changes.title-by-hand", "title", title)), lines, look);
        List<String> hosts =
                changes.groups().stream().map(Changes.Group::host).distinct().toList();
        for (String host : hosts) {
            if (hosts.size() > 1) {
                comment(Words.text(say("changes.on-host", "host", host)), lines, look);
            }
            changes.commands(host).forEach(text -> lines.add(Line.of(Style.COMMAND, text)));
        }
        boolean standsIn = changes.all()
                .anyMatch(change ->
                        change.kind() == Change.Kind.NAMESPACE && change.place().startsWith("container:"));
        if (standsIn) {
            comment(Words.text(say("changes.stands-in")), lines, look);
        }
        Map<Message, List<String>> without = new LinkedHashMap<>();
        changes.all().forEach(change -> change.noCommand()
                .ifPresent(why ->
                        without.computeIfAbsent(why, none -> new ArrayList<>()).add(line(change))));
        if (!without.isEmpty()) {
            comment(Words.text(say("changes.no-command")), lines, look);
        }
        without.forEach((why, what) -> {
            what.forEach(one -> comment("  " + one, lines, look));
            comment("    (" + Words.text(why) + ")", lines, look);
        });
        changes.unread().forEach(sentence -> comment(Words.text(sentence), lines, look));
        return lines;
    }

    private static void comment(String text, List<Line> lines, DisplayOptions look) {
        String indent = text.substring(0, text.length() - text.stripLeading().length());
        Wrap.text(look.spell(text.strip()), look.measure() - 2 - indent.length())
                .forEach(line -> lines.add(Line.of(Style.FAINT, "# " + indent + line.text())));
    }

    /** One line about what a command changed; empty where nothing changed, or the command still runs. */
    static Optional<Line> one(Difference difference, DisplayOptions look) {
        Optional<Changes> changes = difference.changes().filter(found -> !found.isEmpty() && !difference.running());
        if (changes.isEmpty()) {
            return Optional.empty();
        }
        List<Change> all = changes.get().all().toList();
        String start = "  " + Words.text(say("changes.changed")) + " ";
        int most = look.measure();
        if (all.size() > 1) {
            return Optional.of(Line.of(Style.FAINT, start + counted(all, most - Columns.of(start))));
        }
        String text = look.spell(start + line(all.get(0)));
        return Optional.of(Line.of(Style.FAINT, Columns.cut(text, most, look.ellipsis())));
    }

    /** Counts the changes of each kind; those that do not fit into {@code room} columns are only added up. */
    private static String counted(List<Change> all, int room) {
        Map<List<Object>, List<Change>> alike = all.stream()
                .collect(Collectors.groupingBy(
                        change -> List.of(change.sign(), change.kind(), change.label()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        StringBuilder words = new StringBuilder();
        int left = all.size();
        Change.Sign sign = null;
        for (List<Change> some : alike.values()) {
            int count = some.size();
            Change first = some.get(0);
            String mark = first.sign() == sign
                    ? ", "
                    : (sign == null ? "" : "  ") + first.sign().mark() + " ";
            String piece = mark + Words.text(first.counted(count));
            String rest = left > count ? more(left - count) : "";
            if (Columns.of(words + piece + rest) > room) {
                return words.append(more(left)).toString();
            }
            words.append(piece);
            left -= count;
            sign = first.sign();
        }
        return words.toString();
    }

    private static String more(int count) {
        return " " + Words.text(say("changes.and-more", "count", count));
    }

    private static String line(Change change) {
        return change.sign().mark() + " " + Words.text(change.label()) + " " + Words.text(change.words());
    }
}
