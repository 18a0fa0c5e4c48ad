package dev.drydock.shell;

import dev.drydock.shell.Breakings.Breaking;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A part of {@link BrokenScriptTest}; {@link BrokenByOrdinaryUserTest} runs it as such a user. */
class OrdinaryScriptCases extends BrokenScriptTest {
    static Stream<Breaking> someBreakings() {
        return Breakings.some().stream();
    }

    @Override
    @ParameterizedTest
    @MethodSource("someBreakings")
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void goes_on_or_says_why_not(Breaking breaking) {
        super.goes_on_or_says_why_not(breaking);
    }
}
