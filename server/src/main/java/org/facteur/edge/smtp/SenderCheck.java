package org.facteur.edge.smtp;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Directory;
import org.facteur.core.account.Resolution;
import org.facteur.core.deliver.Envelope;
import org.facteur.core.filter.Judge;
import org.facteur.core.filter.Verdict;
import org.facteur.core.mailbox.NewLetter;
import org.facteur.core.trust.Authentication;
import org.facteur.core.trust.Authenticator;
import org.facteur.core.trust.Visitor;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.auth.IpAddress;
import org.facteur.wire.auth.SignedLetter;
import org.facteur.wire.mime.IndexLimits;
import org.facteur.wire.text.OctetSink;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who wrote a letter that comes in from outside: its octets are looked at as they pass, and judged
/// when they have. One thread; used for one letter.
final class SenderCheck implements OctetSink {
    private static final Logger LOG = LoggerFactory.getLogger(SenderCheck.class);
    private static final byte[] NOTHING = new byte[0];

    private final Authenticator authenticator;
    private final @Nullable Judge judge;
    private final Directory directory;
    private final InetAddress client;
    private final Domain host;
    private final SignedLetter.Reader reader =
            new SignedLetter.Reader(IndexLimits.STANDARD.headerBlockOctets(), Set.of());
    private @Nullable Authentication found;
    private @Nullable Verdict verdict;

    private SenderCheck(
            Authenticator authenticator, SmtpServices services, InetAddress client, Domain host) {
        this.authenticator = authenticator;
        this.judge = services.extras().judge();
        this.directory = services.directory();
        this.client = client;
        this.host = host;
    }

    /// Empty where nobody wants to know.
    static Optional<SenderCheck> of(
            SmtpSettings settings, SmtpServices services, InetAddress client) {
        Authenticator authenticator = services.extras().authenticator();
        return settings.role() == SmtpRole.RECEPTION
                        && authenticator != null
                        && authenticator.judges(client)
                ? Optional.of(new SenderCheck(authenticator, services, client, settings.hostname()))
                : Optional.empty();
    }

    @Override
    public void accept(byte[] octets, int offset, int length) {
        reader.accept(octets, offset, length);
    }

    /// The letter has come whole. Whatever breaks in here is not held against it.
    ///
    /// @throws Refusal NOT_ALLOWED where its author's domain wants it refused
    void judge(NewLetter letter, Announcement announcement, String id) {
        Domain name = announcement.greeting().name();
        try {
            found =
                    authenticator.judge(
                            reader.finish(),
                            letter,
                            new Visitor(
                                    IpAddress.of(client.getAddress()),
                                    name == null ? "" : name.name(),
                                    announcement.transaction().sender()));
        } catch (RuntimeException bug) {
            LOG.error("letter {}: who wrote it could not be found out", id, bug);
            return;
        }
        LOG.info("letter {} {} {}", id, found.author(), found.summary());
        if (found.treatment() == Authentication.Treatment.REFUSE) {
            throw new Refusal(
                    Refusal.Reason.NOT_ALLOWED,
                    found.author()
                            + " says that this letter is not theirs and wants it refused (DMARC).",
                    found.author()
                            + " dit que cette lettre n'est pas la sienne et veut qu'elle soit"
                            + " refusée (DMARC).");
        }
        weigh(letter, found, announcement, id);
    }

    private void weigh(
            NewLetter letter, Authentication proofs, Announcement announcement, String id) {
        Judge one = judge;
        if (one != null) {
            try {
                verdict = one.judge(letter, proofs, () -> receivers(announcement)).orElse(null);
                if (verdict != null) {
                    LOG.info("letter {} is {}", id, verdict.junk() ? "junk" : "no junk");
                }
            } catch (RuntimeException bug) {
                LOG.error("letter {} could not be judged", id, bug);
            }
        }
    }

    private Set<AccountId> receivers(Announcement announcement) {
        Set<AccountId> accounts = new LinkedHashSet<>();
        for (Envelope.Recipient each : announcement.recipients()) {
            if (directory.resolve(each.address())
                    instanceof Resolution.Reached(Set<AccountId> reached, Set<EmailAddress> _)) {
                accounts.addAll(reached);
            }
        }
        return accounts;
    }

    /// Whether the letter is to lie among the junk.
    boolean apart() {
        return (found != null && found.treatment() == Authentication.Treatment.APART)
                || (verdict != null && verdict.junk());
    }

    /// The fields that tell what was found out.
    byte[] field() {
        if (found == null) {
            return NOTHING;
        }
        String results = found.results(host).toField();
        return (verdict == null ? results : results + verdict.toField())
                .getBytes(StandardCharsets.US_ASCII);
    }
}
