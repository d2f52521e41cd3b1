package org.facteur.wire.report;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// The JSON of TLS reports (RFC 8460 §4.4), written and read.
public final class TlsReportFormat {
    private static final String RULE = "RFC 8460 §4.4";
    private static final int LONGEST = 8 * 1024 * 1024;
    private static final int MOST = 1_000;
    private static final int LONGEST_TEXT = 1_000;

    private TlsReportFormat() {}

    /// The report as JSON in UTF-8.
    public static byte[] write(TlsReport report) {
        StringBuilder out = new StringBuilder("{");
        member(out, "organization-name", report.organization()).append(",\"date-range\":{");
        member(out, "start-datetime", time(report.start())).append(',');
        member(out, "end-datetime", time(report.end())).append("},");
        member(out, "contact-info", report.contact()).append(',');
        member(out, "report-id", report.id()).append(",\"policies\":[");
        String comma = "";
        for (TlsReport.PolicyResult each : report.policies()) {
            out.append(comma);
            policy(out, each);
            comma = ",";
        }
        return out.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static void policy(StringBuilder out, TlsReport.PolicyResult result) {
        TlsReport.Policy policy = result.policy();
        out.append("{\"policy\":{");
        member(out, "policy-type", policy.type()).append(',');
        list(out, "policy-string", policy.lines()).append(',');
        member(out, "policy-domain", policy.domain());
        if (!policy.hosts().isEmpty()) {
            list(out.append(','), "mx-host", policy.hosts());
        }
        out.append("},\"summary\":{\"total-successful-session-count\":")
                .append(result.successes())
                .append(",\"total-failure-session-count\":")
                .append(result.failures())
                .append('}');
        if (!result.details().isEmpty()) {
            out.append(",\"failure-details\":[");
            String comma = "";
            for (TlsReport.Failure each : result.details()) {
                out.append(comma).append('{');
                member(out, "result-type", each.type());
                optional(out, "sending-mta-ip", each.sender());
                optional(out, "receiving-mx-hostname", each.host());
                optional(out, "receiving-ip", each.address());
                out.append(",\"failed-session-count\":").append(each.count()).append('}');
                comma = ",";
            }
            out.append(']');
        }
        out.append('}');
    }

    private static StringBuilder member(StringBuilder out, String name, String value) {
        return out.append(JsonText.quoted(name)).append(':').append(JsonText.quoted(value));
    }

    private static void optional(StringBuilder out, String name, @Nullable String value) {
        if (value != null) {
            member(out.append(','), name, value);
        }
    }

    private static StringBuilder list(StringBuilder out, String name, List<String> values) {
        out.append(JsonText.quoted(name)).append(":[");
        out.append(String.join(",", values.stream().map(JsonText::quoted).toList()));
        return out.append(']');
    }

    /// Reads a report: at most 8 MB, 1,000 policies, 1,000 kinds of failures each; texts are cut
    /// after 1,000 characters. What is missing and not needed is empty.
    ///
    /// @throws SyntaxFault for what is none
    public static TlsReport parse(byte[] json) {
        if (json.length > LONGEST) {
            throw SyntaxFault.at(LONGEST, "a report of at most 8 MB", RULE);
        }
        try {
            Object whole =
                    JsonText.parse(
                            StandardCharsets.UTF_8
                                    .newDecoder()
                                    .decode(ByteBuffer.wrap(json))
                                    .toString());
            Map<?, ?> report = object(whole);
            Map<?, ?> range = object(report.get("date-range"));
            return new TlsReport(
                    text(report, "organization-name"),
                    text(report, "contact-info"),
                    text(report, "report-id"),
                    instant(text(range, "start-datetime")),
                    instant(text(range, "end-datetime")),
                    array(report.get("policies")).stream()
                            .map(TlsReportFormat::policyResult)
                            .toList());
        } catch (CharacterCodingException _) {
            throw SyntaxFault.at(0, "UTF-8", RULE);
        }
    }

    private static TlsReport.PolicyResult policyResult(@Nullable Object value) {
        Map<?, ?> result = object(value);
        Map<?, ?> policy = object(result.get("policy"));
        Map<?, ?> summary = object(result.get("summary"));
        Object hosts = policy.get("mx-host");
        List<TlsReport.Failure> details = new ArrayList<>();
        for (Object each : array(result.get("failure-details"))) {
            Map<?, ?> failure = object(each);
            details.add(
                    new TlsReport.Failure(
                            text(failure, "result-type"),
                            optional(failure, "sending-mta-ip"),
                            optional(failure, "receiving-mx-hostname"),
                            optional(failure, "receiving-ip"),
                            count(failure.get("failed-session-count"))));
        }
        return new TlsReport.PolicyResult(
                new TlsReport.Policy(
                        text(policy, "policy-type"),
                        texts(policy.get("policy-string")),
                        text(policy, "policy-domain"),
                        // One sender writes a text where a list is due (RFC 8460 §4.4).
                        hosts instanceof String one ? List.of(cut(one)) : texts(hosts)),
                count(summary.get("total-successful-session-count")),
                count(summary.get("total-failure-session-count")),
                details);
    }

    private static Map<?, ?> object(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw SyntaxFault.at(0, "an object where a report has one", RULE);
    }

    private static List<?> array(@Nullable Object value) {
        return switch (value) {
            case null -> List.of();
            case List<?> list when list.size() <= MOST -> list;
            default -> throw SyntaxFault.at(0, "a list of at most 1,000", RULE);
        };
    }

    private static List<String> texts(@Nullable Object value) {
        List<String> texts = new ArrayList<>();
        for (Object each : array(value)) {
            if (each instanceof String text) {
                texts.add(cut(text));
            }
        }
        return texts;
    }

    private static String text(Map<?, ?> object, String name) {
        String text = optional(object, name);
        return text == null ? "" : text;
    }

    private static @Nullable String optional(Map<?, ?> object, String name) {
        return object.get(name) instanceof String text ? cut(text) : null;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }

    private static long count(@Nullable Object value) {
        return value instanceof Long number && number > 0 ? number : 0;
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            throw SyntaxFault.at(0, "a date and time", RULE);
        }
    }
}
