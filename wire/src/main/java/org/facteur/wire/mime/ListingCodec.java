package org.facteur.wire.mime;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.facteur.wire.text.Octets;
import org.jspecify.annotations.Nullable;

/// The stored form of [Listing].
final class ListingCodec {
    private static final int VERSION = 1;

    /// Lifts seconds and offsets above 0.
    private static final long SECONDS_LIFT = 1L << 40;

    private static final int OFFSET_LIFT = 1 << 20;

    private static final Listing.Form[] FORMS = Listing.Form.values();

    private ListingCodec() {}

    static Octets encode(Listing listing) {
        CodecWriter out = new CodecWriter();
        out.number(VERSION);
        Summary summary = listing.summary();
        ThreadKeys keys = summary.threadKeys();
        out.text(keys.messageId());
        out.texts(keys.inReplyTo());
        out.texts(keys.references());
        out.text(keys.baseSubject());
        out.number((keys.reply() ? 1 : 0) | (summary.hasAttachment() ? 2 : 0));
        out.text(summary.subject());
        @Nullable OffsetDateTime sent = summary.sentAt();
        out.number(sent == null ? 0 : sent.toEpochSecond() + SECONDS_LIFT);
        out.number(sent == null ? 0 : sent.getOffset().getTotalSeconds() + OFFSET_LIFT);
        out.addresses(summary.correspondents().from());
        out.addresses(summary.correspondents().to());
        out.addresses(summary.correspondents().cc());
        out.text(summary.preview());
        out.octets(listing.envelope());
        out.octets(listing.bodyStructure());
        out.octets(listing.body());
        return out.done();
    }

    static Listing decode(byte[] octets) {
        CodecReader in = new CodecReader(octets, VERSION);
        Summary summary = summary(in);
        Listing listing = new Listing(summary, in.octets(), in.octets(), in.octets());
        in.end();
        return listing;
    }

    static Summary decodeSummary(byte[] octets) {
        return summary(new CodecReader(octets, VERSION));
    }

    /// Shows the encoded forms where they lie, without a copy.
    static void forms(byte[] octets, Listing.FormVisitor visitor) {
        CodecReader in = new CodecReader(octets, VERSION);
        in.skipText();
        in.skipTexts();
        in.skipTexts();
        in.skipText();
        in.number();
        in.skipText();
        in.number();
        in.number();
        in.skipAddresses();
        in.skipAddresses();
        in.skipAddresses();
        in.skipText();
        for (Listing.Form form : FORMS) {
            int length = in.skipOctets();
            visitor.visit(form, in.position() - length, length);
        }
        in.end();
    }

    private static Summary summary(CodecReader in) {
        @Nullable String messageId = in.text();
        var inReplyTo = in.texts();
        var references = in.texts();
        String base = in.givenText();
        long bits = in.number();
        ThreadKeys keys = new ThreadKeys(messageId, inReplyTo, references, base, (bits & 1) != 0);
        String subject = in.givenText();
        @Nullable OffsetDateTime sent = sent(in);
        Correspondents people = new Correspondents(in.addresses(), in.addresses(), in.addresses());
        return new Summary(keys, subject, sent, people, in.givenText(), (bits & 2) != 0);
    }

    private static @Nullable OffsetDateTime sent(CodecReader in) {
        long seconds = in.number();
        int offset = in.small();
        if (seconds == 0) {
            return null;
        }
        try {
            return OffsetDateTime.ofInstant(
                    Instant.ofEpochSecond(seconds - SECONDS_LIFT),
                    ZoneOffset.ofTotalSeconds(offset - OFFSET_LIFT));
        } catch (DateTimeException _) {
            throw in.fault("a time");
        }
    }
}
