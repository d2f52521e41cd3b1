package org.facteur.wire.report;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.facteur.wire.text.SyntaxFault;

/// The XML of a DMARC report (RFC 9990 §3.1), read in its older forms too (RFC 7489 §C).
///
/// No document type, no entity but the five of XML; what is not known is skipped.
public final class DmarcReportFormat {
    private static final String RULE = "RFC 9990 §3.1";
    private static final int DEEPEST = 16;
    private static final int MOST_ELEMENTS = 200_000;
    private static final int MOST_ROWS = 10_000;
    private static final int MOST_PROOFS = 20;
    private static final int LONGEST = 1000;

    private DmarcReportFormat() {}

    public static byte[] write(DmarcReport report) {
        StringBuilder xml = new StringBuilder(2000);
        xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
                .append("<feedback xmlns=\"urn:ietf:params:xml:ns:dmarc-2.0\">\n");
        element(xml, "version", "1.0");
        xml.append("<report_metadata>\n");
        element(xml, "org_name", report.organization());
        element(xml, "email", report.contact());
        element(xml, "report_id", report.id());
        xml.append("<date_range>");
        element(xml, "begin", Long.toString(report.start().getEpochSecond()));
        element(xml, "end", Long.toString(report.end().getEpochSecond()));
        xml.append("</date_range>\n</report_metadata>\n<policy_published>\n");
        DmarcReport.Published published = report.published();
        element(xml, "domain", published.domain());
        element(xml, "p", published.policy());
        element(xml, "sp", published.subdomains());
        element(xml, "adkim", published.strictDkim() ? "s" : "r");
        element(xml, "aspf", published.strictSpf() ? "s" : "r");
        element(xml, "testing", published.testing() ? "y" : "n");
        element(xml, "discovery_method", "treewalk");
        xml.append("</policy_published>\n");
        report.rows().forEach(row -> row(xml, row));
        return xml.append("</feedback>\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void row(StringBuilder xml, DmarcReport.Row row) {
        xml.append("<record><row>");
        element(xml, "source_ip", row.source());
        element(xml, "count", Long.toString(row.count()));
        xml.append("<policy_evaluated>");
        element(xml, "disposition", row.evaluated().disposition());
        element(xml, "dkim", row.evaluated().dkim() ? "pass" : "fail");
        element(xml, "spf", row.evaluated().spf() ? "pass" : "fail");
        xml.append("</policy_evaluated></row>\n<identifiers>");
        element(xml, "header_from", row.author());
        if (!row.path().isEmpty()) {
            element(xml, "envelope_from", row.path());
        }
        xml.append("</identifiers>\n<auth_results>");
        for (DmarcReport.Proof each : row.proofs()) {
            xml.append('<').append(each.method()).append('>');
            element(xml, "domain", each.domain());
            if (!each.selector().isEmpty()) {
                element(xml, "selector", each.selector());
            }
            element(xml, "result", each.result());
            xml.append("</").append(each.method()).append('>');
        }
        xml.append("</auth_results></record>\n");
    }

    private static void element(StringBuilder xml, String name, String text) {
        xml.append('<').append(name).append('>');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '&' -> xml.append("&amp;");
                default -> xml.append(c < ' ' || Character.isSurrogate(c) ? '?' : c);
            }
        }
        xml.append("</").append(name).append(">\n");
    }

    /// @throws SyntaxFault for anything that is no report
    public static DmarcReport parse(byte[] octets) {
        try {
            XMLStreamReader in = factory().createXMLStreamReader(new ByteArrayInputStream(octets));
            Reading reading = new Reading();
            Deque<String> path = new ArrayDeque<>();
            StringBuilder text = new StringBuilder();
            int elements = 0;
            while (in.hasNext()) {
                switch (in.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        if (++elements > MOST_ELEMENTS || path.size() >= DEEPEST) {
                            throw new SyntaxFault(-1, "a smaller report", null);
                        }
                        path.push(in.getLocalName());
                        text.setLength(0);
                        reading.begin(in.getLocalName());
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                            text.append(
                                    in.getText(),
                                    0,
                                    Math.min(
                                            in.getTextLength(),
                                            Math.max(0, LONGEST - text.length())));
                    case XMLStreamConstants.END_ELEMENT -> {
                        String name = path.pop();
                        String parent = path.isEmpty() ? "" : path.peek();
                        reading.end(parent, name, text.toString().strip());
                        text.setLength(0);
                    }
                    default -> {}
                }
            }
            return reading.report();
        } catch (XMLStreamException | IllegalArgumentException _) {
            throw SyntaxFault.at(-1, "the XML of a report", RULE);
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        factory.setXMLResolver(
                (publicId, systemId, base, namespace) -> new ByteArrayInputStream(new byte[0]));
        return factory;
    }

    /// What was read so far, by names of elements.
    private static final class Reading {
        private final Map<String, String> head = new HashMap<>();
        private final List<DmarcReport.Row> rows = new ArrayList<>();
        private Map<String, String> row = new HashMap<>();
        private Map<String, String> proof = new HashMap<>();
        private List<DmarcReport.Proof> proofs = new ArrayList<>();

        void begin(String name) {
            if (name.equals("record")) {
                row = new HashMap<>();
                proofs = new ArrayList<>();
            }
        }

        void end(String parent, String name, String text) {
            switch (parent) {
                case "report_metadata", "date_range", "policy_published" ->
                        head.put(parent + "/" + name, text);
                case "row", "policy_evaluated", "identifiers" -> row.put(parent + "/" + name, text);
                case "dkim", "spf" -> proof.put(name, text);
                case "auth_results" -> {
                    if (proofs.size() < MOST_PROOFS
                            && (name.equals("dkim") || name.equals("spf"))) {
                        proofs.add(
                                new DmarcReport.Proof(
                                        name,
                                        of(proof, "domain"),
                                        of(proof, "selector"),
                                        of(proof, "result")));
                    }
                    proof = new HashMap<>();
                }
                default -> {
                    if (name.equals("record")) {
                        endRow();
                    }
                }
            }
        }

        private void endRow() {
            if (rows.size() >= MOST_ROWS) {
                throw new SyntaxFault(-1, "a report of at most 10,000 rows", null);
            }
            rows.add(
                    new DmarcReport.Row(
                            of(row, "row/source_ip"),
                            number(of(row, "row/count")),
                            new DmarcReport.Evaluated(
                                    of(row, "policy_evaluated/disposition")
                                            .toLowerCase(Locale.ROOT),
                                    of(row, "policy_evaluated/dkim").equals("pass"),
                                    of(row, "policy_evaluated/spf").equals("pass")),
                            of(row, "identifiers/header_from"),
                            of(row, "identifiers/envelope_from"),
                            proofs));
        }

        private static String of(Map<String, String> from, String name) {
            return from.getOrDefault(name, "");
        }

        private static long number(String text) {
            return Math.max(0, Long.parseLong(text));
        }

        private static Instant instant(String text) {
            return Instant.ofEpochSecond(Math.min(number(text), 253_402_300_799L));
        }

        DmarcReport report() {
            String domain = of(head, "policy_published/domain");
            if (domain.isEmpty()) {
                throw SyntaxFault.at(-1, "the domain of a report", RULE);
            }
            return new DmarcReport(
                    of(head, "report_metadata/org_name"),
                    of(head, "report_metadata/email"),
                    of(head, "report_metadata/report_id"),
                    instant(of(head, "date_range/begin")),
                    instant(of(head, "date_range/end")),
                    new DmarcReport.Published(
                            domain,
                            of(head, "policy_published/adkim").equals("s"),
                            of(head, "policy_published/aspf").equals("s"),
                            of(head, "policy_published/p"),
                            of(head, "policy_published/sp"),
                            of(head, "policy_published/testing").equals("y")),
                    rows);
        }
    }
}
