package org.facteur.core.report;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.facteur.base.fault.Busy;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.Directory;
import org.facteur.core.account.MailDomain;
import org.facteur.core.deliver.Delivery;
import org.facteur.core.deliver.Envelope;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.address.LocalPart;
import org.facteur.wire.mime.HeaderText;
import org.facteur.wire.mime.NamedAddress;
import org.facteur.wire.report.ReportFrame;
import org.facteur.wire.report.TlsReport;
import org.facteur.wire.report.TlsReportLetter;
import org.facteur.wire.report.TlsReportRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends each domain that asks for it its report of the day before, once (RFC 8460 §5). One thread
/// at a time; may wait for the network.
///
/// A letter is handed over under a key made of day and domain, so that a crash doubles none. A
/// domain whose record cannot be asked for now is asked again an hour later, for three days.
public final class TlsReporter {
    private static final Logger LOG = LoggerFactory.getLogger(TlsReporter.class);
    private static final int DAYS_BACK = 3;
    private static final Duration AGAIN = Duration.ofHours(1);

    /// Reports are not due at midnight sharp: others send theirs then (RFC 8460 §4.1).
    private static final Duration AFTER_MIDNIGHT = Duration.ofMinutes(20);

    private final TlsResults results;
    private final Outside outside;
    private final Delivery delivery;
    private final Directory directory;
    private final InstantSource clock;
    private Instant next = Instant.EPOCH;

    /// The way to other domains.
    ///
    /// @param host who reports
    public record Outside(Domain host, Texts texts, Poster poster) {
        public Outside {
            Objects.requireNonNull(host);
            Objects.requireNonNull(texts);
            Objects.requireNonNull(poster);
        }
    }

    /// Finds TXT records.
    @FunctionalInterface
    public interface Texts {
        /// @return empty when nobody could say
        Optional<List<String>> find(String name);
    }

    /// Hands a document over by HTTPS.
    @FunctionalInterface
    public interface Poster {
        /// @param uri as the domain wrote it
        /// @return whether it was taken
        boolean post(String uri, String type, byte[] octets);
    }

    public TlsReporter(
            TlsResults results,
            Outside outside,
            Delivery delivery,
            Directory directory,
            InstantSource clock) {
        this.results = results;
        this.outside = outside;
        this.delivery = delivery;
        this.directory = directory;
        this.clock = clock;
    }

    /// Sends what is due; called every now and then.
    public void run() {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        results.forgetOld();
        boolean all = true;
        Instant ended = now.minus(AFTER_MIDNIGHT);
        long lastDay = ended.getEpochSecond() / Duration.ofDays(1).toSeconds() - 1;
        for (long day = Math.max(0, lastDay - DAYS_BACK + 1); day <= lastDay; day++) {
            all &= reportDay(day);
        }
        next = all ? nextMidnight(ended).plus(AFTER_MIDNIGHT) : now.plus(AGAIN);
    }

    private static Instant nextMidnight(Instant instant) {
        long day = Duration.ofDays(1).toSeconds();
        return Instant.ofEpochSecond((instant.getEpochSecond() / day + 1) * day);
    }

    private boolean reportDay(long day) {
        boolean all = true;
        Domain after = null;
        List<TlsResults.Of> page;
        do {
            page = results.find(day, after);
            for (TlsResults.Of each : page) {
                after = each.domain();
                if (!each.told()) {
                    all &= report(each);
                }
            }
        } while (!page.isEmpty());
        return all;
    }

    /// @return false when it must be tried again
    private boolean report(TlsResults.Of result) {
        Optional<List<String>> texts = outside.texts().find("_smtp._tls." + result.domain().name());
        if (texts.isEmpty()) {
            return false;
        }
        Optional<TlsReportRecord> places = TlsReportRecord.find(texts.get());
        boolean sent = places.isEmpty() || places.filter(where -> send(result, where)).isPresent();
        if (sent) {
            results.told(result);
        }
        return sent;
    }

    private boolean send(TlsResults.Of result, TlsReportRecord places) {
        String id = result.day() + "." + result.domain().name() + "@" + outside.host().name();
        EmailAddress own = postmaster();
        TlsReport report =
                new TlsReport(
                        outside.host().name(),
                        own.toString(),
                        id,
                        result.report().start(),
                        result.report().end(),
                        result.report().policies());
        boolean taken = false;
        for (EmailAddress mail : places.mails()) {
            taken |= mail(result, report, own, mail);
        }
        byte[] packed = TlsReportLetter.packed(report);
        for (String uri : places.posts()) {
            // Each kind of place once: the second is for when the first fails (RFC 8460 §3).
            taken = taken || outside.poster().post(uri, TlsReportLetter.TYPE, packed);
        }
        LOG.info(
                "TLS report of {} for {}: {}",
                result.report().start(),
                result.domain(),
                taken ? "sent" : "not taken");
        return taken;
    }

    private boolean mail(
            TlsResults.Of result, TlsReport report, EmailAddress own, EmailAddress to) {
        String domain = result.domain().name();
        ReportFrame frame =
                new ReportFrame(
                        NamedAddress.of(own),
                        to,
                        clock.instant().atOffset(ZoneOffset.UTC).withNano(0),
                        "tls-" + report.id(),
                        new HeaderText(
                                "Report Domain: "
                                        + domain
                                        + " Submitter: "
                                        + own.domain().name()
                                        + " Report-ID: <"
                                        + report.id()
                                        + ">"));
        try {
            delivery.acceptOwn(
                    TlsReportLetter.write(
                            frame, report, own.domain().name(), domain, words(report, domain)),
                    Envelope.plain(null, List.of(to), null, to.isInternational()),
                    "tls-report-" + result.day() + "-" + domain + "-" + to);
            return true;
        } catch (Refusal | Busy refused) {
            LOG.warn("a TLS report for {} waits: {}", domain, refused.getMessage());
            return false;
        }
    }

    private static String words(TlsReport report, String domain) {
        return "How encrypted sessions with the mail servers of "
                + domain
                + " fared from "
                + report.start()
                + " to "
                + report.end()
                + ": "
                + report.successes()
                + " as they should be, "
                + report.failures()
                + " not. The details are attached (RFC 8460).\n\nComment se sont passées les"
                + " sessions chiffrées avec les serveurs de "
                + domain
                + " : "
                + report.successes()
                + " comme il faut, "
                + report.failures()
                + " non. Les détails sont joints.\n";
    }

    /// Who answers for what we send: the postmaster of this host's domain or of the first we serve.
    private EmailAddress postmaster() {
        Domain host = outside.host();
        Domain named =
                directory.domains().stream()
                        .filter(each -> each.aliasOf() == null)
                        .map(MailDomain::name)
                        .filter(
                                each ->
                                        host.equals(each)
                                                || host.name().endsWith("." + each.name()))
                        .findFirst()
                        .or(() -> directory.domains().stream().map(MailDomain::name).findFirst())
                        .orElse(host);
        return new EmailAddress(LocalPart.of("postmaster"), named);
    }
}
