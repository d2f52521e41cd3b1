package org.facteur.core.mailbox;

import java.util.Objects;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.jspecify.annotations.Nullable;

/// A mailbox at one version of its account.
///
/// @param parent null for a top mailbox
/// @param name its own segment, without its parents'
/// @param role null for one without a purpose of its own
public record Mailbox(
        MailboxId id,
        @Nullable MailboxId parent,
        String name,
        @Nullable Role role,
        boolean subscribed,
        MailboxState state) {
    private static final int FORMAT = 1;

    public Mailbox {
        Objects.requireNonNull(id);
        Objects.requireNonNull(name);
        Objects.requireNonNull(state);
    }

    /// Whether it has a role.
    public boolean is(Role wanted) {
        return wanted.equals(role);
    }

    /// Whether ordinary lists leave it out.
    public boolean hidden() {
        return role != null && role.hidden();
    }

    Mailbox with(MailboxState newState) {
        return new Mailbox(id, parent, name, role, subscribed, newState);
    }

    Mailbox named(@Nullable MailboxId newParent, String newName) {
        return new Mailbox(id, newParent, newName, role, subscribed, state);
    }

    Mailbox subscribed(boolean newSubscribed) {
        return new Mailbox(id, parent, name, role, newSubscribed, state);
    }

    Mailbox withRole(@Nullable Role newRole) {
        return new Mailbox(id, parent, name, newRole, subscribed, state);
    }

    /// Without what is the owner's alone.
    Mailbox forGuest() {
        return new Mailbox(id, parent, name, null, false, state);
    }

    byte[] encode() {
        Encoder out = new Encoder(FORMAT);
        out.number(parent == null ? 0 : parent.number()).text(name);
        out.optionalText(role == null ? null : role.name()).flag(subscribed);
        MailboxState.Counts counts = state.counts();
        out.number(state.uidValidity()).number(state.uidNext()).number(state.highestModSeq());
        out.number(counts.letters()).number(counts.unseen());
        out.number(counts.deleted()).number(counts.bytes());
        out.list(state.keywords().own(), (to, keyword) -> to.text(keyword.name()));
        return out.toBytes();
    }

    static Mailbox decode(MailboxId id, byte[] octets) {
        Decoder in = new Decoder(octets, FORMAT);
        long parent = in.number();
        String name = in.text();
        String role = in.optionalText();
        boolean subscribed = in.flag();
        long uidValidity = in.number();
        long uidNext = in.number();
        long highestModSeq = in.number();
        MailboxState.Counts counts =
                new MailboxState.Counts(in.number(), in.number(), in.number(), in.number());
        KeywordTable keywords = new KeywordTable(in.list(from -> new Keyword(from.text())));
        in.end();
        return new Mailbox(
                id,
                parent == 0 ? null : new MailboxId(parent),
                name,
                role == null ? null : new Role(role),
                subscribed,
                new MailboxState(uidValidity, uidNext, highestModSeq, counts, keywords));
    }
}
