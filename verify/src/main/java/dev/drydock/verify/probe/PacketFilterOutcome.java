package dev.drydock.verify.probe;

import static dev.drydock.verify.words.Message.say;

import com.google.gson.JsonObject;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.ProxyNeighbour;
import dev.drydock.verify.words.Complaint;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The result of a {@link dev.drydock.verify.facts.ActiveProbe.PacketFilter}.
 *
 * @param nft the JSON of {@code nft -j list ruleset}; empty where the lab host has no nft, so that only iptables can have made rules
 * @param legacy whether the kernel has tables of iptables-legacy
 * @param settings the sysctls of each interface: {@code net.ipv4.conf.eth0.forwarding}, {@code net.ipv6.conf.eth0.disable_ipv6}; a dot in an
 *     interface name is written as a slash, as sysctl(8) does
 * @param queued the interfaces whose traffic control may drop or redirect packets; also empty where it was not read
 * @param answered addresses that no interface may have but the namespace answers for: the IPv4 table local, and {@code ip neigh add proxy} of both
 *     versions of IP; empty where they were not read
 * @param proxied the entries of {@code ip neigh add proxy} alone; also empty where they were not read
 */
public record PacketFilterOutcome(
        Optional<String> nft,
        boolean legacy,
        Map<String, String> settings,
        Set<String> queued,
        Optional<List<Cidr>> answered,
        List<ProxyNeighbour> proxied) {
    /** The bash function {@code filter_queues}, which reads traffic control. */
    static final String QUEUES =
            """
            # Interfaces whose traffic control may drop or turn what passes: queue/br0:yes. Without a filter the usual queues let it pass.
            filter_queues() {
                local kind device rest lossy
                type -P tc >/dev/null || return 0
                while read -r _ kind _ _ device rest; do
                    lossy=
                    case $kind in
                        noqueue | pfifo | pfifo_fast | bfifo | fq | fq_codel | sfq | codel | mq | mqprio | cake | pie | fq_pie) continue ;;
                        ingress | clsact | prio | htb) ;;
                        netem) [[ $rest == *loss* || $rest == *corrupt* ]] && lossy=yes ;;
                        tbf) [[ $rest =~ ' burst '([0-9]+)'b' ]] && ((BASH_REMATCH[1] < 1600)) && lossy=yes ;;
                        *) lossy=yes ;;
                    esac
                    [[ $lossy || $(tc filter show dev "$device"; tc filter show dev "$device" ingress; tc filter show dev "$device" egress) ]] &&
                        printf 'queue/%s:yes\\n' "$device"
                done < <(tc qdisc show) 2>/dev/null
                return 0
            }
            """;

    /**
     * Bash functions. {@code nft_rules} prints nft's rules as one line of JSON, in which {@code "dormant": true} marks a table that sees no
     * packets. Temporary files are in {@code $D}.
     */
    static final String FUNCTIONS =
            """
            nft_rules() {
                local file=$D/nft.$BASHPID rules status
                type -P nft >/dev/null || { echo; return 0; }
                # without the elements of sets, of which there may be millions; then with those of as many as can be read at once
                nft -t -j list ruleset >"$file"
                status=$?
                IFS= read -rd '' -N "$SHORT" rules <"$file"
                # a trace runs beside us, or a table has a flag: there the JSON of nft 1.0.6 has whatever lies in its memory, or ends
                if ((status > 128)) || nft_says 'drydock_trace|\\{"table": \\{[^}]*, "flags": ' || { ((status == 0)) && ! nft_ends; }; then
                    nft_pieces
                elif ((status == 0)) && nft_says '\\{"(set|map)": \\{"family"'; then
                    timeout -s KILL 5 nft -j list ruleset | head -c 4000001 >"$file.all"
                    status=${PIPESTATUS[0]}
                    if ((status == 0 && $(wc -c <"$file.all") <= 4000000)); then
                        nft_beside "$file.all"
                    else
                        printf '{"nftables": [{"unread": {}}, '
                        tail -c +15 "$file"
                    fi
                elif ((status)); then
                    nft -j list ruleset
                elif ((${#rules} < SHORT)) && [[ $rules != *'"family": "bridge"'* ]]; then
                    printf '%s' "$rules"
                else
                    nft_beside "$file"
                fi
            }
            # nft_beside FILE: with what ebtables shows of the tables of bridges, for nft names its extensions without their options.
            nft_beside() {
                local shown
                if nft_says '"table": \\{"family": "bridge", "name": "(filter|nat|broute)"' && type -P ebtables-nft-save >/dev/null; then
                    shown=$(ebtables-nft-save 2>/dev/null)
                    shown=${shown//\\\\/\\\\\\\\} shown=${shown//\\"/\\\\\\"} shown=${shown//$'\\t'/ } shown=${shown//$'\\n'/\\\\n}
                    printf '{"nftables": [{"ebtables": "%s"}, ' "$shown"
                    tail -c +15 "$1"
                else
                    cat "$1"
                fi
            }
            # What is longer is looked through by grep, ten times as fast.
            SHORT=65536
            nft_says() {
                if ((${#rules} < SHORT)); then [[ $rules =~ $1 ]]; else grep -qE "$1" "$file"; fi
            }
            nft_ends() {
                local end=$rules
                ((${#rules} < SHORT)) || end=$(tail -c 2 "$file")
                [[ ${end%$'\\n'} == *'}' ]]
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
                printf '%s\n' '{"nftables": ['"$rules"']}'
            }
            nft_piece() {
                local piece
                piece=$(nft -j list "$@") || return
                piece=${piece#'{"nftables": ['}
                rules+=${rules:+, }${piece%']}'}
            }
            """;

    /** Prints the rules, the sysctls and the answered addresses. Needs the functions of the sweep's LIBRARY. */
    static final String SCRIPT = QUEUES
            + FUNCTIONS
            + """
                    nft_rules || exit
                    kernel_values
                    filter_queues
                    answered=$(printf '%s\\n' 'route show table local type local' 'neigh show proxy' | ip -4 -batch -) || exit 0
                    printf '%s\\n' answered: "$answered"
                    """;

    private static final String ANSWERED = "answered:";
    private static final String QUEUE = "queue/";
    private static final Pattern OF_INTERFACE = Pattern.compile("net/ipv[46]/conf/.*");
    /** {@code 10.0.2.50 dev eth0 proxy}. */
    private static final Pattern PROXY = Pattern.compile("(\\S+) dev (\\S+) .*proxy.*");

    public PacketFilterOutcome {
        Objects.requireNonNull(nft);
        settings = Map.copyOf(settings);
        queued = Set.copyOf(queued);
        answered = answered.map(List::copyOf);
        proxied = List.copyOf(proxied);
    }

    /** @throws Complaint when the probe did not run, or its output is something else */
    public static PacketFilterOutcome parse(ProbeCapture capture) {
        if (capture.obstacle().isPresent() || capture.exit() != 0) {
            Object why =
                    capture.obstacle().<Object>map(obstacle -> obstacle).orElseGet(() -> Json.beginning(capture.err()));
            throw new Complaint(say("command.could-not-run", "command", capture.command(), "why", why));
        }
        List<String> lines = capture.out().lines().toList();
        if (lines.size() < 2) {
            throw new Complaint(say("command.output-cut-off", "command", capture.command()));
        }
        int end = lines.indexOf(ANSWERED);
        Map<String, String> values = NamespaceReadings.values(lines.subList(1, end < 0 ? lines.size() : end));
        Map<String, String> settings = values.keySet().stream()
                .filter(path -> OF_INTERFACE.matcher(path).matches())
                .collect(Collectors.toMap(NamespaceReadings::key, values::get));
        Set<String> queued = values.keySet().stream()
                .filter(name -> name.startsWith(QUEUE))
                .map(name -> name.substring(QUEUE.length()))
                .collect(Collectors.toSet());
        List<String> answered = end < 0
                ? List.of()
                : lines.subList(end + 1, lines.size()).stream()
                        .filter(line -> !line.isBlank())
                        .toList();
        return new PacketFilterOutcome(
                Optional.of(lines.get(0)).filter(json -> !json.isBlank()),
                !values.get(NamespaceReadings.LEGACY_TABLES).isBlank(),
                settings,
                queued,
                end < 0
                        ? Optional.empty()
                        : Optional.of(answered.stream()
                                .map(PacketFilterOutcome::address)
                                .toList()),
                answered.stream()
                        .map(PROXY::matcher)
                        .filter(Matcher::matches)
                        .map(line -> new ProxyNeighbour(IpAddress.parse(line.group(1)), line.group(2)))
                        .toList());
    }

    /**
     * The last part of the script's output, made from the JSON of {@code ip route show table all} and {@code ip neigh show proxy}; an empty text
     * where one of them was not read.
     */
    static String answered(Optional<String> routes, Optional<String> proxies) {
        if (routes.isEmpty() || proxies.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(ANSWERED).append('\n');
        for (JsonObject route : Json.objects(routes.get())) {
            if (Json.text(route, "type").filter(Set.of("local", "2")::contains).isPresent()) {
                text.append("local ").append(Json.required(route, "dst")).append('\n');
            }
        }
        for (JsonObject proxy : Json.objects(proxies.get())) {
            text.append(Json.required(proxy, "dst"))
                    .append(Json.text(proxy, "dev")
                            .map(device -> " dev " + device)
                            .orElse(""))
                    .append(" proxy\n");
        }
        return text.toString();
    }

    /** {@code local 10.0.2.15 dev eth0 proto kernel scope host src 10.0.2.15}, {@code 10.0.2.50 dev eth0 proxy}. */
    private static Cidr address(String line) {
        String text = line.strip().replaceFirst("^local ", "").replaceFirst(" .*", "");
        return Cidr.parse(
                text.equals("default")
                        ? "0.0.0.0/0"
                        : text.contains("/")
                                ? text
                                : Cidr.single(IpAddress.parse(text)).toString());
    }
}
