package dev.drydock.shell.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command
final class CompletionVerb extends LabVerb {
    enum Shell {
        bash,
        zsh
    }

    @Parameters(paramLabel = "bash|zsh", arity = "1")
    private Shell shell;

    @Override
    boolean takes(List<String> words) {
        return false;
    }

    @Override
    List<String> examples() {
        return List.of("source <(lab completion bash)", "lab completion zsh > ~/.zfunc/_lab");
    }

    @Override
    Exit run() {
        screen().raw(
                        shell == Shell.bash
                                ? Completion.bash(surroundings().labs())
                                : Completion.zsh(surroundings().labs()));
        return Exit.MET;
    }
}
