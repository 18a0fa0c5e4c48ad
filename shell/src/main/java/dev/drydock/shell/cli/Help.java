package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.shell.screen.DisplayOptions;
import dev.drydock.shell.screen.Line;
import dev.drydock.shell.screen.Screen;
import dev.drydock.shell.screen.Style;
import dev.drydock.verify.words.Words;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What {@code --help} says. */
final class Help {
    private static final int TEXT = 20;

    /** The options that every verb has; they are listed last. */
    private static final List<String> COMMON = List.of("--debug", "--help");

    private Help() {}

    static List<Line> overview(DisplayOptions look) {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(Style.TITLE, "lab").plus(": " + Words.text(say("help.lab"))));
        lines.add(Line.EMPTY);
        VerbName.Group group = null;
        for (VerbName verb : VerbName.everywhere()) {
            if (verb.group() != group) {
                group = verb.group();
                lines.add(Line.of(Style.STRONG, group.title()));
            }
            lines.add(Line.of("  ")
                    .plus(Style.COMMAND, verb.word())
                    .plus(verb.takes().isEmpty() ? "" : " " + verb.takes())
                    .padTo(TEXT, 2)
                    .plus(verb.does()));
        }
        lines.add(Line.EMPTY);
        String dot = look.unicode() ? " · " : " - ";
        Line begin = Line.EMPTY;
        String[] pieces = Words.text(say("help.begin", "dot", dot)).split("`");
        for (int i = 0; i < pieces.length; i++) {
            begin = begin.plus(i % 2 == 0 ? Style.PLAIN : Style.COMMAND, pieces[i]);
        }
        lines.add(begin);
        lines.add(Line.of(say("help.further", "dot", dot)));
        return lines;
    }

    static void of(Verb verb, CommandLine line, CliContext surroundings) {
        List<Line> lines = new ArrayList<>();
        String word = line.getCommandName().substring(line.getCommandName().lastIndexOf(' ') + 1);
        VerbName name = VerbName.of(word).orElse(null);
        String takes = name == null || name.takes().isEmpty() ? "" : " " + name.takes();
        lines.add(Line.of(Style.TITLE, line.getCommandName() + takes)
                .plus(name == null ? "" : ": " + Words.text(name.does())));
        List<Line> options = new ArrayList<>();
        for (PositionalParamSpec parameter : line.getCommandSpec().positionalParameters()) {
            row(options, parameter.paramLabel(), parameter);
        }
        for (OptionSpec option : ownFirst(line.getCommandSpec().options())) {
            String label = String.join(", ", option.names());
            row(options, option.arity().max() == 0 ? label : label + " " + option.paramLabel(), option);
        }
        if (!options.isEmpty()) {
            lines.add(Line.EMPTY);
            lines.addAll(options);
        }
        if (!verb.examples().isEmpty()) {
            lines.add(Line.EMPTY);
            lines.add(Line.of(Style.STRONG, say("help.examples")));
            verb.examples()
                    .forEach(example -> lines.add(Line.of("  ")
                            .plus(Style.COMMAND, example.replaceAll("(?<=^|\\| )lab ", Words.command() + " "))));
        }
        new Screen(surroundings.out(), surroundings.look()).write(lines);
    }

    /** A verb's options in the order of the help: its own first. */
    static List<OptionSpec> ownFirst(List<OptionSpec> options) {
        List<OptionSpec> ordered = new ArrayList<>(options);
        ordered.sort(Comparator.comparing(option -> COMMON.indexOf(option.longestName())));
        return ordered;
    }

    private static void row(List<Line> lines, String label, ArgSpec argument) {
        Line head = Line.of("  ").plus(Style.COMMAND, label);
        List<String> does = does(argument);
        for (int i = 0; i < does.size(); i++) {
            lines.add((i == 0 ? head : Line.EMPTY).padTo(TEXT, 2).plus(does.get(i)));
        }
    }

    /** What an option or a word of a verb does, in the lines of the help. Its key is made from the class and the field that have the annotation. */
    static List<String> does(ArgSpec argument) {
        return Words.text(say("option." + key(argument))).lines().toList();
    }

    /** The class and the field: {@code changes.as-commands}. */
    static String key(ArgSpec argument) {
        Field field = (Field) argument.userObject();
        String owner = field.getDeclaringClass().getSimpleName().replaceFirst("(?<=.)(Verb|Option)$", "");
        return kebab(owner) + "." + kebab(field.getName());
    }

    private static String kebab(String camel) {
        return camel.replaceAll("(?<=.)(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
