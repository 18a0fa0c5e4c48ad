package dev.drydock.engine.host;

import java.nio.file.Path;
import java.util.Map;

/** Where a user's files are kept, by the rules of the XDG base directories. Nothing is created here. */
public final class UserFolders {
    private UserFolders() {}

    /**
     * Progress, traces and worlds: {@code $XDG_STATE_HOME/drydock}, or {@code ~/.local/state/drydock} where that is unset, empty or
     * relative.
     */
    public static Path state(Map<String, String> environment) {
        return under(environment, "XDG_STATE_HOME", ".local/state");
    }

    /** What can be found out again: {@code $XDG_CACHE_HOME/drydock}, or {@code ~/.cache/drydock} where that is unset, empty or relative. */
    static Path cache(Map<String, String> environment) {
        return under(environment, "XDG_CACHE_HOME", ".cache");
    }

    private static Path under(Map<String, String> environment, String variable, String inHome) {
        String base = environment.getOrDefault(variable, "");
        return (base.startsWith("/") ? Path.of(base) : home(environment).resolve(inHome)).resolve("drydock");
    }

    /** {@code $HOME}; where that is unset, empty or relative, the home folder of the account. */
    private static Path home(Map<String, String> environment) {
        String home = environment.getOrDefault("HOME", "");
        return Path.of(home.startsWith("/") ? home : System.getProperty("user.home"));
    }
}
