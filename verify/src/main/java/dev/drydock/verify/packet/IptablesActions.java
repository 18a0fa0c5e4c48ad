package dev.drydock.verify.packet;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Translates the targets of iptables into actions. An unknown target, or one with an unknown option, becomes an unknown action. */
final class IptablesActions {
    /** Targets that observe or change nothing that a rule can match; the next rule follows. */
    private static final Set<String> GO_ON = Set.of(
            "LOG",
            "NFLOG",
            "ULOG",
            "TRACE",
            "AUDIT",
            "CHECKSUM",
            "CLASSIFY",
            "CONNSECMARK",
            "SECMARK",
            "TEE",
            "SET",
            "LED",
            "RATEEST",
            "IDLETIMER",
            "TCPOPTSTRIP",
            "ECN");

    // 10.0.0.1-10.0.0.9:80-90, [fd00::1-fd00::9]:80, fd00::1
    private static final Pattern TARGET = Pattern.compile("(?:\\[(.+)]|([^:]*|[^\\[\\]]*:.*:.*?))(?::([0-9-]+))?");

    private IptablesActions() {}

    /**
     * @param words {@code -j NAME} or {@code -g NAME}, then the target's options; empty for a rule that only counts
     * @param chains the names of the table's chains
     */
    static Action of(List<IptablesRule.Option> words, Set<String> chains) {
        if (words.isEmpty()) {
            return Action.Change.NOTHING;
        }
        String name = String.join(" ", words.get(0).values());
        List<IptablesRule.Option> options = words.subList(1, words.size());
        if (words.get(0).name().equals("-g") || chains.contains(name)) {
            return new Action.Jump(name, words.get(0).name().equals("-g"));
        }
        if (GO_ON.contains(name)) {
            return Action.Change.NOTHING;
        }
        try {
            return switch (name) {
                case "ACCEPT" -> Action.End.ACCEPT;
                case "DROP" -> Action.End.DROP;
                case "REJECT" -> rejected(options);
                case "RETURN" -> Action.End.RETURN;
                case "NOTRACK" -> untracked();
                case "CT" -> tracking(options).orElseGet(() -> unknown(words));
                case "MARK" -> mark(options, false);
                case "CONNMARK" -> mark(options, true);
                case "TTL", "HL" -> hops(options.get(0));
                case "TCPMSS" -> SegmentClamp.target(options.get(0));
                case "TOS" -> service(options.get(0), 0, 0xff);
                case "DSCP" -> service(options.get(0), 2, 0x3f);
                case "MASQUERADE" -> translate(Action.Kind.MASQUERADE, true, options);
                case "SNAT" -> translate(Action.Kind.SNAT, true, options);
                case "DNAT" -> translate(Action.Kind.DNAT, false, options);
                case "NETMAP" -> translate(Action.Kind.NETMAP, false, options);
                case "REDIRECT" -> translate(Action.Kind.REDIRECT, false, options);
                default -> unknown(words);
            };
        } catch (IllegalArgumentException notUnderstood) {
            return unknown(words);
        }
    }

    private static Action unknown(List<IptablesRule.Option> words) {
        return new Action.Unknown(words.get(0).shown());
    }

    /** The error of {@code --reject-with}; port unreachable where the option is missing. */
    private static Action rejected(List<IptablesRule.Option> options) {
        return options.isEmpty()
                ? new Action.Reject(RejectWith.PORT_UNREACHABLE)
                : RejectWith.named(options.get(0).value())
                        .<Action>map(Action.Reject::new)
                        .orElse(Action.End.REJECT);
    }

    /**
     * {@code -j CT}: empty for options with a conntrack zone, which are not supported. A helper or a timeout changes nothing for the first packets.
     */
    private static Optional<Action> tracking(List<IptablesRule.Option> options) {
        if (options.stream().anyMatch(option -> option.name().startsWith("--zone"))) {
            return Optional.empty();
        }
        boolean off = options.stream().anyMatch(option -> option.name().equals("--notrack"));
        return Optional.of(off ? untracked() : Action.Change.NOTHING);
    }

    static Action untracked() {
        return new Action.Change(
                (packet, router) -> packet.with(packet.tracking().untracked()));
    }

    /** {@code --ttl-set 1}, {@code --ttl-dec 1}. */
    private static Action hops(IptablesRule.Option option) {
        int number = Integer.parseInt(option.value());
        return switch (option.name()) {
            case "--ttl-set" -> edit(envelope -> envelope.withHops(FieldValue.of(number)));
            case "--ttl-dec" -> edit(envelope -> envelope.after(number));
            case "--ttl-inc" -> edit(envelope -> envelope.after(-number));
            default -> throw new IllegalArgumentException(option.name() + " is not known");
        };
    }

