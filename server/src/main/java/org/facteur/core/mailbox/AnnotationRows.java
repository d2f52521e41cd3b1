package org.facteur.core.mailbox;

import java.util.ArrayList;
import java.util.List;
import org.facteur.base.fault.Refusal;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.Key;
import org.facteur.store.kv.KeyRange;
import org.facteur.store.kv.ReadView;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;

/// The rows of annotations: one each, in the account that owns the mailbox, under the number of who
/// alone sees it or 0. So a mailbox ends with all that was noted about it.
final class AnnotationRows {
    private static final int FORMAT = 1;
    private static final long EVERYBODY = 0;

    private AnnotationRows() {}

    /// What one reader sees: the shared ones, then its own, each in order of names.
    ///
    /// @param mailbox 0 for the account itself
    static List<Annotation> read(ReadView view, long mailbox, long reader) {
        List<Annotation> found = new ArrayList<>();
        read(view, mailbox, EVERYBODY, true, found);
        read(view, mailbox, reader, false, found);
        return List.copyOf(found);
    }

    private static void read(
            ReadView view, long mailbox, long reader, boolean shared, List<Annotation> found) {
        TablePages.forEach(
                view,
                Layout.annotations(mailbox, reader),
                row ->
                        found.add(
                                new Annotation(
                                        shared,
                                        Layout.annotationName(row.key()),
                                        decode(row.value()))));
    }

    /// @throws Refusal LIMIT past [BoxLimits#ANNOTATIONS] of one reader, or past
    ///   [BoxLimits#ALL_ANNOTATIONS_OCTETS] of the account
    static void put(BoxTransaction box, long mailbox, long reader, Annotation annotation) {
        long whose = annotation.shared() ? EVERYBODY : reader;
        Key key = Layout.annotation(mailbox, whose, annotation.name());
        KeyRange beside = Layout.annotations(mailbox, whose);
        if (box.tx().find(key).isEmpty()
                && box.tx().scan(beside, BoxLimits.ANNOTATIONS).size() >= BoxLimits.ANNOTATIONS) {
            throw tooMany();
        }
        long[] octets = new long[1];
        TablePages.forEach(
                box.tx(), Layout.all(Table.ANNOTATIONS), row -> octets[0] += row.value().length);
        if (octets[0] + annotation.value().length > BoxLimits.ALL_ANNOTATIONS_OCTETS) {
            throw tooMany();
        }
        box.tx().put(key, new Encoder(FORMAT).octets(annotation.value()).toBytes());
        box.listsChanged();
    }

    private static Refusal tooMany() {
        return new Refusal(
                Refusal.Reason.LIMIT, "There are too many notes.", "Il y a trop de notes.");
    }

    /// @param name in lower case
    static void remove(BoxTransaction box, long mailbox, long reader, boolean shared, String name) {
        Key key = Layout.annotation(mailbox, shared ? EVERYBODY : reader, name);
        if (box.tx().find(key).isPresent()) {
            box.tx().delete(key);
            box.listsChanged();
        }
    }

    /// Notes the same about a new mailbox.
    static void copy(BoxTransaction box, MailboxId from, MailboxId to) {
        TablePages.forEach(
                box.tx(),
                Layout.annotations(from.number()),
                row ->
                        box.tx()
                                .put(
                                        Layout.annotation(
                                                to.number(),
                                                Layout.number(row.key(), 1),
                                                Layout.annotationName(row.key())),
                                        row.value()));
        box.listsChanged();
    }

    /// Ends all that was noted about a mailbox.
    static void forget(BoxTransaction box, MailboxId mailbox) {
        List<Key> keys = new ArrayList<>();
        TablePages.forEach(
                box.tx(), Layout.annotations(mailbox.number()), row -> keys.add(row.key()));
        keys.forEach(box.tx()::delete);
        if (!keys.isEmpty()) {
            box.listsChanged();
        }
    }

    private static byte[] decode(byte[] row) {
        Decoder in = new Decoder(row, FORMAT);
        byte[] value = in.octets();
        in.end();
        return value;
    }
}
