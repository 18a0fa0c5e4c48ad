package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The whole command as one picocli model, from which the manual pages are generated. Normal runs do not build it. */
public final class Manual {
    private Manual() {}

    /**
     * The command {@code lab} with every verb as a subcommand. The header says what a verb does, the footer has its examples; descriptions that the
     * help breaks into lines are joined.
     */
    public static CommandLine model() {
        CommandSpec lab = CommandSpec.create().name("lab");
        lab.addOption(OptionSpec.builder("-V", "--version")
                .description(Words.text(say("manual.version")))
                .build());
        lab.addOption(OptionSpec.builder("-h", "--help")
                .description(Words.text(say("manual.help")))
                .build());
        lab.addOption(OptionSpec.builder("--debug")
                .description(Words.text(say("manual.debug")))
                .build());
        lab.usageMessage().synopsisSubcommandLabel("[VERB [ARGUMENT...]]");
        complete(lab, Words.text(say("manual.lab")), List.of("lab", "lab start bridge-basics"));
        for (VerbName name : VerbName.everywhere()) {
            Verb verb = name.make();
            CommandSpec spec = new CommandLine(verb).getCommandSpec();
            for (OptionSpec option : Help.ownFirst(spec.options())) {
                spec.remove(option);
                spec.addOption(OptionSpec.builder(option)
                        .description(String.join(" ", Help.does(option)))
                        .build());
            }
            for (PositionalParamSpec parameter : List.copyOf(spec.positionalParameters())) {
                spec.remove(parameter);
                spec.addPositional(PositionalParamSpec.builder(parameter)
                        .description(String.join(" ", Help.does(parameter)))
                        .build());
            }
            complete(spec, Words.text(name.does()), verb.examples());
            lab.addSubcommand(name.word(), spec);
        }
        return new CommandLine(lab);
    }

    private static void complete(CommandSpec spec, String does, List<String> examples) {
        spec.version("Drydock " + Cli.version());
        spec.usageMessage()
                .header(does)
                .footer(examples.toArray(String[]::new))
                .exitCodeList(statuses())
                .sortOptions(false)
                .sortSynopsis(false);
    }

    private static Map<String, String> statuses() {
        Map<String, String> statuses = new LinkedHashMap<>();
        for (Exit exit : Exit.values()) {
            statuses.put(String.valueOf(exit.status()), Words.text(exit.means()));
        }
        return statuses;
    }
}