    static Action edit(UnaryOperator<HeaderFields> change) {
        return new Action.Change((packet, router) -> packet.with(change.apply(packet.envelope())));
    }

    /** {@code --set-tos 0x10/0xff}, {@code --set-dscp 0x0a}: sets bits of the type of service, from bit {@code shift} on. */
    private static Action service(IptablesRule.Option option, int shift, long all) {
        String[] parts = option.value().split("/", -1);
        long value = Long.decode(parts[0]) << shift;
        long mask = (parts.length > 1 ? Long.decode(parts[1]) : all) << shift;
        return edit(
                envelope -> envelope.withService(envelope.service().and(~mask).xor(value)));
    }

    /** {@code --set-xmark 0x1/0xffffffff}, {@code --save-mark}, {@code --restore-mark}. */
    private static Action mark(List<IptablesRule.Option> options, boolean ofConnection) {
        IptablesRule.Option first = options.get(0);
        if (first.name().equals("--set-xmark") || first.name().equals("--set-mark")) {
            String[] parts = first.value().split("/", -1);
            long value = Long.decode(parts[0]);
            long mask = parts.length > 1 ? Long.decode(parts[1]) : 0xffffffffL;
            return new Action.Change((packet, router) -> ofConnection
                    ? marked(packet, packet.tracking().mark().and(~mask).xor(value))
                    : packet.withMark(packet.mark().and(~mask).xor(value)));
        }
        long from = mask(options, first.name().equals("--save-mark") ? "--nfmask" : "--ctmask");
        long to = mask(options, first.name().equals("--save-mark") ? "--ctmask" : "--nfmask");
        return switch (first.name()) {
            case "--save-mark" ->
                new Action.Change((packet, router) -> marked(
                        packet,
                        packet.tracking().mark().and(~to).xor(packet.mark().and(from))));
            case "--restore-mark" ->
                new Action.Change((packet, router) -> packet.tracking().known()
                        ? packet.withMark(packet.mark()
                                .and(~to)
                                .xor(packet.tracking().mark().and(from)))
                        : packet);
            default -> throw new IllegalArgumentException(first.name() + " is not known");
        };
    }

    /** The packet with a connection mark; unchanged where it has no connection. */
    static Packet marked(Packet packet, FieldValue mark) {
        return packet.tracking().known() ? packet.with(packet.tracking().withMark(mark.and(0xffffffffL))) : packet;
    }

    private static long mask(List<IptablesRule.Option> options, String name) {
        return options.stream()
                .filter(option -> option.name().equals(name))
                .map(option -> Long.decode(option.value()))
                .findFirst()
                .orElse(0xffffffffL);
    }

    private static Action translate(Action.Kind kind, boolean source, List<IptablesRule.Option> options) {
        Optional<IpAddress> first = Optional.empty();
        Optional<IpAddress> last = Optional.empty();
        Optional<Ports> ports = Optional.empty();
        boolean random = false;
        for (IptablesRule.Option option : options) {
            switch (option.name()) {
                case "--random", "--random-fully" -> random = true;
                case "--persistent" -> {}
                case "--to-ports" -> ports = Optional.of(Ports.parse(option.value(), "-"));
                case "--to-source", "--to-destination" -> {
                    Matcher target = TARGET.matcher(option.value());
                    if (!target.matches()) {
                        throw new IllegalArgumentException(option.value());
                    }
                    String[] addresses = (target.group(1) == null ? target.group(2) : target.group(1)).split("-", -1);
                    first = Optional.of(addresses[0])
                            .filter(text -> !text.isEmpty())
                            .map(IpAddress::parse);
                    last = Optional.of(addresses[addresses.length - 1])
                            .filter(text -> !text.isEmpty())
                            .map(IpAddress::parse);
                    ports = target.group(3) == null ? ports : Optional.of(Ports.parse(target.group(3), "-"));
                }
                case "--to" -> {
                    Cidr network = Cidr.parse(option.value());
                    return new Action.Translate(
                            Action.Kind.NETMAP,
                            source,
                            Optional.of(network.address()),
                            Optional.empty(),
                            network.prefix(),
                            Optional.empty(),
                            false);
                }
                default -> throw new IllegalArgumentException(option.name() + " is not known");
            }
        }
        return new Action.Translate(kind, source, first, last, 32, ports, random);
    }
}
