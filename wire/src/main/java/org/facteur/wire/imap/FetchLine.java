package org.facteur.wire.imap;

import java.io.IOException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One FETCH response written item by item, for answers about many letters: nothing is kept and
/// almost nothing allocated. Got from [ImapWriter#fetch] and ended with [#end]; the writer uses it
/// again.
public final class FetchLine {
    private final OutBuffer out;
    private static final long DAY = 86_400;

    private boolean first;
    private long lastDay = Long.MIN_VALUE;
    private String lastDate = "";

    FetchLine(OutBuffer out) {
        this.out = out;
    }

    FetchLine begin(long number) throws IOException {
        out.ascii("* ");
        out.number(number);
        out.ascii(" FETCH (");
        first = true;
        return this;
    }

    FetchLine beginUid(long uid) throws IOException {
        out.ascii("* ");
        out.number(uid);
        out.ascii(" UIDFETCH (");
        first = true;
        return this;
    }

    /// Ends the response. One item at least must have been written.
    public void end() throws IOException {
        out.octet(')');
        out.crlf();
    }

    private void item(String keyword) throws IOException {
        if (!first) {
            out.octet(' ');
        }
        first = false;
        out.ascii(keyword);
    }

    public FetchLine flags(List<Flag> flags) throws IOException {
        item("FLAGS ");
        out.flags(flags);
        return this;
    }

    public FetchLine uid(long uid) throws IOException {
        item("UID ");
        out.number(uid);
        return this;
    }

    public FetchLine modSeq(long modSeq) throws IOException {
        item("MODSEQ (");
        out.number(modSeq);
        out.octet(')');
        return this;
    }

    public FetchLine size(long octets) throws IOException {
        item("RFC822.SIZE ");
        out.number(octets);
        return this;
    }

    public FetchLine internalDate(OffsetDateTime moment) throws IOException {
        item("INTERNALDATE ");
        out.ascii(ImapDates.format(moment));
        return this;
    }

    /// In UTC.
    ///
    /// @param second since 1970
    public FetchLine internalDate(long second) throws IOException {
        item("INTERNALDATE ");
        long day = Math.floorDiv(second, DAY);
        if (day != lastDay) {
            lastDay = day;
            lastDate = ImapDates.formatDay(LocalDate.ofEpochDay(day));
        }
        int rest = (int) (second - day * DAY);
        out.octet('"');
        out.ascii(lastDate);
        out.octet(' ');
        out.twoDigits(rest / 3600);
        out.octet(':');
        out.twoDigits(rest / 60 % 60);
        out.octet(':');
        out.twoDigits(rest % 60);
        out.ascii(" +0000\"");
        return this;
    }

    /// ENVELOPE, BODYSTRUCTURE or BODY as the letter index encodes it.
    ///
    /// @param octets not kept
    public FetchLine kept(FetchItem.Word word, byte[] octets, int start, int length)
            throws IOException {
        item(word.keyword());
        out.octet(' ');
        out.octets(octets, start, length);
        return this;
    }

    /// Any item.
    public FetchLine datum(FetchDatum datum) throws IOException {
        switch (datum) {
            case FetchDatum.Flags(var flags) -> flags(flags);
            case FetchDatum.Uid(var uid) -> uid(uid);
            case FetchDatum.InternalDate(var moment) -> internalDate(moment);
            case FetchDatum.Size(var octets) -> size(octets);
            case FetchDatum.ModSeq(var modSeq) -> modSeq(modSeq);
            case FetchDatum.Envelope(var encoded) -> {
                item("ENVELOPE ");
                out.octets(encoded);
            }
            case FetchDatum.BodyStructure(var extended, var encoded) -> {
                item(extended ? "BODYSTRUCTURE " : "BODY ");
                out.octets(encoded);
            }
            case FetchDatum.Body body -> body(body);
            case FetchDatum.Binary binary -> binary(binary);
            case FetchDatum.BinarySize(var part, var octets) -> {
                item("BINARY.SIZE[");
                out.part(part);
                out.ascii("] ");
                out.number(octets);
            }
            case FetchDatum.Rfc822(var word, var content) -> {
                item(word.keyword());
                out.octet(' ');
                content(content, false);
            }
            case FetchDatum.EmailId(var id) -> {
                item("EMAILID (");
                out.atom(id);
                out.octet(')');
            }
            case FetchDatum.ThreadId(var id) -> {
                item("THREADID ");
                if (id == null) {
                    out.ascii("NIL");
                } else {
                    out.octet('(');
                    out.atom(id);
                    out.octet(')');
                }
            }
            case FetchDatum.SaveDate(var moment) -> {
                item("SAVEDATE ");
                out.ascii(moment == null ? "NIL" : ImapDates.format(moment));
            }
            case FetchDatum.Preview(var text) -> {
                item("PREVIEW ");
                if (text == null) {
                    out.ascii("NIL");
                } else {
                    out.string(text);
                }
            }
        }
        return this;
    }

    private void body(FetchDatum.Body body) throws IOException {
        item("BODY");
        out.section(body.section());
        origin(body.origin());
        content(body.content(), false);
    }

    private void binary(FetchDatum.Binary binary) throws IOException {
        item("BINARY[");
        out.part(binary.part());
        out.octet(']');
        origin(binary.origin());
        content(binary.content(), true);
    }

    private void origin(@Nullable Long origin) throws IOException {
        if (origin != null) {
            out.octet('<');
            out.number(origin);
            out.octet('>');
        }
        out.octet(' ');
    }

    private void content(@Nullable OctetSupply content, boolean binary) throws IOException {
        if (content == null) {
            out.ascii("NIL");
        } else {
            out.literal(content, binary);
        }
    }
}
