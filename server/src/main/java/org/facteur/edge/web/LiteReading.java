package org.facteur.edge.web;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.facteur.base.fault.Refusal;
import org.facteur.core.mailbox.Keyword;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.core.mailbox.LetterEdit;
import org.facteur.core.mailbox.LetterId;
import org.facteur.core.mailbox.Mailbox;
import org.facteur.core.mailbox.MailboxId;
import org.facteur.core.mailbox.MailboxView;
import org.facteur.core.mailbox.Role;
import org.facteur.core.mailbox.WholeLetter;
import org.facteur.net.http.Exchange;
import org.facteur.wire.address.HeaderAddress;
import org.facteur.wire.mime.Part;
import org.facteur.wire.mime.Summary;
import org.jspecify.annotations.Nullable;

/// Lists and letters without scripts. Any thread.
final class LiteReading {
    private static final int OK = 200;
    private static final int ROWS = 25;
    private static final int LONGEST_TEXT = 30_000;
    private static final int MOST_ADDRESSES = 20;

    private final LetterBoxes boxes;

    LiteReading(LetterBoxes boxes) {
        this.boxes = boxes;
    }

    private static Refusal nothing() {
        return new Refusal(Refusal.Reason.NOT_FOUND, "Nothing is here.", "Il n'y a rien ici.");
    }

    /// A mailbox by its name in addresses: `B` and a number, or empty for the inbox.
    private static Mailbox mailbox(LetterBox box, String name) {
        if (name.isEmpty()) {
            return box.mailboxes().get(box.inbox());
        }
        try {
            return box.mailboxes()
                    .find(new MailboxId(Long.parseLong(name.substring(1))))
                    .filter(each -> name.startsWith("B") && !each.hidden())
                    .orElseThrow(LiteReading::nothing);
        } catch (NumberFormatException _) {
            throw nothing();
        }
    }

    private static String name(LiteView view, Mailbox mailbox) {
        Role role = mailbox.role();
        if (role == null) {
            return mailbox.name();
        }
        return switch (role.name()) {
            case "inbox" -> view.say("Inbox", "Réception");
            case "sent" -> view.say("Sent", "Envoyés");
            case "drafts" -> view.say("Drafts", "Brouillons");
            case "archive" -> view.say("Archive", "Archives");
            case "junk" -> view.say("Spam", "Indésirables");
            case "trash" -> view.say("Trash", "Corbeille");
            case "snoozed" -> view.say("Snoozed", "À plus tard");
            default -> mailbox.name();
        };
    }

    /// The way to the mailboxes, to writing, and out.
    private static String top(LiteView view, LetterBox box, LitePages.Reader reader, MailboxId at) {
        StringBuilder out = new StringBuilder("<nav><a href=\"/lite/write\">");
        out.append(view.word("Write", "Écrire")).append("</a>");
        for (Mailbox each : box.mailboxes().shown()) {
            String name = LiteView.escape(name(view, each));
            long unseen = each.state().counts().unseen();
            String told = name + (unseen > 0 ? " (" + unseen + ")" : "");
            out.append(
                    each.id().equals(at)
                            ? "<b>" + told + "</b>"
                            : "<a href=\"/lite/box/B" + each.id() + "\">" + told + "</a>");
        }
        out.append("<form class=\"one\" method=\"post\" action=\"/lite/sign-out\">");
        out.append(hidden("key", reader.formKey())).append("<button>");
        return out.append(view.word("Sign out", "Se déconnecter"))
                .append("</button></form></nav>")
                .toString();
    }

    static String hidden(String name, String value) {
        return "<input type=\"hidden\" name=\""
                + name
                + "\" value=\""
                + LiteView.escape(value)
                + "\">";
    }

    /// A page of a mailbox, the newest first.
    void list(Exchange exchange, LiteView view, LitePages.Reader reader, String which)
            throws IOException {
        LetterBox box = boxes.open(reader.live().actor());
        Mailbox mailbox = mailbox(box, which);
        MailboxView all = box.view(mailbox.id());
        int from = Math.clamp(number(exchange.parameter("from").orElse("0")), 0, all.size());
        int until = Math.min(all.size(), from + ROWS);
        List<LetterId> ids = new ArrayList<>();
        for (int i = from; i < until; i++) {
            ids.add(all.letter(all.size() - 1 - i));
        }
        StringBuilder out = new StringBuilder("<h1>");
        out.append(LiteView.escape(name(view, mailbox))).append("</h1>");
        if (ids.isEmpty()) {
            out.append("<p>").append(view.word("Nothing here.", "Rien ici.")).append("</p>");
        }
        out.append("<ul class=\"letters\">");
        boolean outgoing = mailbox.is(Role.SENT) || mailbox.is(Role.DRAFTS);
        for (WholeLetter letter : ids.isEmpty() ? List.<WholeLetter>of() : found(box, ids)) {
            out.append(row(view, box, letter, mailbox, outgoing));
        }
        out.append("</ul><p class=\"bar\">");
        if (from > 0) {
            out.append(step(mailbox, Math.max(0, from - ROWS), view.word("Newer", "Plus récents")));
        }
        if (until < all.size()) {
            out.append(step(mailbox, until, view.word("Older", "Plus anciens")));
        }
        view.send(
                OK,
                name(view, mailbox),
                top(view, box, reader, mailbox.id()),
                out.append("</p>").toString());
    }

