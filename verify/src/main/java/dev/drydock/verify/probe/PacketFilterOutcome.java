package dev.drydock.verify.probe;

import static dev.drydock.verify.words.Message.say;

import com.google.gson.JsonObject;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.words.Complaint;
import dev.drydock.verify.words.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What {@link dev.drydock.verify.facts.ActiveProbe.PacketFilter} found.
 *
 * @param nft the JSON of {@code nft -j list ruleset}; empty where the machine has no nft, so that only iptables can have made rules
 * @param legacy whether the kernel has tables of iptables-legacy
 * @param otherTables whether {@code ip rule} sends packets to other tables than local, main and default
 * @param settings of each interface: {@code net.ipv4.conf.eth0.forwarding}; a dot in the name of an interface is a slash, as sysctl(8) has it
 * @param answered the IPv4 addresses for which the namespace answers ARP without a setting that makes it: those of the table local, and
 *     those of {@code ip neigh add proxy}; empty where they were not read
 */
public record PacketFilterOutcome(
        Optional<String> nft,
        boolean legacy,
        boolean otherTables,
        Map<String, String> settings,
        Optional<List<Cidr>> answered) {
    /**
     * Functions of bash: {@code nft_rules} prints a line of JSON of nft, in which {@code "dormant": true} marks a table that sees no packet;
     * {@code filter_settings} one of the legacy tables and a setting a line.
     */
    static final String FUNCTIONS =
            """
            nft_rules() {
                local rules status one
                type -P nft >/dev/null || { echo; return 0; }
                # without the elements of sets, of which there may be millions; then with those of as many as can be read at once
                rules=$(nft -t -j list ruleset)
                status=$?
                # a trace runs beside us, or a table has a flag: there the JSON of nft 1.0.6 has whatever lies in its memory, or ends
                if [[ $status -gt 128 || $rules == *drydock_trace* || $rules =~ '{"table": {'[^}]*', "flags": ' || $status$rules == 0*[!}] ]]; then
                    rules=$(nft_pieces) || return
                elif [[ $status == 0 && ( $rules == *'{"set": {"family"'* || $rules == *'{"map": {"family"'* ) ]]; then
                    one=$(timeout -s KILL 5 nft -j list ruleset | head -c 4000001; exit "${PIPESTATUS[0]}")
                    if (($? == 0 && ${#one} <= 4000000)); then
                        rules=$one
                    else
                        rules='{"nftables": [{"unread": {}}, '${rules#'{"nftables": ['}
                    fi
                elif ((status)); then
                    rules=$(nft -j list ruleset) || return
                fi
                printf '%s\\n' "$rules"
            }
            nft_pieces() {
                local text rules= line words family= table= first=
                text=$(nft -t list ruleset) || return
                while IFS= read -r line; do
                    read -ra words <<<"$line"
                    if [[ $line == 'table '* ]]; then
                        family=${words[1]} table=${words[2]} first=1
                        continue
                    elif [[ $table == drydock_trace* ]]; then
                        continue
                    elif [[ $first && $line != $'\\t'flags* ]]; then
                        nft_piece table "$family" "$table" || return
                        table=
                    elif [[ $first ]]; then
                        [[ $line == *dormant* ]] && line=', "dormant": true' || line=
                        rules+=${rules:+, }'{"table": {"family": "'$family'", "name": "'$table'"'$line'}}'
                    elif [[ $table && $line =~ ^$'\\t'(chain|set|map)' ' ]]; then
                        nft_piece "${words[0]}" "$family" "$table" "${words[1]}" || return
                    fi
                    first=
                done <<<"$text"
                printf '%s' '{"nftables": ['"$rules"']}'
            }
            nft_piece() {
                local piece
                piece=$(nft -j list "$@") || return
                piece=${piece#'{"nftables": ['}
                rules+=${rules:+, }${piece%']}'}
            }
            filter_settings() {
                local tables=() file key value
                [[ -e /proc/net/ip_tables_names ]] && { mapfile -t tables </proc/net/ip_tables_names || return; }
                printf '%s\\n' "${tables[*]}"
                for file in /proc/sys/net/ipv4/conf/*/{forwarding,route_localnet,proxy_arp,proxy_arp_pvlan,rp_filter,arp_ignore}; do
                    value=
                    { read -r value <"$file"; } 2>/dev/null
                    key=${file#/proc/sys/net/ipv4/conf/}
                    printf '%s=%s\\n' "$key" "$value"
                done
            }
            """;

    /** Prints the rules, a line of JSON of ip, the settings, then what is answered for. */
    static final String SCRIPT = FUNCTIONS
            + """
                    nft_rules || exit
                    lookups=$(ip -j rule) || exit
                    printf '%s\\n' "$lookups"
                    filter_settings || exit
                    answered=$(printf '%s\\n' 'route show table local type local' 'neigh show proxy' | ip -4 -batch -) || exit 0
                    printf '%s\\n' answered: "$answered"
                    """;

    private static final String ANSWERED = "answered:";
    private static final Set<String> USUAL = Set.of("local", "main", "default");

    public PacketFilterOutcome {
        Objects.requireNonNull(nft);
        settings = Map.copyOf(settings);
        answered = answered.map(List::copyOf);
    }

    /** @throws Complaint when the probe did not run or printed something else */
    public static PacketFilterOutcome parse(ProbeCapture capture) {
        if (capture.obstacle().isPresent() || capture.exit() != 0) {
            Message why = capture.obstacle().orElseGet(() -> Message.verbatim(Json.beginning(capture.err())));
            throw new Complaint(say("command.could-not-run", "command", capture.command(), "why", why));
        }
        List<String> lines = capture.out().lines().toList();
        if (lines.size() < 3) {
            throw new Complaint(say("command.output-cut-off", "command", capture.command()));
        }
        boolean other = Json.objects(lines.get(1)).stream().anyMatch(rule -> !isUsual(rule));
        Map<String, String> settings = new TreeMap<>();
        int end = lines.indexOf(ANSWERED);
        for (String line : lines.subList(3, end < 0 ? lines.size() : end)) {
            int sign = line.lastIndexOf('=');
            int slash = line.lastIndexOf('/', sign);
            if (slash > 0) {
                settings.put(
                        "net.ipv4.conf." + line.substring(0, slash).replace('.', '/') + "."
                                + line.substring(slash + 1, sign),
                        line.substring(sign + 1));
            }
        }
        return new PacketFilterOutcome(
                Optional.of(lines.get(0)).filter(json -> !json.isBlank()),
                !lines.get(2).isBlank(),
                other,
                settings,
                end < 0
                        ? Optional.empty()
                        : Optional.of(lines.subList(end + 1, lines.size()).stream()
                                .filter(line -> !line.isBlank())
                                .map(PacketFilterOutcome::address)
                                .toList()));
    }

    /**
     * What the script prints of what is answered for, from the JSON of {@code ip route show table all} and {@code ip neigh show proxy};
     * nothing where one of them was not read.
     */
    static String answered(Optional<String> routes, Optional<String> proxies) {
        if (routes.isEmpty() || proxies.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(ANSWERED).append('\n');
        for (JsonObject route : Json.objects(routes.get())) {
            if (Json.text(route, "type").equals(Optional.of("local"))) {
                text.append("local ").append(Json.required(route, "dst")).append('\n');
            }
        }
        for (JsonObject proxy : Json.objects(proxies.get())) {
            String address = Json.required(proxy, "dst");
            if (!address.contains(":")) {
                text.append(address).append(" proxy\n");
            }
        }
        return text.toString();
    }

    /** {@code local 10.0.2.15 dev eth0 proto kernel scope host src 10.0.2.15}, {@code 10.0.2.50 dev eth0 proxy}. */
    private static Cidr address(String line) {
        String text = line.strip().replaceFirst("^local ", "").replaceFirst(" .*", "");
        return Cidr.parse(text.equals("default") ? "0.0.0.0/0" : text.contains("/") ? text : text + "/32");
    }

    /** {@code {"priority":32766,"src":"all","table":"main"}}; with details also who made it. */
    private static boolean isUsual(JsonObject rule) {
        Set<String> keys = new HashSet<>(rule.keySet());
        keys.remove("protocol");
        return keys.equals(Set.of("priority", "src", "table"))
                && Json.text(rule, "src").equals(Optional.of("all"))
                && Json.text(rule, "table").filter(USUAL::contains).isPresent();
    }
}
