package org.facteur.wire.address;

import java.util.ArrayList;
import java.util.List;
import org.facteur.wire.text.EncodedWords;
import org.facteur.wire.text.MailCharsets;
import org.facteur.wire.text.OctetBuffer;
import org.facteur.wire.text.Octets;
import org.jspecify.annotations.Nullable;

/// Reads the address lists of header fields (RFC 5322 §3.4), obsolete forms included.
///
/// Never fails: what is no address becomes a mailbox without host, so that nothing a sender wrote
/// is hidden. One pass, comments counted and not recursed into; one deeper than 32 ends there.
public final class AddressList {
    /// The most mailboxes read from one field; what follows is left out.
    public static final int MOST = 2000;

    private static final int DEEPEST_COMMENT = 32;

    private final byte[] in;
    private final int most;
    private final List<AddressItem> items = new ArrayList<>();
    private final OctetBuffer phrase;
    private final OctetBuffer spec;
    private final OctetBuffer comment;
    private int at;
    private int specAt = -1;
    private int specSigns;
    private int mailboxes;
    private boolean blank;
    private boolean inGroup;
    private boolean angled;

    private AddressList(byte[] in, int most) {
        this.in = in;
        this.most = most;
        this.phrase = new OctetBuffer(in.length);
        this.spec = new OctetBuffer(in.length);
        this.comment = new OctetBuffer(in.length);
    }

    // address-list = (address *("," address)) / obs-addr-list    address = mailbox / group
    /// Reads an unfolded field body.
    ///
    /// @param most mailboxes to keep, at most [#MOST]
    public static List<AddressItem> parse(byte[] unfolded, int most) {
        return List.copyOf(new AddressList(unfolded, Math.clamp(most, 0, MOST)).read());
    }

    /// Reads an unfolded field body for showing: decoded, with each mailbox's group beside it.
    public static List<HeaderAddress> decode(byte[] unfolded, int most) {
        return decode(parse(unfolded, most));
    }

    /// Decodes what [#parse] gave.
    public static List<HeaderAddress> decode(List<AddressItem> items) {
        List<HeaderAddress> addresses = new ArrayList<>();
        String group = null;
        for (AddressItem item : items) {
            switch (item) {
                case AddressItem.GroupStart start ->
                        group = EncodedWords.decode(start.name().toArray());
                case AddressItem.GroupEnd _ -> group = null;
                case AddressItem.Mailbox mailbox -> addresses.add(decoded(mailbox, group));
            }
        }
        return List.copyOf(addresses);
    }

    private static HeaderAddress decoded(AddressItem.Mailbox mailbox, @Nullable String group) {
        Octets name = mailbox.name();
        String shown = name == null ? null : EncodedWords.decode(name.toArray()).strip();
        String address = quoted(text(mailbox.local()));
        Octets host = mailbox.host();
        return new HeaderAddress(
                shown == null || shown.isEmpty() ? null : shown,
                host == null ? address : address + "@" + text(host),
                group);
    }

    private static String text(Octets octets) {
        byte[] bytes = octets.toArray();
        return EncodedWords.clean(MailCharsets.decodeUndeclared(bytes, 0, bytes.length));
    }

    private static String quoted(String local) {
        for (int i = 0; i < local.length(); i++) {
            char c = local.charAt(i);
            if (c != '.' && !LocalPart.atext(c)) {
                return "\"" + local.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
            }
        }
        return local;
    }

    private List<AddressItem> read() {
        while (at < in.length && mailboxes < most) {
            byte b = in[at];
            switch (b) {
                case ' ', '\t' -> {
                    blank = true;
                    at++;
                }
                case '(' -> comment();
                case '"' -> quotedString();
                case '<' -> angle();
                case ',' -> {
                    at++;
                    endMailbox();
                }
                case ';' -> {
                    at++;
                    endMailbox();
                    endGroup();
                }
                case ':' -> colon();
                default -> {
                    at++;
                    plain(b);
                }
            }
        }
        endMailbox();
        endGroup();
        return items;
    }

    private void plain(byte b) {
        if (angled) {
            return;
        }
        boolean tight = b == '.' || b == '@' || spec.isEmpty() || lastIsTight();
        if (blank && !phrase.isEmpty()) {
            phrase.append(' ');
        }
        if (blank && !tight) {
            spec.append(' ');
        }
        blank = false;
        if (b == '@') {
            specAt = spec.size();
            specSigns++;
        }
        phrase.append(b);
        spec.append(b);
    }

