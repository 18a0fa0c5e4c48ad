package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.lab.Suggestion;
import dev.drydock.shell.screen.Screen;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads a verb's options and words with picocli, and tells what is wrong with them. */
final class Arguments {
    private final CliContext surroundings;
    private final Screen err;

    Arguments(CliContext surroundings) {
        this.surroundings = surroundings;
        this.err = new Screen(surroundings.err(), surroundings.errLook());
    }

    /**
     * Sets the fields of the verb from the arguments.
     *
     * @return the exit status when nothing is left to run: help was shown, or the arguments were wrong; empty when the verb can run
     */
    Optional<Exit> read(Verb verb, String name, List<String> arguments) {
        CommandLine line = new CommandLine(verb);
        line.setCommandName(name);
        line.setExpandAtFiles(false);
        try {
            line.parseArgs(arguments.toArray(String[]::new));
        } catch (ParameterException wrong) {
            return Optional.of(wrong(wrong, line, verb, arguments));
        }
        if (verb.help()) {
            Help.of(verb, line, surroundings);
            return Optional.of(Exit.MET);
        }
        return Optional.empty();
    }

    private Exit wrong(ParameterException wrong, CommandLine line, Verb verb, List<String> arguments) {
        String name = line.getCommandName();
        Map<String, OptionSpec> options = line.getCommandSpec().optionsMap();
        Optional<String> stray = arguments.stream()
                .takeWhile(argument -> !argument.equals("--"))
                .filter(argument -> argument.matches("--?[A-Za-z].*"))
                .map(argument -> argument.replaceFirst("=.*", ""))
                .filter(argument -> !options.containsKey(argument) && !attached(argument, options))
                .findFirst();
        Message message;
        if (stray.isPresent()) {
            message = say("arguments.no-option")
                    .with("command", name)
                    .with("option", stray.get())
                    .with("near", Suggestion.misspelt(stray.get(), options.keySet()));
        } else if (wrong instanceof UnmatchedArgumentException unmatched) {
            message = say("arguments.word-too-many")
                    .with("command", name)
                    .with("word", unmatched.getUnmatched().get(0));
        } else if (wrong instanceof MissingParameterException missing
                && words(missing)
                && !verb.examples().isEmpty()) {
            String takes = line.getCommandSpec().positionalParameters().stream()
                    .map(PositionalParamSpec::paramLabel)
                    .collect(Collectors.joining(" "));
            message = say("arguments.missing")
                    .with("command", name)
                    .with("takes", takes)
                    .with("example", verb.examples().get(0));
        } else {
            String said = wrong.getMessage()
                    .replace(" (case-sensitive)", "")
                    .lines()
                    .findFirst()
                    .orElseThrow();
            String complaint = Character.toLowerCase(said.charAt(0)) + said.substring(1);
            message = say(
                    "arguments.wrong", "command", name, "complaint", complaint + (complaint.endsWith(".") ? "" : "."));
        }
        err.trouble(message);
        err.remedy(say("arguments.next", "command", name));
        return Exit.USAGE;
    }

    /** Whether words are missing and not the value of an option. */
    private static boolean words(MissingParameterException missing) {
        return missing.getMissing().stream().allMatch(ArgSpec::isPositional);
    }

    /** {@code -j2}: a value stuck to a one-letter option. */
    private static boolean attached(String argument, Map<String, OptionSpec> options) {
        return !argument.startsWith("--") && options.containsKey(argument.substring(0, 2));
    }
}
