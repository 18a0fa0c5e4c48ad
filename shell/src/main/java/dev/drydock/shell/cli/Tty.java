package dev.drydock.shell.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jline.nativ.CLibrary;
import org.jline.nativ.CLibrary.WinSize;

/** Tells whether a standard stream of this process is a terminal, and its size. Only the size loads the native library. */
public final class Tty {
    private Tty() {}

    /** Whether the stream is a terminal. @param descriptor 0, 1 or 2 */
    public static boolean is(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException notThere) {
            return false;
        }
    }

    /** The columns and rows of the terminal; zeros where they are unknown. */
    public static int[] size(int descriptor) {
        try {
            WinSize size = new WinSize();
            return CLibrary.ioctl(descriptor, CLibrary.TIOCGWINSZ, size) == 0
                    ? new int[] {size.ws_col, size.ws_row}
                    : new int[] {0, 0};
        } catch (LinkageError | RuntimeException noNativeLibrary) {
            return new int[] {0, 0};
        }
    }
}
