package org.facteur.wire.report;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.facteur.wire.mime.HeaderText;
import org.jspecify.annotations.Nullable;

/// The words of delivery reports for people, in one language.
public enum ReportWording {
    ENGLISH(EnglishWords.GENERAL, EnglishWords.CAUSES),
    FRENCH(FrenchWords.GENERAL, FrenchWords.CAUSES);

    /// What is said for one cause.
    ///
    /// @param happened one sentence; `{to}` stands for the recipient, `{host}` for its domain,
    ///   `{days}` for how long it was tried
    /// @param advice what the reader can do
    record Words(String happened, String advice) {}

    /// What is said whatever the cause.
    ///
    /// @param failed subject of a final report; `{subject}` is the original's
    /// @param delayed subject of a report about a delay
    /// @param greeting first line
    /// @param waiting the sentence for a delay; `{days}` is how long it will still be tried
    /// @param answer what stands before the other side's answer
    /// @param closing last line
    /// @param arrived what is said of success
    record General(
            String failed,
            String delayed,
            String greeting,
            String waiting,
            String answer,
            String closing,
            Arrived arrived) {}

    /// What is said of letters that got through.
    ///
    /// @param subject of the report; `{subject}` is the original's
    /// @param delivered the sentence for a letter in its box
    /// @param relayed for one with a server that tells nothing further
    /// @param expanded for one that went to the members of a group
    record Arrived(String subject, String delivered, String relayed, String expanded) {}

    private final General general;
    private final Map<ReportCause, Words> causes;

    ReportWording(General general, Map<ReportCause, Words> causes) {
        this.general = general;
        this.causes = new EnumMap<>(causes);
    }

    /// The report's subject line.
    ///
    /// @param original the subject of the letter reported on, decoded; cut after 100 characters
    public HeaderText subject(DeliveryAction action, HeaderText original) {
        String template =
                switch (action) {
                    case FAILED -> general.failed();
                    case DELAYED -> general.delayed();
                    case DELIVERED, RELAYED, EXPANDED -> general.arrived().subject();
                };
        String text = original.value();
        int end =
                text.length() <= 100
                        ? text.length()
                        : text.offsetByCodePoints(
                                0, Math.min(100, text.codePointCount(0, text.length())));
        return new HeaderText(template.replace("{subject}", text.substring(0, end)));
    }

    /// The whole text for people: a paragraph for each recipient, what happened, what to do, and
    /// what the other side said.
    ///
    /// @param days for failures how long delivery was tried, for delays how long it will still be
    public String text(DeliveryReport report, int days) {
        StringBuilder text = new StringBuilder(general.greeting()).append("\n\n");
        for (RecipientReport recipient : report.recipients()) {
            boolean failed = recipient.outcome().action() == DeliveryAction.FAILED;
            Words words = words(ReportCause.of(recipient.outcome().status()));
            String to = recipient.recipient().toUnicode();
            text.append("    ").append(to).append("\n\n");
            text.append(filled(happened(recipient, words), recipient, days)).append('\n');
            if (failed) {
                text.append(filled(words.advice(), recipient, days)).append('\n');
            }
            @Nullable HeaderText diagnostic = recipient.diagnostic();
            if (diagnostic != null) {
                text.append('\n')
                        .append(general.answer())
                        .append("\n    ")
                        .append(diagnostic.value())
                        .append('\n');
            }
            text.append('\n');
        }
        return text.append(general.closing()).append('\n').toString();
    }

    private String happened(RecipientReport recipient, Words words) {
        return switch (recipient.outcome().action()) {
            case FAILED -> words.happened();
            case DELAYED -> general.waiting();
            case DELIVERED -> general.arrived().delivered();
            case RELAYED -> general.arrived().relayed();
            case EXPANDED -> general.arrived().expanded();
        };
    }

    Words words(ReportCause cause) {
        return Objects.requireNonNull(causes.get(cause), "every cause has words");
    }

    General general() {
        return general;
    }

    /// Fills in one pass, so that no value is read as a template.
    private static String filled(String template, RecipientReport recipient, int days) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', at)) {
            int close = template.indexOf('}', open);
            text.append(template, at, open);
            text.append(
                    switch (template.substring(open + 1, close)) {
                        case "to" -> recipient.recipient().toUnicode();
                        case "host" -> recipient.recipient().domain().toUnicode();
                        case "days" -> Integer.toString(days);
                        case String other ->
                                throw new IllegalStateException("unknown place " + other);
                    });
            at = close + 1;
        }
        return text.append(template, at, template.length()).toString();
    }
}
