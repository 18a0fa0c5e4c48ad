package dev.drydock.engine.lab;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Builds nodes from SnakeYAML's events. Refuses what a lab file must not contain: tags, merge keys, maps as keys, several documents, deep nesting,
 * and too many aliases or nodes. The only class that knows SnakeYAML.
 */
final class YamlComposer {
    static final int MOST_NODES = 50_000;
    static final int DEEPEST = 24;
    static final int MOST_ALIASES = 50;

    /** Stops the reading of a file; its problem is reported already. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable() {
            super(null, null, false, false);
        }
    }

    private final Problems problems;
    private final Parser parser;
    private final Map<String, YamlNode> anchors = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();
    private int depth;
    private int aliases;
    private int nodes;
    private SourceSpan last = SourceSpan.of(1, 1, 1);

    private YamlComposer(Problems problems) {
        this.problems = problems;
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(FileText.MOST_BYTES + 1);
        this.parser = new ParserImpl(new StreamReader(problems.source().text()), options);
    }

    /** The root node; empty when the file cannot be read as YAML. Errors are reported to {@code problems}; never throws. */
    static Optional<YamlNode> compose(Problems problems) {
        if (!printable(problems)) {
            return Optional.empty();
        }
        YamlComposer composer = new YamlComposer(problems);
        try {
            return composer.document();
        } catch (Unreadable reported) {
            return Optional.empty();
        } catch (MarkedYAMLException e) {
            YamlComplaint complaint = YamlComplaint.of(e, problems.source());
            problems.error(complaint.span(), complaint.message(), complaint.next());
            return Optional.empty();
        } catch (RuntimeException e) {
            // SnakeYAML 2.7 lets a NumberFormatException out for "\UFFFFFFFF"; whatever else it has, the author gets a
            // place.
            problems.error(composer.last, say("yaml.unreadable-from-here"));
            return Optional.empty();
        }
    }

    private static boolean printable(Problems problems) {
        String text = problems.source().text();
        int before = problems.errors();
        for (int i = 0; i < text.length() && problems.errors() - before < 20; ) {
            int c = text.codePointAt(i);
            if (!StreamReader.isPrintable(c)) {
                problems.error(
                        problems.source().at(i),
                        say("yaml.control-character", "character", String.format("U+%04X", c)),
                        say(c == 0x1b ? "yaml.control-character.escape" : "yaml.control-character.next"));
            } else if (c == 0xFEFF) {
                problems.error(problems.source().at(i), say("yaml.byte-order-mark"), say("yaml.byte-order-mark.next"));
            }
            i += Character.charCount(c);
        }
        return problems.errors() == before;
    }

    private Optional<YamlNode> document() {
        next();
        Event event = next();
        if (event.is(Event.ID.StreamEnd)) {
            problems.error(SourceSpan.FILE, say("yaml.empty"), say("yaml.empty.next"));
            return Optional.empty();
        }
        DocumentStartEvent start = (DocumentStartEvent) event;
        boolean directives = start.getVersion() != null
                || (start.getTags() != null && !start.getTags().isEmpty());
        if (directives) {
            problems.error(span(event), say("yaml.directive"), say("yaml.directives.next"));
        }
        YamlNode root = node(next(), say("node.file"), Optional.empty());
        next();
        Event after = next();
        if (!after.is(Event.ID.StreamEnd)) {
            problems.error(span(after), say("yaml.second-document"), say("yaml.second-document.next"));
            return Optional.empty();
        }
        return Optional.of(root);
    }

    private YamlNode node(Event event, Message label, Optional<SourceSpan> key) {
        if (event instanceof AliasEvent alias) {
            return alias(alias);
        }
        SourceSpan span = span(event);
        String anchor = ((NodeEvent) event).getAnchor();
        if (anchor != null) {
            open.push(anchor);
        }
        if (++nodes > MOST_NODES) {
            problems.error(span, say("yaml.too-many-nodes", "most", MOST_NODES));
            throw new Unreadable();
        }
        refuseTag(event, span);
        YamlNode node;
        if (event instanceof ScalarEvent scalar) {
            boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
            node = new YamlNode.Text(
                    label,
                    key.isPresent() && plain && scalar.getValue().isEmpty() ? key.get() : span,
                    scalar.getValue(),
                    !plain);
        } else {
            if (++depth > DEEPEST) {
                problems.error(span, say("yaml.too-deep", "most", DEEPEST));
                throw new Unreadable();
            }
            boolean flow = ((CollectionStartEvent) event).isFlow();
            node = event.is(Event.ID.SequenceStart) ? items(span, flow, label, key) : entries(span, flow, label, key);
            depth--;
        }
        if (anchor != null) {
            open.pop();
            anchors.put(anchor, node);
        }
        return node;
    }

