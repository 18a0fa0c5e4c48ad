package dev.drydock.engine.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.words.Words;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ten thousand damaged labs, or as many as {@code -Ddrydock.fuzz.labs} says: the reader never throws, never hangs, and always has a lab or a reason. */
class LabReaderFuzzTest {
    private static final int INPUTS = Integer.getInteger("drydock.fuzz.labs", 10_000);
    private static final String[] SPITE = {
        "{",
        "}",
        "[",
        "]",
        "'",
        "\"",
        "|",
        ">",
        "&a ",
        "*a",
        "!!x ",
        "<<: *a",
        "---\n",
        "...\n",
        "%YAML 9\n",
        "\t",
        "\r",
        "? ",
        ": ",
        "- ",
        "#",
        "\\",
        "@",
        "`",
        "\0",
        "\u0007",
        "\u0085",
        "\u2028",
        "\ufeff",
        "\ud83d\ude00",
        "~",
        "null",
        "\u00e9",
        "0x10",
        "",
        "\"\\UFFFFFFFF\"",
        "\"\\x4\"",
        "((((",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
        "{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{",
        "- - - - - - - - - - - - - - - - - - - - - - - - - - - - - -",
        "(a+)+$",
        "1.1.1.1/99999999999",
        "99999999999999999999"
    };

    private final Random random = new Random(20_261_121);

    @Test
    @Timeout(3600)
    void never_throws_and_always_has_a_lab_or_a_reason() throws IOException {
        List<byte[]> good = files(GoodLabsTest.FOLDER);
        List<byte[]> broken = files(BrokenLabsTest.FOLDER);
        int labs = 0;
        for (int i = 0; i < INPUTS; i++) {
            List<byte[]> seeds = random.nextInt(3) > 0 ? good : broken;
            byte[] input = seeds.get(random.nextInt(seeds.size()));
            int times = 1 + random.nextInt(4);
            for (int t = 0; t < times; t++) {
                input = mutate(input, seeds);
            }
            labs += read(input, i) ? 1 : 0;
        }
        assertThat(labs).as("inputs that are labs still").isBetween(INPUTS / 100, INPUTS * 9 / 10);
    }

    @Test
    @Timeout(180)
    void stands_inputs_that_are_built_to_exhaust_it() {
        int size = FileText.MOST_BYTES - 10;
        String bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
                + Stream.of("ab", "bc", "cd", "de", "ef", "fg", "gh", "hi")
                        .map(pair -> pair.charAt(1) + ": &" + pair.charAt(1) + " ["
                                + ("*" + pair.charAt(0) + ", ").repeat(9) + "]\n")
                        .reduce("", String::concat);
        for (String text : List.of(
                bomb,
                "[".repeat(size),
                "{".repeat(size),
                "{a: ".repeat(size / 4),
                "- ".repeat(size / 2),
                "? ".repeat(size / 2),
                "a\n".repeat(size / 2),
                "a:\n".repeat(size / 3),
                "- a\n".repeat(size / 4),
                "- &a *a\n".repeat(size / 8),
                "? a\n".repeat(size / 4),
                "a: b\n".repeat(size / 5),
                "'" + "''".repeat(size / 2),
                "\"" + "\\x41".repeat(size / 4) + "\"",
                "a".repeat(size),
                "\n".repeat(size),
                "#".repeat(size),
                "#\n".repeat(size / 2),
                "!".repeat(size),
                "&".repeat(size),
                "%".repeat(size),
                ",".repeat(size),
                "a: |\n" + " ".repeat(size - 10),
                "a: |\n" + "  b\n".repeat(size / 4 - 10),
                "format: 1\nsteps:\n" + "  - {id: a, expect: [{netns: {nam: b}}]}\n".repeat(size / 42),
                "format: 1\nsteps: [{expect: {output: {run: a, matches: \"" + "(".repeat(900) + "\"}}}]\n",
                "format: 1\nsetup: " + "(".repeat(50_000) + "\n",
                "format: 1\nsetup: '" + "echo \"$(".repeat(size / 9) + "'\n",
                "format: 1\nsetup: '" + "$((".repeat(size / 4) + "'\n",
                "format: 1\nsetup: '" + "if true; then ".repeat(size / 15) + "'\n",
                "format: 1\nsetup: |\n  cat <<E\n" + "  on a\n".repeat(size / 7 - 10),
                "format: 1\nsetup: |\n" + "  on a\n".repeat(size / 7 - 10),
                "format: 1\nsetup: |\n" + "  cat <<E\n".repeat(size / 10 - 10),
                "format: 1\nsteps: [{ask: a, answer: {matches: \"(x+x+)+y\"}}]\n",
                "format: 1\nsteps: [{ask: a, answer: {matches: \"" + "(a?){9}".repeat(140) + "\"}}]\n",
                "format: 1\nsteps: [{expect: " + "{not: ".repeat(20) + "}".repeat(20) + "}]\n",
                "format: 1\n" + "k".repeat(size / 2) + ": 1\n",
                "format: 1\nid: " + "a-".repeat(size / 2 - 10) + "\n",
                "format: 1\nsteps: [{expect: {sysctl: {key: " + "a.".repeat(size / 2 - 50) + "b}}}]\n",
                "format: 1\nsteps: [{expect: {http: {url: http://" + "a.".repeat(size / 2 - 50) + "b}}}]\n",
                "format: 1\nsteps: [{expect: {route: {dst: " + "1.".repeat(size / 2 - 50) + "1}}}]\n",
                "format: 1\nsteps: [{show: {run: a, output: \"" + "<a:".repeat(size / 3 - 50) + "\"}}]\n",
                "format: 1\nsteps: [{show: {run: a, output: \"" + "<".repeat(size - 100) + "\"}}]\n",
                "format: 1\nhosts: [" + "abcdefg, ".repeat(size / 9 - 10) + "]\n",
                "format: 1\nhosts: ["
                        + IntStream.range(0, size / 9)
                                .mapToObj(i -> "a" + i + ", ")
                                .collect(Collectors.joining())
                        + "]\n",
                "\u0001".repeat(size),
                "\ud83d\ude00".repeat(size / 4))) {
            read(text.getBytes(StandardCharsets.UTF_8), -1);
        }
    }

