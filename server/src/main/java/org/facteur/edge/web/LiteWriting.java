package org.facteur.edge.web;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.facteur.base.fault.Busy;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.Account;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.mailbox.Arrival;
import org.facteur.core.mailbox.Keyword;
import org.facteur.core.mailbox.Letter;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterEdit;
import org.facteur.core.mailbox.LetterId;
import org.facteur.core.mailbox.Mailbox;
import org.facteur.core.mailbox.NewLetter;
import org.facteur.core.mailbox.Placed;
import org.facteur.core.mailbox.Role;
import org.facteur.core.submission.Submission;
import org.facteur.core.submission.SubmissionDesk;
import org.facteur.net.http.Exchange;
import org.facteur.wire.address.AddressList;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.address.HeaderAddress;
import org.facteur.wire.mime.BodyPart;
import org.facteur.wire.mime.HeaderText;
import org.facteur.wire.mime.MessageBuilder;
import org.facteur.wire.mime.NamedAddress;
import org.facteur.wire.mime.Summary;
import org.facteur.wire.mime.ThreadKeys;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;

/// Writing without scripts: a form, and the letter made of it. Plain text only. Any thread.
final class LiteWriting {
    private static final int LONGEST_QUOTE = 8000;
    private static final int LONGEST_SUBJECT = 900;

    private final WebServices services;

    LiteWriting(WebServices services) {
        this.services = services;
    }

    /// An address for people.
    ///
    /// @param brief the name alone, where there is one
    static String shown(HeaderAddress address, boolean brief) {
        String name = address.displayName();
        return name == null || name.isBlank()
                ? address.address()
                : brief ? name : name + " <" + address.address() + ">";
    }

    /// What a form begins with.
    private record Begun(String to, String cc, String subject, String text, String answers) {}

    void form(Exchange exchange, LiteView view, LitePages.Reader reader) throws IOException {
        Begun begun = new Begun("", "", "", "", "");
        for (String kind : List.of("reply", "all", "forward")) {
            Optional<LetterId> id = exchange.parameter(kind).flatMap(OpenedLetter::id);
            if (id.isPresent()) {
                begun = answering(view, reader, kind, id.get());
            }
        }
        show(view, reader, begun, "");
    }

    private Begun answering(LiteView view, LitePages.Reader reader, String kind, LetterId id)
            throws IOException {
        LetterBox box = services.boxes().open(reader.live().actor());
        Optional<Letter> letter = box.findLetter(id);
        Optional<OpenedLetter> opened = OpenedLetter.open(box, id);
        if (letter.isEmpty() || opened.isEmpty()) {
            throw new Refusal(Refusal.Reason.NOT_FOUND, "Nothing is here.", "Il n'y a rien ici.");
        }
        Summary summary = box.listing(letter.get()).summary();
        boolean forward = kind.equals("forward");
        String prefix = forward ? view.say("Fwd: ", "Tr : ") : "Re: ";
        String subject = summary.subject();
        String own = reader.account().address().toString();
        Set<String> others = new LinkedHashSet<>();
        if (kind.equals("all")) {
            for (List<HeaderAddress> each :
                    List.of(summary.correspondents().to(), summary.correspondents().cc())) {
                each.stream()
                        .filter(address -> !address.address().equalsIgnoreCase(own))
                        .forEach(address -> others.add(shown(address, false)));
            }
        }
        String quoted;
        try (OpenedLetter one = opened.get()) {
            String text = LiteReading.plainText(one);
            quoted = text == null ? summary.preview() : text;
        }
        return new Begun(
                forward
                        ? ""
                        : String.join(
                                ", ",
                                summary.correspondents().from().stream()
                                        .map(each -> shown(each, false))
                                        .toList()),
                String.join(", ", others),
                subject.regionMatches(true, 0, prefix, 0, prefix.length())
                        ? subject
                        : prefix + subject,
                "\n\n" + quote(quoted, forward),
                (forward ? "F" : "R") + "L" + id);
    }

    private static String quote(String text, boolean forward) {
        String some = text.substring(0, Math.min(LONGEST_QUOTE, text.length()));
        StringBuilder out = new StringBuilder();
        some.lines().forEach(line -> out.append(forward ? "" : "> ").append(line).append('\n'));
        return out.toString();
    }

    private static void show(LiteView view, LitePages.Reader reader, Begun begun, String told)
            throws IOException {
        String title = view.say("Write", "Écrire");
        String top =
                "<nav><a href=\"/lite\">"
                        + view.word("Back to your letters", "Retour au courrier")
                        + "</a></nav>";
        StringBuilder out = new StringBuilder("<h1>");
        out.append(LiteView.escape(title)).append("</h1>");
        if (!told.isEmpty()) {
            out.append("<p class=\"told\" role=\"alert\">");
            out.append(LiteView.escape(told)).append("</p>");
        }
        out.append("<form method=\"post\" action=\"/lite/send\">");
        out.append(LiteReading.hidden("key", reader.formKey()));
        out.append(LiteReading.hidden("answers", begun.answers()));
        line(out, "to", view.word("To", "À"), begun.to());
        line(out, "cc", view.word("Copy", "Copie"), begun.cc());
        line(out, "subject", view.word("Subject", "Objet"), begun.subject());
        out.append("<label for=\"text\">").append(view.word("Text", "Texte"));
        out.append("</label><textarea id=\"text\" name=\"text\" rows=\"16\">\n");
        out.append(LiteView.escape(begun.text())).append("</textarea><p><button>");
        out.append(view.word("Send", "Envoyer")).append("</button></p></form>");
        view.send(200, title, top, out.toString());
    }

