package dev.drydock.engine.host;

import java.util.List;

/** This machine. */
public record LocalPlace() implements Place {
    @Override
    public String name() {
        return "local";
    }

    @Override
    public List<String> prefix() {
        return List.of();
    }
}
