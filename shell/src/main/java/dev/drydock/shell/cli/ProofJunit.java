package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.lab.Step;
import dev.drydock.engine.proof.LabReport;
import dev.drydock.engine.proof.ProofFinding;
import dev.drydock.engine.proof.ProofReport;
import dev.drydock.engine.proof.StepReport;
import dev.drydock.verify.words.Words;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The report of {@code lab test} as JUnit XML: a suite per lab, with a case for the whole lab and one per step. */
final class ProofJunit {
    private final XMLStreamWriter xml;

    private ProofJunit(XMLStreamWriter xml) {
        this.xml = xml;
    }

    private record Case(String name, List<String> failures, List<String> errors, String skipped) {
        Case(String name, List<String> failures, List<String> errors) {
            this(name, failures, errors, "");
        }
    }

    static void write(ProofReport report, Writer out) throws IOException {
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out);
            new ProofJunit(xml).report(report);
            xml.flush();
            out.write("\n");
            out.flush();
        } catch (XMLStreamException failed) {
            throw new IOException(failed.getMessage(), failed);
        }
    }

    private void report(ProofReport report) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        line(0);
        xml.writeStartElement("testsuites");
        xml.writeAttribute("name", "lab test");
        xml.writeAttribute("time", seconds(report.elapsed()));
        for (LabReport lab : report.labs()) {
            suite(lab.lab().id(), lab.elapsed(), cases(lab));
        }
        suite(
                "machine",
                Duration.ZERO,
                List.of(new Case(Words.text(say("proof.machine-unchanged")), report.machineChanges(), List.of())));
        line(0);
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private static List<Case> cases(LabReport lab) {
        List<Case> cases = new ArrayList<>();
        if (lab.notRunnable()) {
            return List.of(new Case("lab", List.of(), List.of(), Words.text(lab.lack())));
        }
        List<String> whole = new ArrayList<>();
        lab.findings().forEach(finding -> whole.addAll(lines(finding)));
        cases.add(new Case(
                "lab", whole, lab.trouble().map(Words::text).map(List::of).orElse(List.of())));
        Map<String, StepReport> reached = new HashMap<>();
        lab.steps().forEach(step -> reached.put(step.step().id(), step));
        for (Step step : steps(lab)) {
            cases.add(new Case(step.id(), failures(reached.get(step.id())), List.of()));
        }
        return cases;
    }

    /** The steps to report; none for a lab that could not be tested here. */
    private static List<Step> steps(LabReport report) {
        return report.trouble().isPresent() && report.steps().isEmpty()
                ? List.of()
                : report.lab().steps();
    }

    /** @param step null when the test did not reach the step, which is a failure */
    private static List<String> failures(StepReport step) {
        if (step == null) {
            return List.of(Words.text(say("proof.step-not-reached")));
        }
        List<String> lines = new ArrayList<>();
        step.findings().forEach(finding -> lines.addAll(lines(finding)));
        return lines;
    }

    /** A finding as the lines of a case. */
    private static List<String> lines(ProofFinding finding) {
        List<String> lines = new ArrayList<>();
        lines.add(Words.text(finding.headline()));
        for (ProofFinding.Line line : finding.lines()) {
            String label = "  " + Words.text(line.label()) + ": ";
            List<String> text = Words.text(line.text()).stripTrailing().lines().toList();
            lines.add((label + (text.isEmpty() ? "" : text.get(0))).stripTrailing());
            for (int i = 1; i < text.size(); i++) {
                lines.add(" ".repeat(label.length()) + text.get(i));
            }
        }
        return lines;
    }

    private void suite(String name, Duration time, List<Case> cases) throws XMLStreamException {
        line(1);
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", name);
        xml.writeAttribute("tests", Integer.toString(cases.size()));
        xml.writeAttribute(
                "failures",
                Long.toString(
                        cases.stream().filter(one -> !one.failures().isEmpty()).count()));
        xml.writeAttribute(
                "errors",
                Long.toString(
                        cases.stream().filter(one -> !one.errors().isEmpty()).count()));
        xml.writeAttribute(
                "skipped",
                Long.toString(
                        cases.stream().filter(one -> !one.skipped().isEmpty()).count()));
        xml.writeAttribute("time", seconds(time));
        for (Case one : cases) {
            line(2);
            xml.writeStartElement("testcase");
            xml.writeAttribute("classname", "drydock." + name);
            xml.writeAttribute("name", one.name());
            problem("failure", one.failures());
            problem("error", one.errors());
            if (!one.skipped().isEmpty()) {
                line(3);
                xml.writeEmptyElement("skipped");
                xml.writeAttribute("message", clean(one.skipped()));
            }
            if (!one.failures().isEmpty()
                    || !one.errors().isEmpty()
                    || !one.skipped().isEmpty()) {
                line(2);
            }
            xml.writeEndElement();
        }
        line(1);
        xml.writeEndElement();
    }

    private void problem(String element, List<String> lines) throws XMLStreamException {
        if (!lines.isEmpty()) {
            line(3);
            xml.writeStartElement(element);
            xml.writeAttribute("message", clean(lines.get(0)));
            xml.writeCharacters(clean(String.join("\n", lines)));
            xml.writeEndElement();
        }
    }

    /** Replaces the characters that XML 1.0 does not allow, not even escaped. */
    private static String clean(String text) {
        return text.codePoints()
                .map(c -> c == '\n'
                                || c == '\t'
                                || (c >= ' ' && c != 0xfffe && c != 0xffff && !(c >= 0xd800 && c <= 0xdfff))
                        ? c
                        : 0xfffd)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private void line(int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1000.0);
    }
}
