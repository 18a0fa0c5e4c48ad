package dev.drydock.engine.lab;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.bash.BashLexer;
import dev.drydock.engine.bash.Token;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A lab's script, divided at its lines {@code on HOST}: what follows such a line runs on that host.
 *
 * <p>Only a line at the top level switches the host, where bash would read it as a command. A line inside a here-document, quotes, an {@code if} or a
 * loop does not, nor one that continues the line above.
 *
 * @param parts in their order; parts without any command are left out
 */
public record LabScript(List<Part> parts) {
    private static final Pattern SWITCH = Pattern.compile("\\s*on\\s+([^\\s;&|<>()#'\"`$\\\\]+)\\s*(#.*)?");

    public LabScript {
        parts = List.copyOf(parts);
    }

    /**
     * @param host empty for the part before the first switch, which runs on the default host
     * @param bash the commands of this part
     */
    public record Part(Optional<String> host, String bash) {}

    /** Divides a script. Names of hosts are not checked. */
    public static LabScript of(String script) {
        List<Part> parts = new ArrayList<>();
        cut(script).forEach(piece -> {
            if (!piece.bash().isBlank()) {
                parts.add(new Part(piece.host(), piece.bash()));
            }
        });
        return new LabScript(parts);
    }

    /** @param line the switching line itself, empty for the first piece */
    private record Piece(Optional<String> host, String line, String bash) {}

    private static List<Piece> cut(String script) {
        List<Piece> pieces = new ArrayList<>();
        Optional<String> host = Optional.empty();
        String switching = "";
        StringBuilder bash = new StringBuilder();
        Set<Integer> commandLines = new HashSet<>(BashLexer.read(script).commandLines());
        int start = 0;
        for (String line : script.split("\n", -1)) {
            Matcher matcher = SWITCH.matcher(line);
            boolean switches = matcher.matches() && commandLines.contains(start);
            start += line.length() + 1;
            if (switches) {
                pieces.add(new Piece(host, switching, bash.toString()));
                host = Optional.of(matcher.group(1));
                switching = line;
                bash.setLength(0);
            } else {
                bash.append(line).append('\n');
            }
        }
        bash.setLength(Math.max(0, bash.length() - 1));
        pieces.add(new Piece(host, switching, bash.toString()));
        return pieces;
    }

    /** Reads a script of a lab with these hosts. A switch to another host is a problem, and so is {@code on} at a place where it does not switch. */
    static Decoder<String> on(List<String> hosts) {
        return (node, problems) -> Decoders.TEXT.read(node, problems).flatMap(script -> {
            int before = problems.errors();
            if (BashLexer.read(script).depth() > BashLexer.DEEPEST) {
                problems.error(
                        node.span(),
                        say("script.too-deep", "node", node.label(), "most", BashLexer.DEEPEST),
                        say("script.too-deep.next"));
                return Optional.empty();
            }
            for (Piece piece : cut(script)) {
                piece.host()
                        .filter(name -> !hosts.contains(name))
                        .ifPresent(name -> problems.error(
                                place(problems, node, piece.line(), "on"), noHost(name, hosts), theOnly(hosts)));
                for (Token token : BashLexer.read(piece.bash()).tokens()) {
                    if (token.command() && token.value().equals("on")) {
                        problems.error(
                                place(problems, node, lineOf(piece.bash(), token.start()), "on"),
                                say("script.switch-within"),
                                say("script.switch-within.next", "host", hosts.get(hosts.size() - 1)));
                    }
                }
            }
            return problems.errors() == before ? Optional.of(script) : Optional.empty();
        });
    }

    static Message noHost(String name, List<String> hosts) {
        return say("script.no-such-host", "host", Quote.of(name), "hosts", hosts);
    }

    private static Optional<Message> theOnly(List<String> hosts) {
        return hosts.size() == 1 ? Optional.of(say("script.no-such-host.next")) : Optional.empty();
    }

    private static String lineOf(String text, int offset) {
        int end = text.indexOf('\n', offset);
        return text.substring(text.lastIndexOf('\n', offset) + 1, end < 0 ? text.length() : end);
    }

    /** The position of a line of the script in the file, from a word on; the whole script where the line is written in another form there. */
    private static SourceSpan place(Problems problems, YamlNode node, String line, String word) {
        SourceSpan span = node.span();
        for (int number = span.line(); number <= span.endLine(); number++) {
            String written = problems.source().line(number);
            if (written.strip().equals(line.strip())) {
                int at = written.indexOf(word);
                int end = written.stripTrailing().length();
                return SourceSpan.of(
                        number, written.codePointCount(0, at) + 1, written.codePointCount(at, Math.max(end, at + 1)));
            }
        }
        return problems.source().find(line.strip(), span).orElse(span);
    }
}
