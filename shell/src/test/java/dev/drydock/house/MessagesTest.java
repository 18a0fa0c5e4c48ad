package dev.drydock.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.type.TypeMirror;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sentences are data: what the sources say by key is in the file of the language, and nobody glues, reads or hides a sentence. */
class MessagesTest {
    private static final Path ROOT = Path.of(System.getProperty("drydock.root"));
    private static final String WORDS = "dev.drydock.verify.words.";
    /** Words that only a sentence of English has, within a text of several words. */
    private static final Pattern ENGLISH = Pattern.compile(
            "(?:^|[\\s(])(?:the|is|are|was|were|has|have|had|not|cannot|no|a|an|of|with|there|which|that|this|who|nobody|nothing|does"
                    + "|do|and|or|but|its|it|by|only|so)(?:$|[\\s,.;:)])");
    /** What other programs and the kernel say, and names of threads and of faults of the program. */
    private static final Set<String> OF_OTHERS = Set.of(
            "reset by peer",
            "Network is unreachable",
            "Protocol not available",
            ";; connection timed out; no servers could be reached",
            "bash: not found",
            "Session open refused by peer",
            "ssh is not installed",
            "Could not resolve hostname ([^:]+)",
            "No route to host|Network is unreachable",
            "^\\s*$|Connection (?:closed|reset) by",
            "not yet ready for SSH",
            "not created",
            "end of ",
            "end of the proof's worlds",
            "No such file or directory",
            ": No such file or directory",
            "(?m)^(?:nsenter|unshare|mount|timeout): .*|^.*: command not found$",
            "# Table `(.*)' is incompatible.*",
            "Name or service not known",
            "No address associated with hostname",
            "Operation not permitted",
            "); do ",
            " | while IFS= read -r f; do if [ -d \"$f\" ]; then echo \"$f/\"; ",
            "Could not process rule: Message too long",
            "- {do: ip netns add rde, says: no namespace red}",
            "but (?:found|got) (.*)",
            "cannot start any token",
            "mapping values are not allowed",
            "sequence entries are not allowed",
            "unexpected end of stream",
            "expected the node content",
            "could not find expected ':'",
            "more is wanted: ",
            "sign of life");
    /** Names of kinds, which JSON and transcripts have too; and what is still to be said by key. */
    private static final Set<String> KINDS_AND_REST = Set.of(
            "not met", "cannot tell", "not reached", " is new", " is gone", "for which protocol nft does not show");

    private static final Set<String> PROGRAMMERS = Set.of(
            "IllegalArgumentException",
            "IllegalStateException",
            "InterruptedException",
            "NoSuchElementException",
            "IOException",
            "UncheckedIOException",
            "AssertionError",
            "UnsupportedOperationException");
    private static final Pattern ARGUMENT = Pattern.compile("\\{([a-zA-Z0-9-]+)[}:?]");

    private static final Map<String, Set<String>> ENTRIES = new TreeMap<>();
    private static final Set<String> USED = new TreeSet<>();
    private static final Set<String> PREFIXES = new TreeSet<>();
    private static final List<String> UNREADABLE = new ArrayList<>();
    private static final List<String> LACKING = new ArrayList<>();
    private static final List<String> GLUED = new ArrayList<>();
    private static final List<String> HIDDEN = new ArrayList<>();
    private static final Set<String> HEARD = new TreeSet<>();
    private static final Set<String> SPOKEN = new TreeSet<>();

