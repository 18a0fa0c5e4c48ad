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

/** The output of {@code ss -Hlntup}. */
final class SocketList {
    // tcp   LISTEN 0      128          0.0.0.0:80        0.0.0.0:*    users:(("nc",pid=42,fd=3),("nc",pid=43,fd=3))
    private static final Pattern LINE =
            Pattern.compile("(tcp|udp)\\s+(\\S+)\\s+\\d+\\s+\\d+\\s+(\\S+):(\\d+|\\*)\\s+(\\S+)(.*)");
    private static final Pattern OWNER = Pattern.compile("\\(\"((?:[^\"\\\\]|\\\\.)*)\",pid=(\\d+),fd=\\d+\\)");

    private SocketList() {}

    /** @throws Complaint when a line is something else */
    static List<Socket> parse(String text) {
        List<Socket> sockets = new ArrayList<>();
        for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
            Matcher matcher = LINE.matcher(line.strip());
            if (!matcher.matches()) {
                throw new Complaint(say("output.no-ss-line", "line", Json.beginning(line)));
            }
            if (matcher.group(4).equals("*")) {
                continue;
            }
            String protocol = matcher.group(1);
            String address = address(matcher.group(3));
            int port = Integer.parseInt(matcher.group(4));
            List<Socket> owned = OWNER.matcher(matcher.group(6))
                    .results()
                    .map(owner -> new Socket(
                            protocol,
                            address,
                            port,
                            OptionalInt.of(Integer.parseInt(owner.group(2))),
                            Optional.of(owner.group(1))))
                    .distinct()
                    .toList();
            sockets.addAll(
                    owned.isEmpty()
                            ? List.of(new Socket(protocol, address, port, OptionalInt.empty(), Optional.empty()))
                            : owned);
        }
        return sockets;
    }

    /** {@code [::]}, {@code 127.0.0.1%lo}, {@code [fe80::1]%eth0} lose the brackets and the device. */
    private static String address(String text) {
        int device = text.indexOf('%');
        String bare = device < 0 ? text : text.substring(0, device);
        return bare.startsWith("[") && bare.endsWith("]") ? bare.substring(1, bare.length() - 1) : bare;
    }
}
