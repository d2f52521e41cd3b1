package org.facteur.core.bulk;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.facteur.core.mailbox.Keyword;
import org.facteur.core.mailbox.LetterEdit;
import org.facteur.core.mailbox.LetterId;
import org.facteur.core.mailbox.MailboxId;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.jspecify.annotations.Nullable;

/// What is done to every letter.
///
/// @param mailboxes where they shall lie; null leaves that alone
/// @param keywords which they shall have; null leaves them alone
/// @param ends whether they end for good; then the others are null
public record Deed(
        LetterEdit.@Nullable Selection<MailboxId> mailboxes,
        LetterEdit.@Nullable Selection<Keyword> keywords,
        boolean ends) {
    public Deed {
        if (ends == (mailboxes != null || keywords != null)) {
            throw new IllegalArgumentException("letters are changed or ended");
        }
    }

    /// Ends letters for good.
    public static Deed ending() {
        return new Deed(null, null, true);
    }

    LetterEdit on(LetterId letter) {
        return ends ? LetterEdit.end(letter) : new LetterEdit(letter, mailboxes, keywords);
    }

    /// What takes it back from a letter; null where nothing is to be done, or somebody has changed
    /// it since.
    ///
    /// @param lies where it lies now
    @Nullable LetterEdit back(Before before, Set<MailboxId> lies) {
        LetterEdit.Selection<MailboxId> places = null;
        if (mailboxes != null) {
            if (!lies.equals(mailboxes.apply(before.mailboxes()))) {
                return null;
            }
            places = LetterEdit.Selection.of(before.mailboxes());
        }
        LetterEdit.Selection<Keyword> marks = null;
        if (keywords != null) {
            Map<Keyword, Boolean> pieces = new HashMap<>();
            Set<Keyword> touched = new HashSet<>(keywords.named());
            if (keywords.all() != null) {
                touched.addAll(before.keywords());
            }
            touched.forEach(each -> pieces.put(each, before.keywords().contains(each)));
            marks = LetterEdit.Selection.pieces(pieces);
        }
        return new LetterEdit(before.letter(), places, marks);
    }

    /// A letter before the deed.
    record Before(LetterId letter, Set<MailboxId> mailboxes, Set<Keyword> keywords) {
        Before {
            mailboxes = Set.copyOf(mailboxes);
            keywords = Set.copyOf(keywords);
        }

        void encode(Encoder out) {
            out.number(letter.number())
                    .list(mailboxes, (to, each) -> to.number(each.number()))
                    .list(keywords, (to, each) -> to.text(each.name()));
        }

        static Before decode(Decoder in) {
            return new Before(
                    new LetterId(in.number()),
                    Set.copyOf(in.list(each -> new MailboxId(each.number()))),
                    Set.copyOf(in.list(each -> new Keyword(each.text()))));
        }
    }

    void encode(Encoder out) {
        out.flag(ends);
        selection(out, mailboxes, (to, each) -> to.number(each.number()));
        selection(out, keywords, (to, each) -> to.text(each.name()));
    }

    private static <T> void selection(
            Encoder out,
            LetterEdit.@Nullable Selection<T> selection,
            java.util.function.BiConsumer<Encoder, T> write) {
        out.flag(selection != null);
        if (selection == null) {
            return;
        }
        Set<T> all = selection.all();
        out.flag(all != null);
        out.list(all == null ? List.<T>of() : List.copyOf(all), write);
        List<Map.Entry<T, Boolean>> pieces = List.copyOf(selection.pieces().entrySet());
        out.list(
                pieces,
                (to, each) -> {
                    write.accept(to, each.getKey());
                    to.flag(each.getValue());
                });
    }

    static Deed decode(Decoder in) {
        boolean ends = in.flag();
        LetterEdit.Selection<MailboxId> mailboxes =
                selection(in, from -> new MailboxId(from.number()));
        LetterEdit.Selection<Keyword> keywords = selection(in, from -> new Keyword(from.text()));
        return new Deed(mailboxes, keywords, ends);
    }

    private static <T> LetterEdit.@Nullable Selection<T> selection(
            Decoder in, Function<Decoder, T> read) {
        if (!in.flag()) {
            return null;
        }
        boolean whole = in.flag();
        List<T> all = in.list(read);
        Map<T, Boolean> pieces = new HashMap<>();
        in.list(
                each -> {
                    T key = read.apply(each);
                    pieces.put(key, each.flag());
                    return key;
                });
        return new LetterEdit.Selection<>(whole ? Set.copyOf(all) : null, pieces);
    }
}
