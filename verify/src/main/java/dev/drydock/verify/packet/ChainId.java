package dev.drydock.verify.packet;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Term;
import java.util.Objects;

/**
 * Which chain.
 *
 * @param tool the command that shows it: {@code iptables}, {@code ip6tables-legacy}, {@code ebtables}, {@code nft}
 * @param family of the nft table: {@code ip}, {@code ip6}, {@code inet} or {@code bridge}
 */
public record ChainId(String tool, String family, String table, String name) implements Term {
    public ChainId {
        Objects.requireNonNull(tool);
        Objects.requireNonNull(family);
        Objects.requireNonNull(table);
        Objects.requireNonNull(name);
    }

    /** Whether it sees frames where a bridge hands them on, takes or makes them. */
    public boolean isOfBridge() {
        return family.equals("bridge");
    }

    /** Another chain of the same table. */
    ChainId sibling(String other) {
        return new ChainId(tool, family, table, other);
    }

    boolean sameTable(ChainId other) {
        return equals(other.sibling(name));
    }

    /**
     * {@code FORWARD}, {@code nat POSTROUTING}, {@code post in table inet mine}.
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

    /** The command that shows its rules, as a learner would type it. */
    public String command() {
        return tool.equals("nft")
                ? "nft list chain " + family + " " + LearnerCommand.quoted(table) + " " + LearnerCommand.quoted(name)
                : tool
                        + (table.equals("filter") ? "" : " -t " + table)
                        + (tool.equals("ebtables") ? " -L " : " -S ")
                        + LearnerCommand.quoted(name);
    }
}
