package dev.drydock.engine.host;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.util.Arrays;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** A program that runs test classes, for another user than the one who builds. */
final class RunsTests {
    private RunsTests() {}

    public static void main(String[] classes) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(Arrays.stream(classes).map(name -> selectClass(name)).toList())
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        listener.getSummary().printFailuresTo(new PrintWriter(System.out, true), 12);
        System.out.println("as " + System.getProperty("user.name") + ": "
                + listener.getSummary().getTestsSucceededCount() + " succeeded, "
                + listener.getSummary().getTotalFailureCount() + " failed");
        System.exit(
                listener.getSummary().getTotalFailureCount() == 0
                                && listener.getSummary().getTestsSucceededCount() > 0
                        ? 0
                        : 1);
    }
}
