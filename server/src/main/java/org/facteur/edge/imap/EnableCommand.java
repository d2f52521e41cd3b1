package org.facteur.edge.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.facteur.wire.imap.ImapResponse;
import org.facteur.wire.imap.ResponseCode;

/// ENABLE (RFC 5161 §3.1). What is not known is passed over in silence.
final class EnableCommand {
    private final ImapSession session;

    EnableCommand(ImapSession session) {
        this.session = session;
    }

    Answer run(List<String> wanted) throws IOException {
        Features features = session.features();
        List<String> enabled = new ArrayList<>();
        for (String word : wanted) {
            boolean known =
                    switch (word) {
                        case "IMAP4REV2" -> {
                            features.enableRev2();
                            yield true;
                        }
                        case "UTF8=ACCEPT" -> {
                            features.enableUtf8();
                            yield true;
                        }
                        case "CONDSTORE" -> {
                            features.enableCondStore();
                            yield true;
                        }
                        case "QRESYNC" -> {
                            features.enableQResync();
                            yield true;
                        }
                        case "METADATA" -> {
                            features.enableMetadata();
                            yield true;
                        }
                        case "UIDONLY" -> {
                            features.enableUidOnly();
                            yield true;
                        }
                        default -> false;
                    };
            if (known) {
                enabled.add(word.equals("IMAP4REV2") ? "IMAP4rev2" : word);
            }
        }
        session.out().write(new ImapResponse.Enabled(enabled));
        if (features.condStore()
                && session.state() instanceof ImapState.Selected(var _, var mailbox)) {
            session.out()
                    .write(
                            ImapResponse.Condition.untagged(
                                    ImapResponse.Outcome.OK,
                                    new ResponseCode.HighestModSeq(
                                            mailbox.shown().state().highestModSeq()),
                                    "Highest."));
        }
        return Answer.ok("Enabled.");
    }
}
