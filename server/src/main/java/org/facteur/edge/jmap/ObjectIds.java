package org.facteur.edge.jmap;

import java.util.Optional;
import java.util.OptionalLong;
import org.facteur.core.account.AccountId;
import org.facteur.core.mailbox.LetterId;
import org.facteur.core.mailbox.MailboxId;
import org.facteur.core.mailbox.ThreadId;

/// Names of objects: a letter for the kind, then the number, as IMAP shows them too (RFC 8474 §2).
final class ObjectIds {
    private static final int DIGITS = 18;

    private ObjectIds() {}

    static String of(AccountId id) {
        return "A" + id.number();
    }

    static String of(MailboxId id) {
        return "B" + id;
    }

    static String of(LetterId id) {
        return "L" + id;
    }

    static String of(ThreadId id) {
        return "T" + id;
    }

    static Optional<AccountId> account(String id) {
        OptionalLong number = number('A', id);
        return number.isPresent()
                ? Optional.of(new AccountId(number.getAsLong()))
                : Optional.empty();
    }

    static Optional<MailboxId> mailbox(String id) {
        OptionalLong number = number('B', id);
        return number.isPresent()
                ? Optional.of(new MailboxId(number.getAsLong()))
                : Optional.empty();
    }

    static Optional<LetterId> letter(String id) {
        OptionalLong number = number('L', id);
        return number.isPresent()
                ? Optional.of(new LetterId(number.getAsLong()))
                : Optional.empty();
    }

    static Optional<ThreadId> thread(String id) {
        OptionalLong number = number('T', id);
        return number.isPresent()
                ? Optional.of(new ThreadId(number.getAsLong()))
                : Optional.empty();
    }

    /// The number behind a kind: in its one form, 1 or more.
    static OptionalLong number(char kind, String id) {
        if (id.length() < 2 || id.length() > DIGITS || id.charAt(0) != kind) {
            return OptionalLong.empty();
        }
        long value = 0;
        for (int i = 1; i < id.length(); i++) {
            int digit = id.charAt(i) - '0';
            if (digit < 0 || digit > 9 || (i == 1 && digit == 0)) {
                return OptionalLong.empty();
            }
            value = value * 10 + digit;
        }
        return OptionalLong.of(value);
    }
}
