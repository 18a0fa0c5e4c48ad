package dev.drydock.verify.probe;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.Socket;
import dev.drydock.verify.words.Complaint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the output of {@code ss -Hlntup}. */
final class SocketList {
    // tcp   LISTEN 0      128          0.0.0.0:80        0.0.0.0:*    users:(("nc",pid=42,fd=3),("nc",pid=43,fd=3))
    private static final Pattern LINE =
            Pattern.compile("(tcp|udp)\\s+(\\S+)\\s+\\d+\\s+\\d+\\s+(\\S+):(\\d+|\\*)\\s+(\\S+)(.*)", Pattern.DOTALL);
    /** The start of the next line; a program's name may contain a line feed. */
    private static final Pattern NEXT = Pattern.compile("\n(?=(?:tcp|udp) +[A-Z0-9-]+ +\\d+ +\\d+ )");

    private static final Pattern OWNER = Pattern.compile("\\(\"(.{0,15}?)\",pid=(\\d+),fd=\\d+\\)", Pattern.DOTALL);

    private SocketList() {}

    /** @throws Complaint when a line is something else */
    static List<Socket> parse(String text) {
        List<Socket> sockets = new ArrayList<>();
        for (String line : NEXT.split(text.strip())) {
            if (line.isBlank()) {
                continue;
            }
            Matcher matcher = LINE.matcher(line.strip());
            if (!matcher.matches()) {
                throw new Complaint(say("output.no-ss-line", "line", Json.beginning(line)));
            }
            if (matcher.group(4).equals("*")) {
                continue;
            }
            String protocol = matcher.group(1);
            String bound = matcher.group(3);
            int sign = bound.indexOf('%');
            Optional<String> device = sign < 0 ? Optional.empty() : Optional.of(bound.substring(sign + 1));
            String address = address(sign < 0 ? bound : bound.substring(0, sign));
            int port = Integer.parseInt(matcher.group(4));
            List<Socket> owned = OWNER.matcher(matcher.group(6))
                    .results()
                    .map(owner -> new Socket(
                            protocol,
                            address,
                            device,
                            port,
                            OptionalInt.of(Integer.parseInt(owner.group(2))),
                            Optional.of(owner.group(1))))
                    .distinct()
                    .toList();
            sockets.addAll(
                    owned.isEmpty()
                            ? List.of(
                                    new Socket(protocol, address, device, port, OptionalInt.empty(), Optional.empty()))
                            : owned);
        }
        return sockets;
    }

    /** The address without its brackets: {@code ::} for {@code [::]}. */
    private static String address(String bare) {
        return bare.startsWith("[") && bare.endsWith("]") ? bare.substring(1, bare.length() - 1) : bare;
    }
}