    private boolean lastIsTight() {
        byte last = spec.at(spec.size() - 1);
        return last == '.' || last == '@';
    }

    // quoted-string = [CFWS] DQUOTE *([FWS] qcontent) [FWS] DQUOTE [CFWS]
    private void quotedString() {
        at++;
        if (blank && !phrase.isEmpty() && !angled) {
            phrase.append(' ');
        }
        blank = false;
        while (at < in.length && in[at] != '"') {
            if (in[at] == '\\' && at + 1 < in.length) {
                at++;
            }
            if (!angled) {
                phrase.append(in[at]);
                spec.append(in[at]);
            }
            at++;
        }
        at++;
    }

    // comment = "(" *([FWS] ccontent) [FWS] ")"
    private void comment() {
        blank = true;
        comment.clear();
        int depth = 0;
        while (at < in.length) {
            byte b = in[at++];
            if (b == '(') {
                depth++;
            } else if (b == ')') {
                depth--;
            } else if (b == '\\' && at < in.length) {
                b = in[at++];
            }
            if (depth == 0 || depth > DEEPEST_COMMENT) {
                return;
            }
            if (!(depth == 1 && b == '(')) {
                comment.append(b);
            }
        }
    }

    // angle-addr = [CFWS] "<" addr-spec ">" [CFWS] / obs-angle-addr
    private void angle() {
        at++;
        if (angled) {
            return;
        }
        OctetBuffer route = new OctetBuffer(in.length - at);
        OctetBuffer inner = new OctetBuffer(in.length - at);
        int sign = -1;
        int signs = 0;
        while (at < in.length && in[at] != '>') {
            byte b = in[at];
            if (b == '"') {
                quotedInto(inner);
                continue;
            }
            if (b == '(') {
                comment();
                comment.clear();
                continue;
            }
            if (b == ',' && sign < 0 && !inner.isEmpty()) {
                break;
            }
            at++;
            if (b == ':' && sign >= 0 && inner.at(0) == '@') {
                route.append(inner.toOctets());
                inner.clear();
                sign = -1;
                signs = 0;
            } else if (b != ' ' && b != '\t' && b != '<') {
                if (b == '@') {
                    sign = inner.size();
                    signs++;
                }
                inner.append(b);
            }
        }
        at += at < in.length && in[at] == '>' ? 1 : 0;
        angled = true;
        add(
                nameOf(phrase, true),
                route.isEmpty() ? null : route.toOctets(),
                inner,
                signs == 1 ? sign : -1);
    }

    private void quotedInto(OctetBuffer target) {
        at++;
        while (at < in.length && in[at] != '"') {
            if (in[at] == '\\' && at + 1 < in.length) {
                at++;
            }
            target.append(in[at++]);
        }
        at++;
    }

    private @Nullable Octets nameOf(OctetBuffer words, boolean orComment) {
        if (!words.isEmpty()) {
            return words.toOctets();
        }
        return orComment && !comment.isEmpty() ? comment.toOctets() : null;
    }

    // group = display-name ":" [group-list] ";" [CFWS]
    private void colon() {
        at++;
        if (inGroup || angled || specAt >= 0) {
            plain((byte) ':');
            return;
        }
        items.add(new AddressItem.GroupStart(phrase.toOctets()));
        inGroup = true;
        reset();
    }

    private void endMailbox() {
        if (!angled && !spec.isEmpty()) {
            add(
                    comment.isEmpty() ? null : comment.toOctets(),
                    null,
                    spec,
                    specSigns == 1 ? specAt : -1);
        }
        reset();
    }

    private void add(@Nullable Octets name, @Nullable Octets route, OctetBuffer text, int sign) {
        Octets all = text.toOctets();
        byte[] bytes = all.toArray();
        boolean whole = sign < 0;
        items.add(
                new AddressItem.Mailbox(
                        name,
                        route,
                        whole ? all : Octets.copyOf(bytes, 0, sign),
                        whole ? null : Octets.copyOf(bytes, sign + 1, bytes.length)));
        mailboxes++;
    }

    private void endGroup() {
        if (inGroup) {
            items.add(new AddressItem.GroupEnd());
            inGroup = false;
        }
    }

    private void reset() {
        phrase.clear();
        spec.clear();
        comment.clear();
        specAt = -1;
        specSigns = 0;
        blank = false;
        angled = false;
    }
}
