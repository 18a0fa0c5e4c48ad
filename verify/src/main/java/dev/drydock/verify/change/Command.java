package dev.drydock.verify.change;

/**
 * One line of bash for the lab host.
 *
 * @param stage when it must run, relative to others
 */
public record Command(Stage stage, String text) {
    /** What must come before what: a rule goes before the interface that it names, an address comes before the route through it. */
    public enum Stage {
        RULES_GO,
        CHAINS_GO,
        ROUTES_GO,
        ADDRESSES_GO,
        LINKS_GO,
        NAMESPACES_GO,
        NAMESPACES,
        LINKS,
        LINKS_MOVE,
        LINKS_ARE_SET,
        PORTS,
        ADDRESSES,
        LINKS_ARE_UP,
        ROUTES,
        NEIGHBOURS,
        SETTINGS,
        CHAINS,
        RULES,
        POLICIES,
        FILES
    }
}