    private static List<WholeLetter> found(LetterBox box, List<LetterId> ids) {
        List<WholeLetter> found = new ArrayList<>();
        for (WholeLetter each : box.catalog().find(ids).letters()) {
            if (each != null) {
                found.add(each);
            }
        }
        return found;
    }

    private static String step(Mailbox mailbox, int from, String word) {
        return "<a href=\"/lite/box/B" + mailbox.id() + "?from=" + from + "\">" + word + "</a>";
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    private static String row(
            LiteView view, LetterBox box, WholeLetter letter, Mailbox at, boolean outgoing) {
        Summary summary = box.listing(letter.letter()).summary();
        boolean unread = !letter.keywords().contains(Keyword.SEEN);
        List<HeaderAddress> who =
                outgoing ? summary.correspondents().to() : summary.correspondents().from();
        return "<li"
                + (unread ? " class=\"new\"" : "")
                + "><a href=\"/lite/letter/L"
                + letter.letter().id()
                + "?box=B"
                + at.id()
                + "\"><span class=\"when\">"
                + view.moment(letter.received())
                + "</span><b>"
                + (unread ? view.word("New: ", "Nouveau : ") : "")
                + LiteView.escape(names(who))
                + "</b><br>"
                + LiteView.escape(subject(view, summary))
                + (summary.hasAttachment() ? " 📎" : "")
                + "<small>"
                + LiteView.escape(
                        summary.preview().substring(0, Math.min(90, summary.preview().length())))
                + "</small></a></li>";
    }

    static String subject(LiteView view, Summary summary) {
        return summary.subject().isEmpty()
                ? view.say("(no subject)", "(sans objet)")
                : summary.subject();
    }

    private static String names(List<HeaderAddress> addresses) {
        return String.join(
                ", ",
                addresses.stream().limit(3).map(each -> LiteWriting.shown(each, true)).toList());
    }

    private static String whole(List<HeaderAddress> addresses) {
        return LiteView.escape(
                String.join(
                        ", ",
                        addresses.stream()
                                .limit(MOST_ADDRESSES)
                                .map(each -> LiteWriting.shown(each, false))
                                .toList()));
    }

    /// A letter: its text, or a frame with its layout.
    void letter(Exchange exchange, LiteView view, LitePages.Reader reader, String which)
            throws IOException {
        LetterBox box = boxes.open(reader.live().actor());
        LetterId id = OpenedLetter.id(which).orElseThrow(LiteReading::nothing);
        WholeLetter letter = box.catalog().find(List.of(id)).letters().getFirst();
        Optional<OpenedLetter> opened = OpenedLetter.open(box, id);
        if (letter == null || opened.isEmpty()) {
            throw nothing();
        }
        Mailbox at = mailbox(box, exchange.parameter("box").orElse(""));
        Summary summary = box.listing(letter.letter()).summary();
        String title = subject(view, summary);
        StringBuilder out = new StringBuilder("<h1>");
        out.append(LiteView.escape(title)).append("</h1><dl><dt>");
        out.append(view.word("From", "De")).append("</dt><dd>");
        out.append(whole(summary.correspondents().from())).append("</dd><dt>");
        out.append(view.word("To", "À")).append("</dt><dd>");
        out.append(whole(summary.correspondents().to())).append("</dd><dt>");
        out.append(view.word("Date", "Date")).append("</dt><dd>");
        out.append(view.moment(letter.received())).append("</dd></dl>");
        out.append(actions(view, box, reader, id, at));
        try (OpenedLetter one = opened.get()) {
            String text = plainText(one);
            boolean laidOut = exchange.parameter("html").isPresent();
            if (text == null || laidOut) {
                out.append(
                        "<iframe sandbox=\"allow-popups allow-popups-to-escape-sandbox\" title=\"");
                out.append(view.word("Text of the letter", "Texte de la lettre"));
                out.append("\" src=\"/m/L").append(id).append("/body.html\"></iframe>");
            } else {
                out.append("<div class=\"text\">").append(shown(view, text)).append("</div>");
                out.append("<p><a href=\"/lite/letter/L").append(id).append("?html=1&amp;box=B");
                out.append(at.id()).append("\">");
                out.append(view.word("Show with its layout", "Afficher avec sa mise en page"));
                out.append("</a></p>");
            }
        }
        if (!letter.keywords().contains(Keyword.SEEN)) {
            edit(box, id, null, Map.of(Keyword.SEEN, true));
        }
        view.send(OK, title, top(view, box, reader, at.id()), out.toString());
    }

    private static String shown(LiteView view, String text) {
        boolean cut = text.length() > LONGEST_TEXT;
        return PlainText.toHtml(cut ? text.substring(0, LONGEST_TEXT) : text)
                + (cut ? "<p><i>" + view.word("Cut here.", "Coupé ici.") + "</i></p>" : "");
    }

    /// What the letter says in plain text; null where it says it in HTML alone.
    static @Nullable String plainText(OpenedLetter letter) throws IOException {
        for (Part part : letter.anatomy().parts()) {
            var disposition = part.details().disposition();
            if (part.type().is("text", "plain")
                    && (disposition == null || disposition.isInline())) {
                return letter.text(part);
            }
        }
        return null;
    }

    private static String actions(
            LiteView view, LetterBox box, LitePages.Reader reader, LetterId id, Mailbox at) {
        StringBuilder out = new StringBuilder("<div class=\"bar\">");
        for (String[] each :
                new String[][] {
                    {"reply", view.word("Reply", "Répondre")},
                    {"all", view.word("Reply to all", "Répondre à tous")},
                    {"forward", view.word("Forward", "Transférer")}
                }) {
            out.append("<a href=\"/lite/write?").append(each[0]).append("=L").append(id);
            out.append("\">").append(each[1]).append("</a>");
        }
        out.append("</div><form class=\"bar\" method=\"post\" action=\"/lite/act\">");
        out.append(hidden("key", reader.formKey())).append(hidden("letter", "L" + id));
        out.append(hidden("box", "B" + at.id()));
        out.append("<button name=\"what\" value=\"delete\">")
                .append(view.word("Delete", "Supprimer"));
        out.append("</button><button name=\"what\" value=\"unread\">");
        out.append(view.word("Mark as unread", "Marquer comme non lu")).append("</button>");
        out.append("<select name=\"to\" aria-label=\"");
        out.append(view.word("Move to", "Déplacer vers")).append("\">");
        for (Mailbox each : box.mailboxes().shown()) {
            if (!each.id().equals(at.id())) {
                out.append("<option value=\"B").append(each.id()).append("\">");
                out.append(LiteView.escape(name(view, each))).append("</option>");
            }
        }
        return out.append("</select><button name=\"what\" value=\"move\">")
                .append(view.word("Move", "Déplacer"))
                .append("</button></form>")
                .toString();
    }

    /// Deletes, moves, marks.
    void act(LiteView view, LitePages.Reader reader, LiteForm form) throws IOException {
        LetterBox box = boxes.open(reader.live().actor());
        LetterId id = OpenedLetter.id(form.text("letter")).orElseThrow(LiteReading::nothing);
        Mailbox at = mailbox(box, form.text("box"));
        switch (form.text("what")) {
            case "unread" -> edit(box, id, null, Map.of(Keyword.SEEN, false));
            case "move" -> move(box, id, at.id(), mailbox(box, form.text("to")).id());
            case "delete" -> delete(box, id, at);
            default -> throw nothing();
        }
        view.go("/lite/box/B" + at.id());
    }

    private static void delete(LetterBox box, LetterId id, Mailbox at) {
        Optional<Mailbox> trash = box.mailboxes().find(Role.TRASH);
        if (trash.isEmpty() || at.is(Role.TRASH)) {
            run(box, LetterEdit.end(id));
        } else {
            move(box, id, at.id(), trash.get().id());
        }
    }

    private static void move(LetterBox box, LetterId id, MailboxId from, MailboxId to) {
        Map<MailboxId, Boolean> places = new HashMap<>();
        places.put(from, false);
        places.put(to, true);
        edit(box, id, places, null);
    }

    static void edit(
            LetterBox box,
            LetterId id,
            @Nullable Map<MailboxId, Boolean> places,
            @Nullable Map<Keyword, Boolean> keywords) {
        run(
                box,
                new LetterEdit(
                        id,
                        places == null ? null : LetterEdit.Selection.pieces(places),
                        keywords == null ? null : LetterEdit.Selection.pieces(keywords)));
    }

    static void run(LetterBox box, LetterEdit edit) {
        Refusal refusal = box.catalog().edit().run(List.of(edit)).refusals().get(edit.letter());
        if (refusal != null) {
            throw refusal;
        }
    }
}