    @BeforeAll
    static void read() throws IOException {
        Properties entries = new Properties();
        try (var file =
                Files.newBufferedReader(ROOT.resolve("verify/src/main/resources/dev/drydock/messages.properties"))) {
            entries.load(file);
        }
        entries.forEach((key, entry) -> ENTRIES.put((String) key, arguments((String) entry)));

        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null,
                    files,
                    problem -> {},
                    List.of("-proc:none", "-classpath", System.getProperty("java.class.path")),
                    null,
                    files.getJavaFileObjectsFromPaths(sources()));
            List<CompilationUnitTree> units = new ArrayList<>();
            task.parse().forEach(units::add);
            task.analyze();
            Trees trees = Trees.instance(task);
            units.forEach(unit -> new Reader(unit, trees).scan(unit, null));
        }
    }

    private static Set<String> arguments(String entry) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = ARGUMENT.matcher(entry.replace("{{", "").replace("}}", "}"));
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        // What calls Drydock where the reader is: Words knows it.
        names.removeAll(Set.of("lab-command", "lab-outside"));
        return names;
    }

    private static List<Path> sources() throws IOException {
        List<Path> all = new ArrayList<>();
        for (String module : List.of("verify", "engine", "shell")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                files.filter(path -> path.toString().endsWith(".java")).forEach(all::add);
            }
        }
        return all;
    }

    @Test
    void every_key_can_be_read_in_the_source() {
        assertThat(UNREADABLE).isEmpty();
    }

    @Test
    void every_key_that_is_used_has_words() {
        assertThat(USED).hasSizeGreaterThan(20).isSubsetOf(ENTRIES.keySet());
    }

    @Test
    void every_entry_is_used() {
        assertThat(ENTRIES.keySet().stream()
                        .filter(key -> !USED.contains(key) && PREFIXES.stream().noneMatch(key::startsWith)))
                .isEmpty();
    }

    @Test
    void every_entry_is_given_the_arguments_that_it_speaks_of() {
        assertThat(LACKING).isEmpty();
    }

    @Test
    void no_sentence_is_glued_to_a_text() {
        assertThat(GLUED).isEmpty();
    }

    @Test
    void no_sentence_of_ours_is_hidden_in_the_code() {
        assertThat(HIDDEN).isEmpty();
    }

    /**
     * Where a sentence is made beside the screens: for evidence, which is text; for what exceptions say; for what is kept or compared with
     * an author's own words.
     */
    private static final Set<String> SPEAKERS = Set.of(
            "ProbeEvidence",
            "DockerReadings",
            "ProbeResult",
            "Regex",
            "TestPacket",
            "TestPacketSearch",
            "Capabilities",
            "LabTools",
            "HostTrouble",
            "LabLibrary",
            "LabProof",
            "InvalidQuery",
            "Transcript",
            "UnmetGoals");

    @Test
    void a_sentence_is_made_where_it_is_shown() {
        assertThat(SPOKEN).isEqualTo(SPEAKERS);
    }

    @Test
    void what_is_said_to_be_of_others_stands_in_the_code() {
        assertThat(HEARD).containsExactlyInAnyOrderElementsOf(OF_OTHERS);
    }

    /** One source file. */
    private static final class Reader extends TreePathScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final Trees trees;

        Reader(CompilationUnitTree unit, Trees trees) {
            this.unit = unit;
            this.trees = trees;
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void none) {
            String name = name(call.getMethodSelect());
            String owner = owner(call);
            if (name.equals("say") && owner.equals(WORDS + "Message")) {
                said(call);
            }
            if (name.equals("text") && owner.equals(WORDS + "Words")) {
                speaks();
            }
            return super.visitMethodInvocation(call, none);
        }

        @Override
        public Void visitMemberReference(MemberReferenceTree reference, Void none) {
            if (reference.toString().equals("Words::text")) {
                speaks();
            }
            return super.visitMemberReference(reference, none);
        }

        private void speaks() {
            Path file = ROOT.relativize(Path.of(unit.getSourceFile().toUri()));
            if (!file.startsWith("shell") && !file.toString().contains("/verify/words/")) {
                SPOKEN.add(file.getFileName().toString().replace(".java", ""));
            }
        }

        @Override
        public Void visitLiteral(LiteralTree literal, Void none) {
            if (literal.getValue() instanceof String text
                    && text.strip().contains(" ")
                    && !text.strip().contains("\n")
                    && ENGLISH.matcher(text).find()
                    && !KINDS_AND_REST.contains(text)
                    && !isForProgrammers(getCurrentPath())) {
                if (OF_OTHERS.contains(text)) {
                    HEARD.add(text);
                } else {
                    HIDDEN.add(place(literal) + " " + text);
                }
            }
            return super.visitLiteral(literal, none);
        }

        /** In an annotation, or what an exception says that only a fault of the program throws. */
        private static boolean isForProgrammers(TreePath path) {
            for (TreePath at = path; at != null; at = at.getParentPath()) {
                if (at.getLeaf() instanceof AnnotationTree
                        || at.getLeaf() instanceof NewClassTree made
                                && PROGRAMMERS.contains(made.getIdentifier().toString())) {
                    return true;
                }
            }
            return false;
        }

        private void said(MethodInvocationTree call) {
            ExpressionTree key = call.getArguments().get(0);
            List<String> keys = literals(key);
            if (keys.isEmpty()) {
                if (!unit.getSourceFile().getName().contains("/verify/words/")) {
                    UNREADABLE.add(place(call));
                }
                return;
            }
            boolean dynamic = keys.get(0).endsWith(".");
            if (dynamic) {
                PREFIXES.add(keys.get(0));
                return;
            }
            Set<String> given = new HashSet<>();
            for (int i = 1; i < call.getArguments().size(); i += 2) {
                given.addAll(literals(call.getArguments().get(i)));
            }
            given.addAll(givenBehind());
            for (String one : keys) {
                USED.add(one);
                if (!given.containsAll(ENTRIES.getOrDefault(one, Set.of()))) {
                    LACKING.add(place(call) + " " + one + " wants " + ENTRIES.get(one) + " and is given " + given);
                }
            }
        }

        /** The names in the calls {@code .with(name, value)} that follow the call of {@code say}. */
        private List<String> givenBehind() {
            List<String> names = new ArrayList<>();
            TreePath select = getCurrentPath().getParentPath();
            while (select.getLeaf() instanceof MemberSelectTree with
                    && with.getIdentifier().contentEquals("with")
                    && select.getParentPath().getLeaf() instanceof MethodInvocationTree more) {
                names.addAll(literals(more.getArguments().get(0)));
                select = select.getParentPath().getParentPath();
            }
            return names;
        }

        @Override
        public Void visitBinary(BinaryTree sum, Void none) {
            if (sum.getKind() == Tree.Kind.PLUS
                    && (isMessage(sum.getLeftOperand()) || isMessage(sum.getRightOperand()))) {
                GLUED.add(place(sum));
            }
            return super.visitBinary(sum, none);
        }

        @Override
        public Void visitCompoundAssignment(CompoundAssignmentTree sum, Void none) {
            if (isMessage(sum.getExpression())) {
                GLUED.add(place(sum));
            }
            return super.visitCompoundAssignment(sum, none);
        }

        private boolean isMessage(Tree tree) {
            TypeMirror type = trees.getTypeMirror(new TreePath(getCurrentPath(), tree));
            String name = String.valueOf(type);
            return name.equals(WORDS + "Message") || name.contains("<" + WORDS + "Message>");
        }

        private String owner(MethodInvocationTree call) {
            var method = trees.getElement(new TreePath(getCurrentPath(), call.getMethodSelect()));
            return method == null ? "" : String.valueOf(method.getEnclosingElement());
        }

        private static String name(ExpressionTree method) {
            return method instanceof MemberSelectTree select
                    ? select.getIdentifier().toString()
                    : method instanceof IdentifierTree simple ? simple.getName().toString() : "";
        }

        /** The texts that stand in an expression, but for the arguments of calls within it. */
        private static List<String> literals(Tree tree) {
            List<String> found = new ArrayList<>();
            new com.sun.source.util.TreeScanner<Void, Void>() {
                @Override
                public Void visitLiteral(LiteralTree literal, Void none) {
                    if (literal.getValue() instanceof String text) {
                        found.add(text);
                    }
                    return null;
                }

                @Override
                public Void visitMethodInvocation(MethodInvocationTree call, Void none) {
                    return null;
                }

                @Override
                public Void visitConditionalExpression(
                        com.sun.source.tree.ConditionalExpressionTree choice, Void none) {
                    scan(choice.getTrueExpression(), none);
                    return scan(choice.getFalseExpression(), none);
                }
            }.scan(tree, null);
            return found;
        }

        private String place(Tree tree) {
            long at = trees.getSourcePositions().getStartPosition(unit, tree);
            return ROOT.relativize(Path.of(unit.getSourceFile().toUri())) + ":"
                    + unit.getLineMap().getLineNumber(at);
        }
    }
}
