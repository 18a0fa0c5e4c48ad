package dev.drydock.labs;

import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.Step;
import dev.drydock.engine.session.Session;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.stream.Collectors;

/** A session that only knows where it stands, with every step before done; there is no world to ask. */
final class Bookmark {
    private Bookmark() {}

    static Session at(Lab lab, int index) {
        Set<String> done = lab.steps().subList(0, index).stream().map(Step::id).collect(Collectors.toSet());
        return (Session) Proxy.newProxyInstance(
                Session.class.getClassLoader(),
                new Class<?>[] {Session.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "lab" -> lab;
                    case "index" -> index;
                    case "done" -> done;
                    case "skipped" -> Set.of();
                    case "toString" -> lab.id() + " at step " + (index + 1);
                    default -> {
                        if (method.isDefault()) {
                            yield InvocationHandler.invokeDefault(proxy, method, arguments);
                        }
                        throw new UnsupportedOperationException("a bookmark cannot " + method.getName());
                    }
                });
    }
}
