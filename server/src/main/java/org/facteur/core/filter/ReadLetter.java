package org.facteur.core.filter;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.facteur.wire.address.HeaderAddress;
import org.facteur.wire.mime.Anatomy;
import org.facteur.wire.mime.HeaderField;
import org.facteur.wire.mime.LetterIndex;
import org.facteur.wire.mime.Part;
import org.facteur.wire.mime.PartText;
import org.facteur.wire.mime.Summary;

/// What a letter says, as far as a judge reads: its texts and what stands out in its make. Text is
/// cut, so that each letter is read in the same time.
///
/// @param sender the first address in From; empty for none
/// @param texts of its parts, HTML as text
/// @param marks short names of what stands out
record ReadLetter(
        String subject,
        String senderName,
        String sender,
        List<String> texts,
        List<HtmlScan.Link> links,
        Set<String> marks) {
    private static final int PARTS = 8;
    private static final int OCTETS = 64 * 1024;
    private static final int FIELDS = 60;

    /// Fields that tell of the way and of other judges, not of the writer.
    private static final Set<String> TRACES =
            Set.of(
                    "received",
                    "return-path",
                    "delivered-to",
                    "status",
                    "x-status",
                    "x-keywords",
                    "x-uid",
                    "x-loop",
                    "authentication-results",
                    "replied",
                    "forwarded");

    /// Where the octets of a letter are.
    @FunctionalInterface
    interface Source {
        /// @param to the octet behind the last
        InputStream open(long from, long to) throws IOException;
    }

    ReadLetter {
        Objects.requireNonNull(subject);
        Objects.requireNonNull(senderName);
        Objects.requireNonNull(sender);
        texts = List.copyOf(texts);
        links = List.copyOf(links);
        marks = Set.copyOf(marks);
    }

    static ReadLetter of(LetterIndex index, Source source) throws IOException {
        Summary summary = index.listing().summary();
        List<HeaderAddress> from = summary.correspondents().from();
        String name =
                from.isEmpty() ? "" : Objects.requireNonNullElse(from.getFirst().displayName(), "");
        String sender = from.isEmpty() ? "" : from.getFirst().address();
        List<String> texts = new ArrayList<>();
        List<HtmlScan.Link> links = new ArrayList<>();
        Set<String> marks = new LinkedHashSet<>();
        header(index.anatomy(), marks);
        if (summary.correspondents().to().isEmpty() && summary.correspondents().cc().isEmpty()) {
            marks.add("to-nobody");
        }
        int read = 0;
        for (Part part : index.anatomy().parts()) {
            if (!part.isLeaf()) {
                continue;
            }
            if (!part.type().isText()) {
                marks.add("part-" + part.type());
            } else if (read++ < PARTS) {
                try (InputStream in = source.open(part.range().bodyStart(), part.range().end())) {
                    String text = PartText.source(part, in::read, OCTETS);
                    if (part.type().subtype().equals("html")) {
                        HtmlScan.Result scan = HtmlScan.of(text);
                        scan.marks().forEach(mark -> marks.add("html-" + mark));
                        links.addAll(scan.links());
                        texts.add(PartText.withoutMarkup(text));
                    } else {
                        texts.add(text);
                        Webs.in(text).forEach(each -> links.add(new HtmlScan.Link(each, each)));
                    }
                }
            }
        }
        structure(index.anatomy(), marks);
        sender(sender, summary, links, marks);
        return new ReadLetter(summary.subject(), name, sender, texts, links, marks);
    }

    private static void header(Anatomy anatomy, Set<String> marks) {
        int looked = 0;
        for (HeaderField field : anatomy.fields()) {
            String name = field.name().strip().toLowerCase(Locale.ROOT);
            boolean traced = TRACES.contains(name) || name.startsWith("x-spam");
            if (!traced && name.length() <= 30 && looked++ < FIELDS) {
                marks.add("has-" + name);
            }
        }
        for (String each : List.of("date", "to", "message-id", "subject", "mime-version")) {
            if (!marks.contains("has-" + each)) {
                marks.add("no-" + each);
            }
        }
    }

    private static void structure(Anatomy anatomy, Set<String> marks) {
        marks.add("root-" + anatomy.root().type());
        boolean html = anatomy.parts().stream().anyMatch(part -> part.type().is("text", "html"));
        boolean plain = anatomy.parts().stream().anyMatch(part -> part.type().is("text", "plain"));
        marks.add(html ? plain ? "both-forms" : "html-alone" : "plain-alone");
    }

    /// How the sender's domain goes with the rest.
    private static void sender(
            String sender, Summary summary, List<HtmlScan.Link> links, Set<String> marks) {
        String domain = sender.substring(sender.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        String own = shortened(domain);
        marks.add("from-" + own);
        marks.add("from-top-" + domain.substring(domain.lastIndexOf('.') + 1));
        String id =
                Objects.requireNonNullElse(summary.threadKeys().messageId(), "")
                        .toLowerCase(Locale.ROOT);
        marks.add(id.contains(own) ? "id-own" : "id-other");
        int elsewhere = 0;
        int home = 0;
        for (HtmlScan.Link link : links) {
            String host = Webs.host(link.target());
            if (!host.isEmpty()) {
                home += shortened(host).equals(own) ? 1 : 0;
                elsewhere += shortened(host).equals(own) ? 0 : 1;
            }
        }
        marks.add(links.isEmpty() ? "no-links" : home > 0 ? "links-home" : "links-elsewhere");
        marks.add("links-" + Math.min(4, (home + elsewhere + 4) / 5));
    }

    /// The last two labels.
    private static String shortened(String host) {
        int dot = host.lastIndexOf('.');
        int before = dot < 0 ? -1 : host.lastIndexOf('.', dot - 1);
        return host.substring(before + 1);
    }
}
