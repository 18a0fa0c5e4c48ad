package dev.drydock.shell.cli;

/** What a verb tells the shell that called it. */
public enum Exit {
    MET(0, "Done; what was asked about is met."),
    NOT_MET(1, "Not met, or the lab was left before its end."),
    USAGE(2, "The command line makes no sense; standard error says why."),
    /** Nobody can tell, or the machine would not do what was asked of it. */
    CANNOT_TELL(3, "Nobody can tell, or the machine would not do what was asked of it."),
    INVALID_LAB(4, "A lab file is invalid."),
    BUG(70, "A mistake in Drydock itself; standard error names the file that holds the trace."),
    INTERRUPTED(130, "Interrupted by Ctrl-C, or the reader of its output went away.");

    private final int status;
    private final String means;

    Exit(int status, String means) {
        this.status = status;
        this.means = means;
    }

    public int status() {
        return status;
    }

    /** What the status says, as a sentence. */
    String means() {
        return means;
    }
}
