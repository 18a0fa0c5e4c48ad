package dev.drydock.verify.change;

/**
 * One bash command for the lab host.
 *
 * @param stage its place in the order of commands
 */
public record Command(Stage stage, String text) {
    /** The order of commands: a rule is deleted before the interface that it names, an address is added before the route that needs it. */
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
