package dev.drydock.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserFoldersTest {
    private static final String ACCOUNT = System.getProperty("user.home");

    @Test
    void the_state_lies_where_the_user_says_else_at_home() {
        assertThat(UserFolders.state(Map.of("XDG_STATE_HOME", "/s", "HOME", "/h")))
                .isEqualTo(Path.of("/s/drydock"));
        assertThat(UserFolders.state(Map.of("XDG_STATE_HOME", "", "HOME", "/h")))
                .isEqualTo(Path.of("/h/.local/state/drydock"));
        assertThat(UserFolders.state(Map.of("XDG_STATE_HOME", "relative", "HOME", "/h")))
                .isEqualTo(Path.of("/h/.local/state/drydock"));
    }

    @Test
    void a_home_that_is_no_absolute_path_is_not_one() {
        assertThat(UserFolders.state(Map.of("HOME", "relative"))).isEqualTo(Path.of(ACCOUNT, ".local/state/drydock"));
        assertThat(UserFolders.state(Map.of("HOME", ""))).isEqualTo(Path.of(ACCOUNT, ".local/state/drydock"));
        assertThat(Sandboxes.folder(Map.of("HOME", "relative")))
                .isEqualTo(Path.of(ACCOUNT, ".local/state/drydock/worlds"));
    }

    @Test
    void what_is_remembered_follows_the_same_rule() {
        assertThat(UserFolders.cache(Map.of("XDG_CACHE_HOME", "/c", "HOME", "/h")))
                .isEqualTo(Path.of("/c/drydock"));
        assertThat(UserFolders.cache(Map.of("HOME", "/h"))).isEqualTo(Path.of("/h/.cache/drydock"));
    }
}
