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
import org.facteur.core.deliver.OwnerNotices;
import org.facteur.core.login.Credential;
import org.facteur.core.login.Login;
import org.facteur.core.login.TokenCheck;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.core.mailbox.PopDevice;
import org.jspecify.annotations.Nullable;

/// What POP3 needs of the post office.
public record Pop3Services(
        Login login, LetterBoxes boxes, InstantSource clock, EventSink events, Extras extras) {
    /// What a site may have besides.
    ///
    /// @param tokens who checks access tokens; null for nobody
    /// @param notices who writes to owners; null for nobody
    public record Extras(@Nullable TokenCheck tokens, @Nullable OwnerNotices notices) {
        public static final Extras NONE = new Extras(null, null);
    }

    /// Without anything that a site may have besides.
    public Pop3Services(Login login, LetterBoxes boxes, InstantSource clock, EventSink events) {
        this(login, boxes, clock, events, Extras.NONE);
    }

    public Pop3Services {
        Objects.requireNonNull(extras);
        Objects.requireNonNull(login);
        Objects.requireNonNull(boxes);
        Objects.requireNonNull(clock);
        Objects.requireNonNull(events);
    }

    /// What its owner calls a device; empty for the main password.
    String deviceName(Actor actor) {
        return login.credentialsOf(actor.account()).stream()
                .filter(each -> each.number() == actor.credential())
                .map(Credential::name)
                .findFirst()
                .orElse("");
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
