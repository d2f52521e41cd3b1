package org.facteur.edge.imap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.net.listen.Connection;
import org.facteur.wire.imap.ImapResponse;

/// IDLE (RFC 9051 §6.3.13): tells what happens as it happens, until the client says DONE.
final class IdleCommand {
    private static final Duration LOOK = Duration.ofSeconds(60);
    private static final int LINE = 64;

    private final ImapSession session;

    IdleCommand(ImapSession session) {
        this.session = session;
    }

    ImapSession.Outcome run() throws IOException {
        Connection connection = session.connection();
        LetterBox watched =
                session.state() instanceof ImapState.Selected(var _, var mailbox)
                        ? mailbox.box()
                        : session.box();
        session.out().write(new ImapResponse.Continue("Idling; say DONE."));
        try (var _ = watched.watch(connection::wake)) {
            Patience patience = Patience.of(session.settings().times().idle());
            while (!patience.left().isZero()) {
                connection.deadline(session.settings().times().command());
                news();
                session.out().rest();
                connection.flush();
                switch (connection.await(patience.atMost(LOOK))) {
                    case INPUT -> {
                        return done();
                    }
                    case WOKEN -> {
                        if (connection.stopping()) {
                            return bye("The server is stopping.");
                        }
                    }
                    case TIMEOUT -> {
                        // The look at the login below is what it was for.
                    }
                }
                if (!session.stillGood()) {
                    return bye("This login does not hold any more.");
                }
            }
        }
        return bye("Nothing was asked for a long time.");
    }

    private void news() throws IOException {
        if (session.state() instanceof ImapState.Selected(var _, var mailbox)) {
            session.tell(mailbox, true);
        }
    }

    /// `idle = "IDLE" CRLF "DONE"`
    private ImapSession.Outcome done() throws IOException {
        byte[] line = session.connection().input().readLine(LINE);
        if (line == null) {
            return new ImapSession.Outcome.End();
        }
        boolean done = new String(line, StandardCharsets.ISO_8859_1).equalsIgnoreCase("DONE");
        return new ImapSession.Outcome.Answered(
                done ? Answer.ok("Idled.") : Answer.bad("DONE was expected."));
    }

    private ImapSession.Outcome bye(String text) throws IOException {
        session.out().write(ImapResponse.Condition.untagged(ImapResponse.Outcome.BYE, null, text));
        return new ImapSession.Outcome.End();
    }
}
