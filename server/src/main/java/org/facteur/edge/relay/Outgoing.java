package org.facteur.edge.relay;

import java.io.InputStream;
import java.util.Objects;
import java.util.function.Supplier;
import org.facteur.core.queue.Queue;
import org.facteur.core.queue.QueueItem;
import org.facteur.core.queue.QueuedLetter;
import org.facteur.core.queue.QueuedRecipient;
import org.facteur.wire.address.Domain;
import org.facteur.wire.smtp.BodyKind;
import org.facteur.wire.smtp.LetterWishes;
import org.facteur.wire.smtp.MailParameters;
import org.facteur.wire.smtp.RcptParameters;
import org.facteur.wire.smtp.SmtpCapabilities;
import org.facteur.wire.smtp.SmtpCapability;
import org.facteur.wire.smtp.SmtpCommand;
import org.jspecify.annotations.Nullable;

/// What a letter is turned into for a server that can do this much. Any thread.
final class Outgoing {
    private final Queue queue;

    Outgoing(Queue queue) {
        this.queue = queue;
    }

    /// A letter as it goes out.
    ///
    /// @param body as declared; null where nothing need be
    /// @param octets opened once for each try
    record Form(long sizeBytes, @Nullable BodyKind body, Supplier<InputStream> octets) {
        Form {
            Objects.requireNonNull(octets);
        }

        InputStream open() {
            return octets.get();
        }
    }

    /// The form in which a server takes a letter.
    ///
    /// @return null when it takes it in none: then its recipients are refused
    @Nullable Form form(Passage passage, SmtpCapabilities capabilities, Domain host) {
        QueueItem item = passage.item();
        QueuedLetter letter = item.letter();
        if (letter.wishes().requireTls() && !capabilities.has(SmtpCapability.REQUIRETLS)) {
            // RFC 8689 §4.2.1: a server that would not pass the wish on is no way to go.
            passage.refused("5.7.30", host + " does not promise REQUIRETLS");
            return null;
        }
        if (letter.sizeBytes() > capabilities.sizeLimit()) {
            passage.refused("5.3.4", host + " takes no letters of this size");
            return null;
        }
        if (international(passage) && !capabilities.has(SmtpCapability.SMTPUTF8)) {
            passage.refused("5.6.7", host + " takes no international addresses");
            return null;
        }
        if (letter.eightBit() && !capabilities.has(SmtpCapability.EIGHT_BIT_MIME)) {
            passage.refused("5.6.3", host + " takes no letters with 8-bit text");
            return null;
        }
        return new Form(
                letter.sizeBytes(),
                letter.eightBit() ? BodyKind.EIGHT_BIT_MIME : null,
                () -> queue.read(item));
    }

    private static boolean international(Passage passage) {
        return passage.item().letter().international();
    }

    /// MAIL with what the server can be told.
    SmtpCommand.Mail mail(Passage passage, Form form, SmtpCapabilities capabilities) {
        QueueItem item = passage.item();
        LetterWishes wishes = item.letter().wishes();
        boolean reports = capabilities.has(SmtpCapability.DSN);
        return new SmtpCommand.Mail(
                item.origin().sender(),
                new MailParameters(
                        capabilities.has(SmtpCapability.SIZE) ? form.sizeBytes() : -1,
                        international(passage),
                        null,
                        new LetterWishes(
                                form.body(),
                                reports ? wishes.returned() : null,
                                reports ? wishes.envelopeId() : null,
                                wishes.requireTls(),
                                null,
                                0)));
    }

    /// RCPT with what the sender asked for, where the server can pass that on.
    SmtpCommand.Rcpt rcpt(QueuedRecipient recipient, SmtpCapabilities capabilities) {
        return new SmtpCommand.Rcpt(
                recipient.address(),
                capabilities.has(SmtpCapability.DSN) ? recipient.wishes() : RcptParameters.NONE);
    }
}
