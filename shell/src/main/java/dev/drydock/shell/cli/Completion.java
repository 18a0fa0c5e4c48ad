package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Completion scripts for shells, generated from the verbs' own options. When a key is pressed, the script itself looks up the ids of labs: starting
 * a JVM each time would be too slow.
 */
final class Completion {
    /** The options whose value is a file. */
    private static final List<String> FILES = List.of("--output", "--record");

    private Completion() {}

    static String bash(Path labs) {
        StringBuilder cases = new StringBuilder();
        for (VerbName verb : VerbName.everywhere()) {
            CommandLine line = new CommandLine(verb.make());
            List<String> options = options(line);
            cases.append("    ")
                    .append(verb.word())
                    .append(") options='")
                    .append(String.join(" ", options))
                    .append("'");
            String words = positional(verb, line);
            cases.append(words.isEmpty() ? "" : " words=" + words);
            formats(line)
                    .ifPresent(formats ->
                            cases.append(" formats='").append(formats).append("'"));
            cases.append(" ;;\n");
        }
        return """
            # bash completion of lab: source <(lab completion bash)
            _lab_ids() {
              local folder=${DRYDOCK_LABS:-%s} file
              for file in "$folder"/*/lab.yaml; do
                [[ -e $file ]] && file=${file%%/lab.yaml} && printf '%%s\\n' "${file##*/}"
              done
            }

            # The terms of the glossary, in one word each.
            _lab_terms() {
              local folder=${DRYDOCK_LABS:-%s}
              sed -n '/^  - term: /{s///;s/ /-/g;p}' "$folder/glossary.yaml" 2>/dev/null
            }

            _lab() {
              local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} verb= i options='' words='' formats=''
              for ((i = 1; i < COMP_CWORD; i++)); do
                [[ ${COMP_WORDS[i]} == -* ]] || { verb=${COMP_WORDS[i]}; break; }
              done
              COMPREPLY=()
              if [[ -z $verb ]]; then
                COMPREPLY=($(compgen -W '%s help --help --version --debug' -- "$current"))
                return
              fi
              case $verb in
            %s    help) words='%s' ;;
              esac
              case $before in
                --output|--record) compopt -o filenames; COMPREPLY=($(compgen -f -- "$current")); return ;;
                --format) COMPREPLY=($(compgen -W "$formats" -- "$current")); return ;;
                -j|--speed) return ;;
              esac
              if [[ $current == -* ]]; then
                COMPREPLY=($(compgen -W "$options" -- "$current"))
              elif [[ $words == @* ]]; then
                [[ $words == *ids* && $current != */* ]] && COMPREPLY=($(compgen -W "$(_lab_ids)" -- "$current"))
                [[ $words == *terms* ]] && COMPREPLY=($(compgen -W "$(_lab_terms)" -- "$current"))
                if [[ $words == *files* ]]; then
                  compopt -o filenames
                  COMPREPLY+=($(compgen -d -- "$current") $(compgen -f -X '!*.yaml' -- "$current"))
                fi
              else
                COMPREPLY=($(compgen -W "$words" -- "$current"))
              fi
            }
            complete -F _lab lab ./lab
            """
                .formatted(
                        quoted(labs),
                        quoted(labs),
                        String.join(" ", VerbName.everyWord()),
                        cases.toString().indent(0),
                        String.join(" ", VerbName.everyWord()));
    }

