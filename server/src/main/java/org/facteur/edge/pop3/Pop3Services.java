package org.facteur.edge.pop3;

import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.facteur.base.event.EventSink;
import org.facteur.core.account.Account;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Door;
import org.facteur.core.login.Credential;
import org.facteur.core.login.Login;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.core.mailbox.PopDevice;

/// What POP3 needs of the post office.
public record Pop3Services(Login login, LetterBoxes boxes, InstantSource clock, EventSink events) {
    public Pop3Services {
        Objects.requireNonNull(login);
        Objects.requireNonNull(boxes);
        Objects.requireNonNull(clock);
        Objects.requireNonNull(events);
    }

    /// The credential somebody signed in with, as a device that collects. Its time begins with the
    /// device password; that of the main password, which is set anew now and then, with the
    /// account.
    ///
    /// @throws org.facteur.base.fault.Refusal NOT_FOUND when it was revoked just now
    PopDevice device(Actor actor, Account account) {
        List<Credential> all = login.credentialsOf(actor.account());
        Credential own =
                all.stream()
                        .filter(each -> each.number() == actor.credential())
                        .findFirst()
                        .orElseThrow(org.facteur.core.account.Directory::noSuchAccount);
        Set<Long> others =
                all.stream()
                        .filter(each -> each.number() != own.number())
                        .filter(each -> each.doors().contains(Door.POP3))
                        .map(Credential::number)
                        .collect(Collectors.toSet());
        return new PopDevice(
                own.number(),
                own.main() ? account.created() : own.created(),
                own.purpose().pop(),
                others);
    }
}
