package org.facteur.edge.relay;

import org.facteur.core.queue.QueuedRecipient;
import org.facteur.core.queue.RecipientResult;
import org.facteur.wire.address.Domain;
import org.facteur.wire.report.EnhancedStatus;
import org.facteur.wire.smtp.RcptParameters;
import org.facteur.wire.smtp.SmtpCapabilities;
import org.facteur.wire.smtp.SmtpCapability;
import org.facteur.wire.smtp.SmtpReply;

/// What answers mean for recipients.
final class Verdicts {
    private Verdicts() {}

    /// @param capabilities of the server, which tell whether it will report success itself
    static RecipientResult of(
            QueuedRecipient recipient,
            SmtpReply reply,
            Domain host,
            SmtpCapabilities capabilities) {
        return new RecipientResult(
                recipient.address(),
                kind(recipient, reply, capabilities),
                status(reply),
                host + " said: " + reply.code() + " " + reply.text());
    }

    private static RecipientResult.Kind kind(
            QueuedRecipient recipient, SmtpReply reply, SmtpCapabilities capabilities) {
        if (reply.positive()) {
            boolean tellsNothing =
                    recipient.wishes().wants(RcptParameters.Notify.SUCCESS)
                            && !capabilities.has(SmtpCapability.DSN);
            return tellsNothing ? RecipientResult.Kind.RELAYED : RecipientResult.Kind.DELIVERED;
        }
        return reply.permanentFailure()
                ? RecipientResult.Kind.REFUSED
                : RecipientResult.Kind.DEFERRED;
    }

    private static String status(SmtpReply reply) {
        EnhancedStatus status = reply.status();
        return status == null ? Math.clamp(reply.code() / 100, 2, 5) + ".0.0" : status.toString();
    }

    /// The line broke after the letter was sent and before it was answered (RFC 1047 §2).
    static RecipientResult inDoubt(QueuedRecipient recipient, Domain host) {
        return new RecipientResult(
                recipient.address(),
                RecipientResult.Kind.DEFERRED,
                "4.4.2",
                host + " left during the letter");
    }
}
