package org.facteur.wire.mime;

import java.time.OffsetDateTime;
import java.util.List;
import org.facteur.wire.text.EncodedWords;
import org.facteur.wire.text.HeaderFolding;
import org.facteur.wire.text.OctetBuffer;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;

/// Writes a well-formed letter from typed values: CRLF only, fields folded and encoded.
///
/// Every value is of a type that cannot end a field, so no text can add a header. Used by one
/// thread; [#build(BodyPart)] may be called again.
public final class MessageBuilder {
    private static final int LONGEST_ID = 900;

    private final OctetBuffer header = new OctetBuffer(512 * 1024);
    private boolean international;

    /// Adds the Date field.
    public MessageBuilder date(OffsetDateTime date) {
        return line("Date", MailDate.format(date));
    }

    public MessageBuilder from(NamedAddress from) {
        return addresses("From", List.of(from));
    }

    public MessageBuilder to(List<NamedAddress> to) {
        return addresses("To", to);
    }

    public MessageBuilder cc(List<NamedAddress> cc) {
        return addresses("Cc", cc);
    }

    public MessageBuilder replyTo(NamedAddress replyTo) {
        return addresses("Reply-To", List.of(replyTo));
    }

    public MessageBuilder subject(HeaderText subject) {
        return text("Subject", subject);
    }

    // msg-id = "<" id-left "@" id-right ">"
    /// Adds the Message-ID field.
    ///
    /// @param id without angle brackets, as [ThreadKeys#messageId()] has it
    public MessageBuilder messageId(String id) {
        return line("Message-ID", bracketed(id));
    }

    /// Adds In-Reply-To and References for an answer.
    ///
    /// @param references oldest first, the letter answered last, without angle brackets
    public MessageBuilder answerTo(List<String> references) {
        if (references.isEmpty()) {
            return this;
        }
        line("In-Reply-To", bracketed(references.getLast()));
        return line(
                "References",
                String.join(" ", references.stream().map(MessageBuilder::bracketed).toList()));
    }

    /// Adds any other field whose body is text.
    public MessageBuilder text(String name, HeaderText text) {
        return line(name, EncodedWords.encode(text.value(), name.length() + 2));
    }

    private MessageBuilder addresses(String name, List<NamedAddress> addresses) {
        if (addresses.isEmpty()) {
            return this;
        }
        international |= addresses.stream().anyMatch(a -> a.address().isInternational());
        return line(name, String.join(", ", addresses.stream().map(NamedAddress::field).toList()));
    }

    private static String bracketed(String id) {
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c <= ' ' || c == 0x7F || c == '<' || c == '>') {
                throw SyntaxFault.at(
                        i, "a message id without blanks and brackets", "RFC 5322 §3.6.4");
            }
        }
        if (id.isEmpty() || id.length() > LONGEST_ID) {
            throw SyntaxFault.at(0, "a message id of 1 to 900 characters", "RFC 5322 §3.6.4");
        }
        return "<" + id + ">";
    }

    private MessageBuilder line(String name, String value) {
        byte[] sign = (name + ":").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        if (HeaderBlock.colonOf(sign, 0, sign.length) != name.length()) {
            throw SyntaxFault.at(0, "a field name", "RFC 5322 §2.2");
        }
        header.appendUtf8(HeaderFolding.fold(name, value));
        if (header.overflowed()) {
            throw new SyntaxFault(-1, "a header of at most 512 kB", null);
        }
        return this;
    }

    /// Whether the header holds an address that needs SMTPUTF8.
    public boolean isInternational() {
        return international;
    }

    /// The whole letter.
    ///
    /// @param body what it holds; multiparts nest at most 10 deep
    public Octets build(BodyPart body) {
        OctetBuffer out = new OctetBuffer(Integer.MAX_VALUE - 16);
        out.append(header.toOctets());
        out.appendLatin1("MIME-Version: 1.0\r\n");
        BodyPartWriter.write(body, out);
        return out.toOctets();
    }
}