    private static void line(StringBuilder out, String name, String label, String value) {
        out.append("<label for=\"").append(name).append("\">").append(label).append("</label>");
        out.append("<input class=\"wide\" id=\"").append(name).append("\" name=\"").append(name);
        out.append("\" value=\"").append(LiteView.escape(value)).append("\">");
    }

    /// Sends; a form that cannot be sent comes back as it was, with the reason.
    void send(LiteView view, LitePages.Reader reader, LiteForm form) throws IOException {
        Begun given =
                new Begun(
                        form.text("to"),
                        form.text("cc"),
                        oneLine(form.text("subject")),
                        form.text("text"),
                        form.text("answers"));
        try {
            List<NamedAddress> to = addresses(given.to());
            List<NamedAddress> cc = addresses(given.cc());
            if (to.isEmpty() && cc.isEmpty()) {
                show(
                        view,
                        reader,
                        given,
                        view.say("Who is this letter for?", "À qui cette lettre va-t-elle ?"));
                return;
            }
            hand(reader, given, to, cc);
        } catch (SyntaxFault _) {
            show(
                    view,
                    reader,
                    given,
                    view.say("An address is not right.", "Une adresse ne convient pas."));
            return;
        } catch (Refusal refused) {
            show(view, reader, given, refused.sentence().in(view.language()));
            return;
        } catch (Busy _) {
            show(view, reader, given, view.say("Try again soon.", "Réessayez dans un instant."));
            return;
        }
        view.send(
                view.say("Sent", "Envoyé"),
                "<p class=\"told\" role=\"status\">"
                        + view.word("Your letter has left.", "Votre lettre est partie.")
                        + "</p><p><a href=\"/lite\">"
                        + view.word("Back to your letters", "Retour au courrier")
                        + "</a></p>");
    }

    private static String oneLine(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints()
                .limit(LONGEST_SUBJECT)
                .forEach(c -> out.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return out.toString().strip();
    }

    /// @throws SyntaxFault where one is no address
    private static List<NamedAddress> addresses(String typed) {
        List<NamedAddress> all = new ArrayList<>();
        byte[] octets = typed.strip().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        for (HeaderAddress each : AddressList.decode(octets, SubmissionDesk.RECIPIENTS)) {
            String name = each.displayName();
            all.add(
                    new NamedAddress(
                            name == null ? null : new HeaderText(name),
                            EmailAddress.parse(each.address())));
        }
        return all;
    }

    private void hand(
            LitePages.Reader reader, Begun given, List<NamedAddress> to, List<NamedAddress> cc)
            throws IOException {
        Account account = reader.account();
        LetterBox box = services.boxes().open(reader.live().actor());
        Instant now = services.outbox().clock().instant();
        MessageBuilder message = begun(account, given, to, cc, now);
        Optional<LetterId> answered =
                given.answers().length() < 2
                        ? Optional.empty()
                        : OpenedLetter.id(given.answers().substring(1));
        boolean reply = given.answers().startsWith("R");
        if (reply) {
            answered.flatMap(box::findLetter)
                    .map(each -> box.listing(each).summary().threadKeys())
                    .ifPresent(keys -> message.answerTo(references(keys)));
        }
        Octets octets = message.build(new BodyPart.Text("plain", given.text()));
        Placed placed = keep(box, octets, now);
        List<EmailAddress> recipients = new ArrayList<>();
        to.forEach(each -> recipients.add(each.address()));
        cc.forEach(each -> recipients.add(each.address()));
        Letter letter = box.findLetter(placed.letter()).orElseThrow();
        try {
            services.outbox()
                    .desk()
                    .submit(
                            reader.live().actor(),
                            letter,
                            new Submission(
                                    0,
                                    0,
                                    letter.id(),
                                    letter.thread(),
                                    new Submission.Path(account.address(), recipients),
                                    now,
                                    Submission.State.PENDING));
        } catch (Refusal | Busy | SyntaxFault failed) {
            // What did not leave is not among the sent letters.
            LiteReading.run(box, LetterEdit.end(placed.letter()));
            throw failed;
        }
        answered.filter(id -> box.findLetter(id).isPresent())
                .ifPresent(
                        id ->
                                LiteReading.edit(
                                        box,
                                        id,
                                        null,
                                        Map.of(
                                                reply ? Keyword.ANSWERED : Keyword.FORWARDED,
                                                true)));
    }

    private static MessageBuilder begun(
            Account account,
            Begun given,
            List<NamedAddress> to,
            List<NamedAddress> cc,
            Instant now) {
        return new MessageBuilder()
                .date(now.atOffset(ZoneOffset.UTC).withNano(0))
                .from(
                        new NamedAddress(
                                account.name().isEmpty() ? null : new HeaderText(account.name()),
                                account.address()))
                .to(to)
                .cc(cc)
                .subject(new HeaderText(given.subject()));
    }

    private static List<String> references(ThreadKeys keys) {
        List<String> all = new ArrayList<>(keys.references());
        String last = keys.messageId();
        if (last != null) {
            all.remove(last);
            all.add(last);
        }
        return all;
    }

    /// Puts the letter among the sent ones.
    private Placed keep(LetterBox box, Octets octets, Instant now) throws IOException {
        Mailbox sent =
                box.mailboxes().find(Role.SENT).orElseGet(() -> box.mailboxes().get(box.inbox()));
        byte[] bytes = octets.toArray();
        try (LetterWriter writer = services.outbox().writers().get()) {
            writer.write(bytes, 0, bytes.length);
            try (NewLetter letter = writer.finish()) {
                return box.append(
                        new Arrival(
                                letter, new byte[0], sent.id(), Set.of(Keyword.SEEN), now, null));
            }
        }
    }
}
