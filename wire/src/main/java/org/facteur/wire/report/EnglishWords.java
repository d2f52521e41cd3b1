package org.facteur.wire.report;

import java.util.Map;
import org.facteur.wire.report.ReportWording.Arrived;
import org.facteur.wire.report.ReportWording.General;
import org.facteur.wire.report.ReportWording.Words;

/// The English words of [ReportWording].
final class EnglishWords {
    static final General GENERAL =
            new General(
                    "Not delivered: {subject}",
                    "Still on its way: {subject}",
                    "This is the mail server writing. It concerns your letter to:",
                    "Your letter to {to} could not be delivered yet. The server keeps trying for up to {days} days; you need"
                            + " not send it again.",
                    "The other server said:",
                    "The beginning of your letter and the technical details are attached.",
                    new Arrived(
                            "Delivered: {subject}",
                            "Your letter is in the mailbox of {to}.",
                            "Your letter to {to} was handed to the server of {host}, which does not tell whether it"
                                    + " arrives in the mailbox.",
                            "Your letter to {to} went to the members of that group."));

    static final Map<ReportCause, Words> CAUSES =
            Map.of(
                    ReportCause.UNKNOWN_BOX,
                    new Words(
                            "There is no mailbox {to}.",
                            "Check the address for typing mistakes, or ask the person for the right one in another way."),
                    ReportCause.FULL_BOX,
                    new Words(
                            "The mailbox {to} is full and takes no more letters.",
                            "Tell the person in another way, and send your letter again later."),
                    ReportCause.UNKNOWN_DOMAIN,
                    new Words(
                            "The domain {host} does not exist or takes no mail.",
                            "Check what stands behind the @ for typing mistakes."),
                    ReportCause.REFUSED_BY_POLICY,
                    new Words(
                            "The server of {host} refused your letter, because of its rules or because it took it for spam.",
                            "Ask the person in another way to let your letters in; if it concerns all your letters, tell your"
                                    + " postmaster."),
                    ReportCause.TOO_LARGE,
                    new Words(
                            "Your letter is too large for {to}.",
                            "Send it without its attachments or in several letters, or share the files by a link."),
                    ReportCause.NOT_REACHED,
                    new Words(
                            "The server of {host} could not be reached for {days} days; the server has stopped trying.",
                            "Check the address. If it is right, the trouble is on the other side: try again later."),
                    ReportCause.TLS_REQUIRED,
                    new Words(
                            "Your letter may only travel encrypted, and the server of {host} offers no safe connection.",
                            "Tell your postmaster or that of {host}: its encryption or certificate must be put in order."),
                    ReportCause.LOOP,
                    new Words(
                            "Your letter went in circles between servers and was stopped.",
                            "Tell the postmaster of {host}: a forwarding there points back to itself."),
                    ReportCause.OTHER,
                    new Words(
                            "Your letter to {to} could not be delivered.",
                            "What the other server says below may help; otherwise ask your postmaster."));

    private EnglishWords() {}
}
