package dev.drydock.verify.packet;

import dev.drydock.verify.facts.LearnerCommand;
import java.util.Objects;

/**
 * Which chain.
 *
 * @param tool the command that shows it: {@code iptables}, {@code iptables-legacy}, {@code nft}
 * @param family of the nft table: {@code ip} or {@code inet}
 */
public record ChainId(String tool, String family, String table, String name) {
    public ChainId {
        Objects.requireNonNull(tool);
        Objects.requireNonNull(family);
        Objects.requireNonNull(table);
        Objects.requireNonNull(name);
    }

    /** Another chain of the same table. */
    ChainId sibling(String other) {
        return new ChainId(tool, family, table, other);
    }

    boolean sameTable(ChainId other) {
        return equals(other.sibling(name));
    }

    /** {@code FORWARD}, {@code nat POSTROUTING}, {@code post in table inet mine}. */
    public String shown() {
        if (tool.equals("nft")) {
            return name + " in table " + family + " " + table;
        }
        return (table.equals("filter") ? "" : table + " ") + name + (tool.equals("iptables") ? "" : " of " + tool);
    }

    /** The command that shows its rules, as a learner would type it. */
    public String command() {
        return tool.equals("nft")
                ? "nft list chain " + family + " " + LearnerCommand.quoted(table) + " " + LearnerCommand.quoted(name)
                : tool + (table.equals("filter") ? "" : " -t " + table) + " -S " + LearnerCommand.quoted(name);
    }
}
