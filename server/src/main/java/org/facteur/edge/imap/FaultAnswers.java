package org.facteur.edge.imap;

import java.util.Objects;
import org.facteur.base.fault.Busy;
import org.facteur.base.fault.Incident;
import org.facteur.base.fault.Refusal;
import org.facteur.wire.imap.ResponseCode;
import org.facteur.wire.text.SyntaxFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a client is told of a fault: the one place where faults become IMAP.
final class FaultAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(FaultAnswers.class);

    private FaultAnswers() {}

    /// @param session for the log
    static Answer of(RuntimeException fault, String session) {
        return switch (fault) {
            case SyntaxFault syntax -> Answer.bad(text(syntax));
            case Refusal refusal -> Answer.no(code(refusal.reason()), refusal.sentence().english());
            case Busy busy -> {
                LOG.warn("imap {} busy", session, busy);
                yield Answer.no(ResponseCode.Word.UNAVAILABLE, "Try again later.");
            }
            case RuntimeException bug -> {
                Incident incident = Incident.create();
                LOG.error("incident {} in imap {}", incident, session, bug);
                yield Answer.no(
                        ResponseCode.Word.SERVERBUG,
                        "Something went wrong here; tell the postmaster " + incident + ".");
            }
        };
    }

    /// What was wrong with what the client said; never its own octets.
    static String text(SyntaxFault fault) {
        return Objects.requireNonNullElse(fault.getMessage(), fault.expected());
    }

    private static ResponseCode.Word code(Refusal.Reason reason) {
        return switch (reason) {
            case NOT_FOUND -> ResponseCode.Word.NONEXISTENT;
            case ALREADY_EXISTS -> ResponseCode.Word.ALREADYEXISTS;
            case NOT_ALLOWED -> ResponseCode.Word.NOPERM;
            case INVALID, LOOP, CANNOT -> ResponseCode.Word.CANNOT;
            case OVER_QUOTA -> ResponseCode.Word.OVERQUOTA;
            case TOO_LARGE -> ResponseCode.Word.TOOBIG;
            case LIMIT -> ResponseCode.Word.LIMIT;
        };
    }
}
