package dev.drydock.deb;

import dev.drydock.shell.cli.Manual;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/**
 * Writes a manual page in AsciiDoc for {@code lab} and for each of its verbs. Names, options and exit statuses are picocli's model; what
 * a verb does in full is told by hand, in one file a page; every page ends with the same files and environment.
 */
public final class ManualPages {
    /** Told by hand for all pages: files, environment. */
    private static final String COMMON = "common.adoc";

    private final Path texts;
    private final String common;

    private ManualPages(Path texts) throws IOException {
        this.texts = texts;
        this.common = Files.readString(texts.resolve(COMMON));
    }

    /** @param arguments the folder of the texts by hand, and the folder to write to */
    public static void main(String[] arguments) throws IOException {
        ManualPages pages = new ManualPages(Path.of(arguments[0]));
        Path to = Files.createDirectories(Path.of(arguments[1]));
        Set<String> written = new TreeSet<>(Set.of(COMMON));
        CommandLine lab = Manual.model();
        List<CommandLine> all = new ArrayList<>(List.of(lab));
        all.addAll(lab.getSubcommands().values());
        for (CommandLine page : all) {
            String file = page.getCommandSpec().qualifiedName("-") + ".adoc";
            Files.writeString(to.resolve(file), pages.page(page.getCommandSpec()));
            written.add(file);
        }
        try (Stream<Path> files = Files.list(pages.texts)) {
            files.map(file -> file.getFileName().toString())
                    .filter(file -> !written.contains(file))
                    .findFirst()
                    .ifPresent(file -> {
                        throw new IllegalStateException(
                                pages.texts.resolve(file) + " tells of a verb that is not there.");
                    });
        }
    }

    private String page(CommandSpec spec) throws IOException {
        List<String> examples = List.of(spec.usageMessage().footer());
        // The generator expands % in a description.
        spec.usageMessage().description(told(spec).replace("%", "%%"));
        StringWriter generated = new StringWriter();
        ManPageGenerator.writeSingleManPage(new PrintWriter(generated), spec);
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        // It writes "-j, N" for an option of one letter and "ID,…[,ID,…...]" for a list, and has titles and headings of
        // its own.
        out.println(generated
                .toString()
                .replaceAll("(?m)^(\\*-\\w\\*), _", "$1 _")
                .replaceAll("(_\\w+,…_)\\[,_\\w+,…_\\.\\.\\.\\]", "$1")
                .replaceFirst("(?m)^:manmanual: .*", ":manmanual: Drydock")
                .replaceFirst("(?m)^== Commands$", "== Verbs"));
        out.println(common);
        if (!examples.isEmpty()) {
            out.println("== Examples\n\n....");
            examples.forEach(out::println);
            out.println("....\n");
        }
        out.println("== See also\n\n" + others(spec));
        out.flush();
        return text.toString();
    }

    private String told(CommandSpec spec) throws IOException {
        Path file = texts.resolve(spec.qualifiedName("-") + ".adoc");
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException missing) {
            throw new IllegalStateException(
                    "Write " + file + ": what this verb does, as its manual page tells it.", missing);
        }
    }

    private static String others(CommandSpec spec) {
        List<String> names = new ArrayList<>();
        if (spec.parent() == null) {
            spec.subcommands().keySet().forEach(verb -> names.add("*lab-" + verb + "*(1)"));
        } else {
            names.add("*lab*(1)");
        }
        return String.join(", ", names);
    }
}
