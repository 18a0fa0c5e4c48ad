package dev.drydock.verify.packet;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Term;
import java.util.Objects;

/**
 * The full name of a chain.
 *
 * @param tool the command that lists the chain: {@code iptables}, {@code ip6tables-legacy}, {@code ebtables}, {@code nft}
 * @param family of the nft table: {@code ip}, {@code ip6}, {@code inet} or {@code bridge}
 */
public record ChainId(String tool, String family, String table, String name) implements Term {
    /** The chain that Docker reserves for users and calls before its own rules. */
    public static final String FOR_USERS = "DOCKER-USER";

    public ChainId {
        Objects.requireNonNull(tool);
        Objects.requireNonNull(family);
        Objects.requireNonNull(table);
        Objects.requireNonNull(name);
    }

    /** Whether the chain belongs to the family bridge and therefore sees frames instead of IP packets. */
    public boolean isOfBridge() {
        return family.equals("bridge");
    }

    /** Whether Docker keeps the chain for rules of its own: those called {@code DOCKER} but that for users, and its tables of nft. */
    public boolean isDockers() {
        return table.equals("docker-bridges") || (name.startsWith("DOCKER") && !name.equals(FOR_USERS));
    }

    /** The chain with this name in the same table. */
    ChainId sibling(String other) {
        return new ChainId(tool, family, table, other);
    }

    boolean sameTable(ChainId other) {
        return equals(other.sibling(name));
    }

    /**
     * Names the chain: {@code FORWARD}, {@code nat POSTROUTING}, {@code post in table inet mine}.
     *
     * @param form empty
     */
    @Override
    public Message inForm(String form) {
        return tool.equals("nft")
                ? say("chain.nft", "chain", name, "family", family, "table", table)
                : say("chain.iptables")
                        .with("chain", name)
                        .with("table", table.equals("filter") ? "" : table)
                        .with("tool", tool.equals("iptables") ? "" : tool);
    }

    /** The command that lists the chain's rules, as a learner would type it. */
    public String command() {
        return tool.equals("nft")
                ? "nft list chain " + family + " " + LearnerCommand.quoted(table) + " " + LearnerCommand.quoted(name)
                : tool
                        + (table.equals("filter") ? "" : " -t " + table)
                        + (tool.equals("ebtables") ? " -L " : " -S ")
                        + LearnerCommand.quoted(name);
    }
}
