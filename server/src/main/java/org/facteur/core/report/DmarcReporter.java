package org.facteur.core.report;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
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
import org.facteur.wire.auth.DmarcCheck;
import org.facteur.wire.auth.DmarcRecord;
import org.facteur.wire.auth.DnsLookup;
import org.facteur.wire.mime.HeaderText;
import org.facteur.wire.mime.NamedAddress;
import org.facteur.wire.report.DmarcReport;
import org.facteur.wire.report.DmarcReportLetter;
import org.facteur.wire.report.ReportFrame;
import org.facteur.wire.text.SyntaxFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends each domain that asks for it its report of the day before, once (RFC 9990 §3.5). One
/// thread at a time; may wait for the network.
///
/// A place of another organisation gets reports only where that says that it wants them (RFC 9990
/// §4). A letter is handed over under a key made of day, domain and place, so that a crash doubles
/// none. A domain whose record cannot be asked for now is asked again an hour later, for three
/// days.
public final class DmarcReporter {
    private static final Logger LOG = LoggerFactory.getLogger(DmarcReporter.class);
    private static final int DAYS_BACK = 3;
    private static final int MOST_PLACES = 2;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration AGAIN = Duration.ofHours(1);

    /// Reports are not due at midnight sharp: others send theirs then.
    private static final Duration AFTER_MIDNIGHT = Duration.ofMinutes(40);

    private final DmarcResults results;
    private final Domain host;
    private final DnsLookup names;
    private final Delivery delivery;
    private final Directory directory;
    private final InstantSource clock;
    private Instant next = Instant.EPOCH;

    /// @param host who reports
    public DmarcReporter(
            DmarcResults results,
            Domain host,
            DnsLookup names,
            Delivery delivery,
            Directory directory,
            InstantSource clock) {
        this.results = Objects.requireNonNull(results);
        this.host = Objects.requireNonNull(host);
        this.names = Objects.requireNonNull(names);
        this.delivery = Objects.requireNonNull(delivery);
        this.directory = Objects.requireNonNull(directory);
        this.clock = Objects.requireNonNull(clock);
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
        long lastDay = ended.getEpochSecond() / DAY.toSeconds() - 1;
        for (long day = Math.max(0, lastDay - DAYS_BACK + 1); day <= lastDay; day++) {
            for (DmarcResults.Of each : results.find(day)) {
                all &= each.told() || report(each);
            }
        }
        long today = ended.getEpochSecond() / DAY.toSeconds();
        next =
                all
                        ? Instant.ofEpochSecond((today + 1) * DAY.toSeconds()).plus(AFTER_MIDNIGHT)
                        : now.plus(AGAIN);
    }

    /// @return false when it must be tried again
    private boolean report(DmarcResults.Of result) {
        Optional<DmarcRecord> record;
        switch (names.ask(
                new DnsLookup.Question("_dmarc." + result.domain(), DnsLookup.Kind.TXT))) {
            case DnsLookup.Failed _ -> {
                return false;
            }
            case DnsLookup.NoName _ -> record = Optional.empty();
            case DnsLookup.Found(List<String> texts) -> record = DmarcRecord.find(texts);
        }
        for (EmailAddress place : places(result.domain(), record)) {
            send(result, place);
        }
        results.told(result);
        return true;
    }

    /// Where a domain wants its reports, as far as those there want them too.
    private List<EmailAddress> places(String domain, Optional<DmarcRecord> record) {
        List<EmailAddress> places = new ArrayList<>();
        for (String each : record.map(DmarcRecord::reports).orElse(List.of())) {
            try {
                EmailAddress place = EmailAddress.parse(each);
                if (places.size() < MOST_PLACES && isWanted(domain, place.domain().name())) {
                    places.add(place);
                }
            } catch (SyntaxFault odd) {
                LOG.info("{} wants reports where nobody can: {}", domain, odd.getMessage());
            }
        }
        return places;
    }

    private boolean isWanted(String domain, String there) {
        DmarcCheck check = new DmarcCheck(names);
        if (domain.equals(there) || check.organization(domain).equals(check.organization(there))) {
            return true;
        }
        return names.ask(
                                new DnsLookup.Question(
                                        domain + "._report._dmarc." + there, DnsLookup.Kind.TXT))
                        instanceof DnsLookup.Found(List<String> texts)
                && texts.stream().anyMatch(text -> text.strip().startsWith("v=DMARC1"));
    }

    private void send(DmarcResults.Of result, EmailAddress to) {
        EmailAddress own = postmaster();
        String id = result.day() + "." + result.domain();
        DmarcReport report =
                new DmarcReport(
                        own.domain().name(),
                        own.toString(),
                        id,
                        result.report().start(),
                        result.report().end(),
                        result.report().published(),
                        result.report().rows());
        ReportFrame frame =
                new ReportFrame(
                        NamedAddress.of(own),
                        to,
                        clock.instant().atOffset(ZoneOffset.UTC).withNano(0),
                        "dmarc-" + id + "@" + host.name(),
                        new HeaderText(
                                "Report Domain: "
                                        + result.domain()
                                        + " Submitter: "
                                        + own.domain().name()
                                        + " Report-ID: <"
                                        + id
                                        + ">"));
        try {
            delivery.acceptOwn(
                    DmarcReportLetter.write(frame, report, words(report)),
                    Envelope.plain(null, List.of(to), null, to.isInternational()),
                    "dmarc-report-" + id + "-" + to);
            LOG.info("DMARC report of {} for {}: sent", report.start(), result.domain());
        } catch (Refusal | Busy refused) {
            LOG.warn("a DMARC report for {} fails: {}", result.domain(), refused.getMessage());
        }
    }

    private static String words(DmarcReport report) {
        String domain = report.published().domain();
        long letters = report.rows().stream().mapToLong(DmarcReport.Row::count).sum();
        return letters
                + " letters came in the name of "
                + domain
                + " from "
                + report.start()
                + " to "
                + report.end()
                + ". Who brought them is attached (DMARC, RFC 9990).\n\n"
                + letters
                + " lettres sont venues au nom de "
                + domain
                + ". Qui les a apportées est joint.\n";
    }

    /// Who answers for what we send: the postmaster of this host's domain or of the first we serve.
    private EmailAddress postmaster() {
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