    private YamlNode alias(AliasEvent alias) {
        SourceSpan span = span(alias);
        String name = alias.getAnchor();
        if (++aliases > MOST_ALIASES) {
            problems.error(span, say("yaml.too-many-aliases", "most", MOST_ALIASES), say("yaml.too-many-aliases.next"));
            throw new Unreadable();
        }
        YamlNode target = anchors.get(name);
        if (open.contains(name)) {
            problems.error(span, say("yaml.alias-in-itself", "name", Quote.clip(name)));
            throw new Unreadable();
        }
        if (target == null) {
            problems.error(
                    span,
                    say("yaml.alias-unknown", "name", Quote.clip(name)),
                    say("yaml.quote-text-beginning-with", "character", "*"));
            throw new Unreadable();
        }
        return target;
    }

    private YamlNode items(SourceSpan start, boolean flow, Message label, Optional<SourceSpan> key) {
        List<YamlNode> items = new ArrayList<>();
        Message entry = key.isPresent() ? say("node.entry", "list", label) : label;
        for (Event event = next(); !event.is(Event.ID.SequenceEnd); event = next()) {
            items.add(node(event, entry, Optional.empty()));
        }
        SourceSpan span = flow ? start.through(last) : start;
        return new YamlNode.Items(label, span, key.orElse(span), List.copyOf(items));
    }

    private YamlNode entries(SourceSpan start, boolean flow, Message label, Optional<SourceSpan> at) {
        Map<String, YamlNode.Entry> entries = new java.util.LinkedHashMap<>();
        for (Event event = next(); !event.is(Event.ID.MappingEnd); event = next()) {
            SourceSpan keySpan = span(event);
            YamlNode keyNode = node(event, label, Optional.empty());
            String key = keyNode instanceof YamlNode.Text text ? text.text() : "";
            YamlNode value = node(next(), Quote.of(key), Optional.of(keySpan));
            if (!(keyNode instanceof YamlNode.Text)) {
                problems.error(keySpan, say("yaml.key-no-word", "kind", keyNode.kind()), say("yaml.key-no-word.next"));
            } else if (key.equals("<<")) {
                problems.error(keySpan, say("yaml.merge-key"), say("yaml.merge-key.next"));
            } else if (key.isEmpty()) {
                problems.error(keySpan, say("yaml.key-missing"));
            } else {
                YamlNode.Entry first = entries.putIfAbsent(key, new YamlNode.Entry(key, keySpan, value));
                if (first != null) {
                    problems.error(
                            keySpan,
                            say("value.twice", "value", Quote.of(key)),
                            say("value.twice.first", "line", first.keySpan().line()));
                }
            }
        }
        SourceSpan span = flow ? start.through(last) : start;
        List<YamlNode.Entry> list = List.copyOf(entries.values());
        SourceSpan head = at.orElseGet(() -> list.isEmpty() ? span : list.get(0).keySpan());
        return new YamlNode.Entries(label, span, head, list);
    }

    private void refuseTag(Event event, SourceSpan span) {
        String tag = event instanceof ScalarEvent scalar ? scalar.getTag() : ((CollectionStartEvent) event).getTag();
        if (tag != null) {
            problems.error(span, say("yaml.tag-here"), say("yaml.quote-text-beginning-with", "character", "!"));
        }
    }

    private Event next() {
        Event event = parser.getEvent();
        last = span(event);
        return event;
    }

    private static SourceSpan span(Event event) {
        return span(event.getStartMark(), event.getEndMark());
    }

    static SourceSpan span(Mark start, Mark end) {
        return new SourceSpan(start.getLine() + 1, start.getColumn() + 1, end.getLine() + 1, end.getColumn() + 1);
    }
}
