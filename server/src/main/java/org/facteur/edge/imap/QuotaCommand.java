package org.facteur.edge.imap;

import java.io.IOException;
import java.util.List;
import org.facteur.core.mailbox.Usage;
import org.facteur.wire.imap.ImapResponse;
import org.facteur.wire.imap.MailboxPath;
import org.facteur.wire.imap.ResponseCode;

/// GETQUOTA and GETQUOTAROOT (RFC 9208 §4.1). There is one root, the account, called by the empty
/// name.
final class QuotaCommand {
    private static final String ROOT = "";
    private static final long UNIT = 1024;

    private final ImapSession session;

    QuotaCommand(ImapSession session) {
        this.session = session;
    }

    Answer quota(String root) throws IOException {
        session.box();
        if (!root.equals(ROOT)) {
            return Answer.no(ResponseCode.Word.NONEXISTENT, "There is no such quota root.");
        }
        write();
        return Answer.ok("That is the quota.");
    }

    Answer roots(MailboxPath path) throws IOException {
        NamedMailbox named = session.named(path);
        named.get();
        if (named.box().guest()) {
            // How full somebody's account is, is its own business.
            session.out().write(new ImapResponse.QuotaRootData(path, List.of()));
            return Answer.ok("That is another's quota.");
        }
        session.out().write(new ImapResponse.QuotaRootData(path, List.of(ROOT)));
        write();
        return Answer.ok("That is the quota.");
    }

    private void write() throws IOException {
        Usage usage = session.box().usage();
        session.out()
                .write(
                        new ImapResponse.QuotaData(
                                ROOT,
                                List.of(
                                        new ImapResponse.QuotaResource(
                                                "STORAGE",
                                                (usage.bytes() + UNIT - 1) / UNIT,
                                                usage.quota().bytes() / UNIT),
                                        new ImapResponse.QuotaResource(
                                                "MESSAGE",
                                                usage.letters(),
                                                usage.quota().letters()))));
    }
}
