package dev.drydock.verify.facts;

import java.util.SortedMap;

/** The immutable result of one sweep over a world. */
public record Facts(String defaultHost, SortedMap<String, HostFacts> hosts) {}
