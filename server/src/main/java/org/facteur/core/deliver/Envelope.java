package org.facteur.core.deliver;

import java.util.List;
import java.util.Objects;
import org.facteur.core.account.AccountId;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.smtp.LetterWishes;
import org.facteur.wire.smtp.RcptParameters;
import org.jspecify.annotations.Nullable;

/// Who a letter is from and for, as the transport says.
///
/// @param sender the reverse path; null for the empty one
/// @param recipients as they were accepted, 1 to 1,000
/// @param submitter the account that hands it in; null for a letter from outside
/// @param international whether it came with SMTPUTF8 (RFC 6531 §3.4)
/// @param wishes what the sender asked for the letter
/// @param apart whether a filter wants it kept where it is not believed: junk here, held in the
///   queue for elsewhere
public record Envelope(
        @Nullable EmailAddress sender,
        List<Recipient> recipients,
        @Nullable AccountId submitter,
        boolean international,
        LetterWishes wishes,
        boolean apart) {
    /// Who a letter is for.
    ///
    /// @param wishes what the sender asked for this recipient
    public record Recipient(EmailAddress address, RcptParameters wishes) {
        public Recipient {
            Objects.requireNonNull(address);
            Objects.requireNonNull(wishes);
        }
    }

    public Envelope {
        recipients = List.copyOf(recipients);
        Objects.requireNonNull(wishes);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("a letter is for somebody");
        }
    }

    /// One that nothing is held against.
    public Envelope(
            @Nullable EmailAddress sender,
            List<Recipient> recipients,
            @Nullable AccountId submitter,
            boolean international,
            LetterWishes wishes) {
        this(sender, recipients, submitter, international, wishes, false);
    }

    /// The same, to be kept apart.
    public Envelope keptApart() {
        return new Envelope(sender, recipients, submitter, international, wishes, true);
    }

    /// The same with another reverse path.
    Envelope as(@Nullable EmailAddress newSender) {
        return new Envelope(newSender, recipients, submitter, international, wishes, apart);
    }

    /// An envelope with which nothing was asked.
    public static Envelope plain(
            @Nullable EmailAddress sender,
            List<EmailAddress> recipients,
            @Nullable AccountId submitter,
            boolean international) {
        return new Envelope(
                sender,
                recipients.stream().map(each -> new Recipient(each, RcptParameters.NONE)).toList(),
                submitter,
                international,
                LetterWishes.NONE);
    }
}
