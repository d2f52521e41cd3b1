package org.facteur.core.deliver;

import java.util.Optional;
import org.facteur.core.account.Directory;
import org.facteur.core.account.MailDomain;
import org.facteur.core.queue.SenderRewriting;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.address.RewrittenSender;
import org.jspecify.annotations.Nullable;

/// Letters that leave again for addresses outside: in whose name, and where reports about them go.
/// Any thread.
public final class Forwards {
    /// Forwarders of ours one report may come back through.
    private static final int MOST_STEPS = 3;

    private final Directory directory;
    private final SenderRewriting senders;

    Forwards(Directory directory, SenderRewriting senders) {
        this.directory = directory;
        this.senders = senders;
    }

    /// The reverse path of a letter that an alias or group sends on: a foreign sender's becomes one
    /// of ours, unless the domain does not want it.
    ///
    /// @param via the domain the alias or group is in
    @Nullable EmailAddress sender(@Nullable EmailAddress sender, Domain via) {
        if (sender == null || directory.findDomain(sender.domain()).isPresent()) {
            return sender;
        }
        Optional<MailDomain> home = directory.findDomain(via);
        return home.isPresent() && home.get().rewritesSenders()
                ? senders.rewrite(sender, via)
                : sender;
    }

    /// The reverse path of a letter that somebody's rule sends on.
    ///
    /// @param via the domain of whose rule it is
    /// @param to where it goes; within our own domains nothing changes
    @Nullable EmailAddress sender(@Nullable EmailAddress sender, Domain via, EmailAddress to) {
        return directory.findDomain(to.domain()).isPresent() ? sender : sender(sender, via);
    }

    /// Where an address leads that may be a rewritten sender of ours.
    public SenderRewriting.Return back(EmailAddress address) {
        EmailAddress at = address;
        SenderRewriting.Return found = step(at);
        for (int steps = 1;
                steps < MOST_STEPS
                        && found instanceof SenderRewriting.Return.Original(EmailAddress before);
                steps++) {
            at = before;
            SenderRewriting.Return next = step(at);
            if (next instanceof SenderRewriting.Return.Other) {
                return found;
            }
            found = next;
        }
        return found;
    }

    private SenderRewriting.Return step(EmailAddress address) {
        return RewrittenSender.looksLike(address.local())
                        && directory.findDomain(address.domain()).isPresent()
                ? senders.back(address)
                : new SenderRewriting.Return.Other();
    }

    /// Who is really told of a letter that was sent on.
    EmailAddress original(EmailAddress sender) {
        return back(sender) instanceof SenderRewriting.Return.Original(EmailAddress original)
                ? original
                : sender;
    }
}
