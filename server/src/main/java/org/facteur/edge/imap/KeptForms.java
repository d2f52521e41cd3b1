package org.facteur.edge.imap;

import java.io.IOException;
import org.facteur.wire.imap.FetchItem;
import org.facteur.wire.imap.FetchLine;
import org.facteur.wire.mime.Listing;

/// Sends ENVELOPE, BODYSTRUCTURE and BODY from where they are kept, without taking anything else
/// apart. One thread.
final class KeptForms implements Listing.FormVisitor {
    private final int[] starts = new int[Listing.Form.values().length];
    private final int[] lengths = new int[Listing.Form.values().length];

    @Override
    public void visit(Listing.Form form, int start, int length) {
        starts[form.ordinal()] = start;
        lengths[form.ordinal()] = length;
    }

    /// @param plan of kept forms alone
    /// @param listing as the letter box keeps it
    void write(FetchLine line, FetchPlan plan, byte[] listing) throws IOException {
        Listing.forms(listing, this);
        for (FetchItem item : plan.heavy()) {
            if (item instanceof FetchItem.Word word) {
                int form = form(word).ordinal();
                line.kept(word, listing, starts[form], lengths[form]);
            }
        }
    }

    private static Listing.Form form(FetchItem.Word word) {
        return switch (word) {
            case ENVELOPE -> Listing.Form.ENVELOPE;
            case BODYSTRUCTURE -> Listing.Form.BODYSTRUCTURE;
            case BODY -> Listing.Form.BODY;
            case FLAGS,
                    UID,
                    INTERNALDATE,
                    RFC822,
                    RFC822_HEADER,
                    RFC822_TEXT,
                    RFC822_SIZE,
                    MODSEQ,
                    EMAILID,
                    THREADID,
                    SAVEDATE ->
                    throw new IllegalStateException(word + " is not kept ready");
        };
    }
}