    static String zsh(Path labs) {
        StringBuilder verbs = new StringBuilder();
        StringBuilder cases = new StringBuilder();
        for (VerbName verb : VerbName.everywhere()) {
            verbs.append("    '")
                    .append(verb.word())
                    .append(':')
                    .append(zshText(Words.text(verb.does())))
                    .append("'\n");
            CommandLine line = new CommandLine(verb.make());
            cases.append("    ").append(verb.word()).append(") _arguments -s");
            for (OptionSpec option : line.getCommandSpec().options()) {
                cases.append(zshOption(option));
            }
            String words = positional(verb, line);
            if (words.equals("@terms")) {
                cases.append(" '1:term:_lab_terms'");
            } else if (words.startsWith("@")) {
                String action = words.contains("files") ? "_lab_ids_or_files" : "_lab_ids";
                cases.append(" '")
                        .append(many(line) ? "*" : "1")
                        .append(":lab:")
                        .append(action)
                        .append("'");
            } else if (!words.isEmpty()) {
                cases.append(" '1:word:(").append(words.replace("'", "")).append(")'");
            }
            cases.append(" ;;\n");
        }
        return """
            #compdef lab
            # zsh completion of lab: put it into a folder of $fpath as _lab, or source <(lab completion zsh) after compinit
            _lab_ids() {
              local -a ids
              ids=(${DRYDOCK_LABS:-%s}/*/lab.yaml(N:h:t))
              compadd -a ids
            }

            _lab_terms() {
              local folder=${DRYDOCK_LABS:-%s}
              local -a terms
              terms=(${(f)"$(sed -n '/^  - term: /{s///;s/ /-/g;p}' $folder/glossary.yaml 2>/dev/null)"})
              compadd -a terms
            }

            _lab_ids_or_files() {
              _lab_ids
              _files -g '*.yaml(-.)'
            }

            _lab() {
              local context state line
              local -a verbs
              verbs=(
            %s  )
              _arguments -C '(- *)'{-h,--help}'[%s]' '(- *)--version[%s]' \\
                '--debug[%s]' '1:verb:->verb' '*::argument:->rest'
              case $state in
                verb) _describe verb verbs ;;
                rest)
                  case $line[1] in
            %s      esac ;;
              esac
            }

            if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _lab "$@"; else compdef _lab lab; fi
            """
                .formatted(
                        quoted(labs),
                        quoted(labs),
                        verbs,
                        zshText(Words.text(say("completion.help"))),
                        zshText(Words.text(say("completion.version"))),
                        zshText(Words.text(say("completion.debug"))),
                        cases.toString().indent(4));
    }

    private static Optional<String> formats(CommandLine line) {
        return line.getCommandSpec().options().stream()
                .filter(option -> option.longestName().equals("--format"))
                .findFirst()
                .map(option -> String.join(" ", constants(option)));
    }

    private static boolean many(CommandLine line) {
        return line.getCommandSpec().positionalParameters().stream()
                .anyMatch(parameter -> parameter.arity().max() > 1);
    }

    private static List<String> options(CommandLine line) {
        List<String> names = new ArrayList<>();
        for (OptionSpec option : line.getCommandSpec().options()) {
            names.add(option.longestName());
        }
        return names;
    }

    /** The kinds of plain words that a verb takes: {@code @ids}, {@code @ids+files}, {@code @terms}, fixed words, or nothing. */
    private static String positional(VerbName verb, CommandLine line) {
        for (PositionalParamSpec parameter : line.getCommandSpec().positionalParameters()) {
            if (parameter.type().isEnum()) {
                return "'" + String.join(" ", constants(parameter)) + "'";
            }
        }
        return switch (verb.words()) {
            case LAB, LABS, FILES -> "@ids+files";
            case OPEN_LAB -> "@ids";
            case TERM -> "@terms";
            default -> "";
        };
    }

    private static List<String> constants(ArgSpec argument) {
        List<String> names = new ArrayList<>();
        for (Object constant : argument.type().getEnumConstants()) {
            names.add(constant.toString());
        }
        return names;
    }

    private static String zshOption(OptionSpec option) {
        String text = "[" + zshText(String.join(" ", Help.does(option))) + "]";
        String value = "";
        if (option.arity().max() > 0) {
            String action = option.type().isEnum()
                    ? "(" + String.join(" ", constants(option)) + ")"
                    : FILES.contains(option.longestName()) ? "_files" : " ";
            value = ":" + option.paramLabel().replace(":", "") + ":" + action;
        }
        return " '" + option.longestName() + text + value + "'";
    }

    private static String zshText(String text) {
        return text.replace("'", "'\\''").replace("[", "(").replace("]", ")").replace(":", "\\:");
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "'\\''") + "'";
    }
}
