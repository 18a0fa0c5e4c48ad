package dev.drydock.shell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.drydock.shell.Golden;
import dev.drydock.shell.screen.ProofSamples;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ReportTest {
    @Test
    void writes_junit_xml_that_a_parser_reads() throws Exception {
        StringWriter out = new StringWriter();
        ProofJunit.write(ProofSamples.report(), out);
        Golden.matches("report/junit.xml", out.toString());
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(out.toString())));
        assertThat(document.getElementsByTagName("testsuite").getLength()).isEqualTo(5);
        assertThat(document.getElementsByTagName("failure").getLength()).isEqualTo(4);
        assertThat(document.getElementsByTagName("error").getLength()).isEqualTo(1);
        assertThat(document.getElementsByTagName("skipped").getLength()).isEqualTo(1);
    }

    @Test
    void writes_json_that_a_parser_reads() throws IOException {
        StringWriter out = new StringWriter();
        ProofJson.of(ProofSamples.report()).write(out);
        Golden.matches("report/proof.json", out.toString());
        assertThat(JsonParser.parseString(out.toString())
                        .getAsJsonObject()
                        .get("passed")
                        .getAsBoolean())
                .isFalse();
    }
}
