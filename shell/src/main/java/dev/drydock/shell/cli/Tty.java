package dev.drydock.shell.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jline.nativ.CLibrary;
import org.jline.nativ.CLibrary.WinSize;

/** Whether a standard stream of this process is a terminal, and how big it is; the native library is loaded only for the size. */
public final class Tty {
    private Tty() {}

    /** @param descriptor 0, 1 or 2 */
    public static boolean is(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException notThere) {
            return false;
        }
    }

    /** Columns and rows; zeros when nobody knows. */
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
