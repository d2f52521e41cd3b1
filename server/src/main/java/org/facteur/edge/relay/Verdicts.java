package org.facteur.edge.relay;

import java.util.List;
import org.facteur.core.queue.QueueItem;
import org.facteur.core.queue.RecipientResult;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.report.EnhancedStatus;
import org.facteur.wire.smtp.SmtpReply;

/// What answers and failures mean for recipients.
final class Verdicts {
    private Verdicts() {}

    static RecipientResult of(EmailAddress recipient, SmtpReply reply, Domain host) {
        RecipientResult.Kind kind =
                reply.positive()
                        ? RecipientResult.Kind.DELIVERED
                        : reply.permanentFailure()
                                ? RecipientResult.Kind.REFUSED
                                : RecipientResult.Kind.DEFERRED;
        return new RecipientResult(
                recipient,
                kind,
                status(reply),
                host + " said: " + reply.code() + " " + reply.text());
    }

    private static String status(SmtpReply reply) {
        EnhancedStatus status = reply.status();
        return status == null ? Math.clamp(reply.code() / 100, 2, 5) + ".0.0" : status.toString();
    }

    static List<RecipientResult> all(QueueItem item, SmtpReply reply, Domain host) {
        return item.waiting().stream().map(each -> of(each.address(), reply, host)).toList();
    }

    static List<RecipientResult> refused(QueueItem item, String status, String why) {
        return all(item, RecipientResult.Kind.REFUSED, status, why);
    }

    static List<RecipientResult> deferred(QueueItem item, String status, String why) {
        return all(item, RecipientResult.Kind.DEFERRED, status, why);
    }

    private static List<RecipientResult> all(
            QueueItem item, RecipientResult.Kind kind, String status, String why) {
        return item.waiting().stream()
                .map(each -> new RecipientResult(each.address(), kind, status, why))
                .toList();
    }
}
