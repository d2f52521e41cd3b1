package org.facteur.wire.mime;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.facteur.wire.address.AddressList;
import org.facteur.wire.address.HeaderAddress;
import org.facteur.wire.text.EncodedWords;
import org.facteur.wire.text.OctetBuffer;
import org.jspecify.annotations.Nullable;

/// Gathers a letter's [Summary] while it is read.
final class SummaryCollector {
    private static final int PLAIN_WINDOW = 16 * 1024;

    /// Most letters say enough for a preview in so many octets; decoding more costs.
    private static final int FIRST_LOOK = 2 * 1024;

    private static final int HTML_WINDOW = 64 * 1024;
    private static final int SHOWN = 100;
    private static final int REFERENCES = 100;

    private ThreadKeys keys = new ThreadKeys(null, List.of(), List.of(), "", false);
    private String subject = "";
    private @Nullable OffsetDateTime sentAt;
    private Correspondents correspondents = new Correspondents(List.of(), List.of(), List.of());
    private @Nullable PartDraft plain;
    private @Nullable OctetBuffer plainText;
    private @Nullable PartDraft html;
    private @Nullable OctetBuffer htmlText;

    void header(HeaderBlock block) {
        subject = block.find("Subject").map(EncodedWords::decode).orElse("").strip();
        BaseSubject base = BaseSubject.of(subject);
        List<String> ids = MessageIds.parse(block.first("Message-ID"), 1);
        keys =
                new ThreadKeys(
                        ids.isEmpty() ? null : ids.getFirst(),
                        MessageIds.parse(block.first("In-Reply-To"), REFERENCES),
                        MessageIds.ends(
                                MessageIds.parse(block.first("References"), Integer.MAX_VALUE),
                                REFERENCES),
                        base.text(),
                        base.reply());
        sentAt =
                block.find("Date")
                        .map(date -> MailDate.parse(new String(date, StandardCharsets.ISO_8859_1)))
                        .orElse(null);
        correspondents =
                new Correspondents(people(block, "From"), people(block, "To"), people(block, "Cc"));
    }

    private static List<HeaderAddress> people(HeaderBlock block, String name) {
        List<HeaderAddress> people = new ArrayList<>();
        for (byte[] body : block.findAll(name)) {
            if (people.size() < SHOWN) {
                people.addAll(AddressList.decode(body, SHOWN - people.size()));
            }
        }
        return people;
    }

    /// Where the first octets of this part's body go, or null when they are not wanted.
    @Nullable OctetBuffer window(PartDraft part) {
        Disposition disposition = part.details.disposition();
        if (!part.type.isText() || (disposition != null && !disposition.isInline())) {
            return null;
        }
        if (part.type.subtype().equals("html")) {
            if (html != null) {
                return null;
            }
            html = part;
            htmlText = new OctetBuffer(HTML_WINDOW);
            return htmlText;
        }
        PartDraft before = plain;
        OctetBuffer text = plainText;
        boolean free = before == null || (text != null && text.size() < 8 && before.end > 0);
        if (!free || part.type.subtype().equals("calendar")) {
            return null;
        }
        plain = part;
        plainText = new OctetBuffer(PLAIN_WINDOW);
        return plainText;
    }

    Summary finish(List<Part> parts) {
        String preview = preview(plain, plainText);
        if (preview.isEmpty()) {
            preview = preview(html, htmlText);
        }
        return new Summary(keys, subject, sentAt, correspondents, preview, anyAttachment(parts));
    }

    private String preview(@Nullable PartDraft part, @Nullable OctetBuffer window) {
        if (part == null || window == null) {
            return "";
        }
        int length = (int) Math.min(window.size(), part.end - part.bodyStart);
        if (part == plain && length > FIRST_LOOK) {
            String begun = Preview.begunBy(text(part, window, FIRST_LOOK));
            if (!begun.isEmpty()) {
                return begun;
            }
        }
        return Preview.of(text(part, window, length));
    }

    private static String text(PartDraft part, OctetBuffer window, int length) {
        return PartText.decode(part.type, part.details.encoding(), window.toArray(0, length));
    }

    private static boolean anyAttachment(List<Part> parts) {
        int size = parts.size();
        boolean[] hidden = new boolean[size];
        for (Part part : parts) {
            Part parent = part.parent() < 0 ? null : parts.get(part.parent());
            hidden[part.number()] =
                    parent != null && (hidden[parent.number()] || (parent.type().isMessage()));
            if (!hidden[part.number()] && isAttachment(part, parent)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAttachment(Part part, @Nullable Part parent) {
        Disposition disposition = part.details().disposition();
        ContentType type = part.type();
        if (type.isMultipart()) {
            return false;
        }
        if (disposition != null) {
            return !disposition.isInline() || (type.isMessage() && parent != null);
        }
        if (type.isText()) {
            return part.findFileName().isPresent();
        }
        boolean related = parent != null && parent.type().subtype().equals("related");
        boolean machinery =
                parent != null
                        && (parent.type().subtype().equals("report")
                                || parent.type().subtype().equals("signed")
                                || parent.type().subtype().equals("encrypted"));
        boolean inPlace =
                related
                        && (part.details().contentId() != null
                                || part.details().location() != null);
        return !inPlace && !machinery;
    }
}