    @Test
    @Timeout(180)
    void reads_damaged_tracks_as_well() {
        List<byte[]> seeds = List.of(
                """
                # The order in which the labs are best done.
                tracks:
                  - id: docker
                    title: Docker networks
                    labs: [bridge-basics, outside-world]
                  - {id: by-hand, title: "By hand", labs: bridge-by-hand}
                """
                        .getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < INPUTS / 5; i++) {
            byte[] input = mutate(mutate(seeds.get(0), seeds), seeds);
            FileText text = FileText.decode(Path.of("tracks.yaml"), input);
            text.text().ifPresent(content -> {
                Problems problems = new Problems(new Source(Path.of("tracks.yaml"), content));
                boolean read = !TrackReader.read(problems).tracks().isEmpty();
                assertThat(read || problems.errors() > 0).as(content).isTrue();
                problems.sorted().forEach(LabReaderFuzzTest::isPresentable);
            });
        }
    }

    private static boolean read(byte[] input, int number) {
        Path name = Path.of("fuzz-" + number + ".yaml");
        try {
            FileText text = FileText.decode(name, input);
            LabReader.Reading reading = text.text()
                    .map(content -> LabReader.read(content, name))
                    .orElseGet(() -> new LabReader.Reading(java.util.Optional.empty(), text.problems()));
            assertThat(reading.lab().isPresent()).isNotEqualTo(reading.hasErrors());
            reading.problems().forEach(LabReaderFuzzTest::isPresentable);
            return reading.lab().isPresent();
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            throw new AssertionError("input " + number + ":\n" + new String(input, StandardCharsets.UTF_8), e);
        }
    }

    /** Plain checks: a million assertions would take longer than the reading. */
    private static void isPresentable(Problem problem) {
        String message = Words.text(problem.message());
        String next = problem.next().map(Words::text).orElse("");
        boolean sentence = !message.isBlank()
                && message.length() < 300
                && !message.contains("org.yaml")
                && !message.contains("Exception");
        boolean place = problem.width() > 0 && (problem.line() == 0) == (problem.column() == 0);
        boolean printable = (message + next).chars().noneMatch(Character::isISOControl)
                && problem.sourceLine().lines().count() <= 1;
        if (!sentence || !place || !printable) {
            throw new AssertionError(problem);
        }
    }

    private static List<byte[]> files(Path folder) throws IOException {
        List<byte[]> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                files.add(Files.readAllBytes(file));
            }
        }
        return files;
    }

    private byte[] mutate(byte[] input, List<byte[]> seeds) {
        if (input.length == 0) {
            return seeds.get(random.nextInt(seeds.size()));
        }
        return switch (random.nextInt(12)) {
            case 0 -> flip(input);
            case 1 -> splice(input, 1 + random.nextInt(20), new byte[0]);
            case 2 -> splice(input, 0, SPITE[random.nextInt(SPITE.length)].getBytes(StandardCharsets.UTF_8));
            case 3 ->
                splice(input, random.nextInt(8), SPITE[random.nextInt(SPITE.length)].getBytes(StandardCharsets.UTF_8));
            case 4 -> onLines(input, lines -> Collections.swap(lines, at(lines), at(lines)));
            case 5 -> onLines(input, lines -> lines.remove(at(lines)));
            case 6 -> onLines(input, lines -> lines.add(at(lines), lines.get(at(lines))));
            case 7 -> onLines(input, this::indent);
            case 8 ->
                onLines(input, lines -> lines.add(at(lines), "  x: &a [*a, " + "[".repeat(random.nextInt(40)) + "]"));
            case 9 -> onLines(input, lines -> lines.add(at(lines), "say: " + "long ".repeat(random.nextInt(2000))));
            case 10 -> Arrays.copyOf(input, random.nextInt(input.length) + 1);
            default -> cross(input, seeds.get(random.nextInt(seeds.size())));
        };
    }

    private byte[] flip(byte[] input) {
        byte[] copy = input.clone();
        copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        return copy;
    }

    private byte[] splice(byte[] input, int remove, byte[] insert) {
        int at = random.nextInt(input.length);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(input, 0, at);
        out.writeBytes(insert);
        int rest = Math.min(input.length, at + remove);
        out.write(input, rest, input.length - rest);
        return out.toByteArray();
    }

    private byte[] cross(byte[] a, byte[] b) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(a, 0, random.nextInt(a.length));
        if (b.length > 0) {
            int from = random.nextInt(b.length);
            out.write(b, from, b.length - from);
        }
        return out.toByteArray();
    }

    private byte[] onLines(byte[] input, java.util.function.Consumer<List<String>> change) {
        List<String> lines = new ArrayList<>(List.of(new String(input, StandardCharsets.ISO_8859_1).split("\n", -1)));
        change.accept(lines);
        return String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
    }

    private int at(List<String> lines) {
        return random.nextInt(lines.size());
    }

    private void indent(List<String> lines) {
        int at = at(lines);
        String line = lines.get(at);
        lines.set(
                at, random.nextBoolean() ? " ".repeat(1 + random.nextInt(3)) + line : line.replaceFirst("^ {1,2}", ""));
    }
}
