package org.facteur.core.account;

import java.util.Objects;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.jspecify.annotations.Nullable;

/// A domain whose letters come here.
///
/// @param aliasOf the domain this one is another name of, or null
/// @param separators characters that do not count in local parts, for example `.`; may be empty
/// @param catchAll who receives what no box, alias or group does, or null for nobody
/// @param steward who answers for `postmaster` and `abuse`: the first account made here, until
///   changed
/// @param rewritesSenders whether letters that its aliases and groups send on to other domains
///   leave with a reverse path here that leads reports back
public record MailDomain(
        Domain name,
        @Nullable Domain aliasOf,
        String separators,
        @Nullable EmailAddress catchAll,
        @Nullable AccountId steward,
        boolean rewritesSenders) {
    /// Between a name and a tag its owner made up.
    public static final char TAG_SEPARATOR = '+';

    /// 1: the first. 2: whether senders are rewritten.
    private static final int FORMAT = 2;

    public MailDomain {
        Objects.requireNonNull(name);
        Objects.requireNonNull(separators);
    }

    static MailDomain fresh(Domain name, @Nullable Domain aliasOf) {
        return new MailDomain(name, aliasOf, "", null, null, true);
    }

    MailDomain withSteward(@Nullable AccountId newSteward) {
        return new MailDomain(name, aliasOf, separators, catchAll, newSteward, rewritesSenders);
    }

    MailDomain withSeparators(String newSeparators) {
        return new MailDomain(name, aliasOf, newSeparators, catchAll, steward, rewritesSenders);
    }

    MailDomain withCatchAll(@Nullable EmailAddress newCatchAll) {
        return new MailDomain(name, aliasOf, separators, newCatchAll, steward, rewritesSenders);
    }

    MailDomain withRewriting(boolean rewrites) {
        return new MailDomain(name, aliasOf, separators, catchAll, steward, rewrites);
    }

    byte[] encode() {
        Encoder out = new Encoder(FORMAT);
        out.optionalText(aliasOf == null ? null : aliasOf.name()).text(separators);
        out.optionalText(catchAll == null ? null : catchAll.toString());
        out.number(steward == null ? 0 : steward.number());
        return out.flag(rewritesSenders).toBytes();
    }

    static MailDomain decode(Domain name, byte[] octets) {
        Decoder in = new Decoder(octets, FORMAT);
        String aliasOf = in.optionalText();
        String separators = in.text();
        String catchAll = in.optionalText();
        long steward = in.number();
        boolean rewrites = in.formatVersion() < 2 || in.flag();
        in.end();
        return new MailDomain(
                name,
                aliasOf == null ? null : Domain.parse(aliasOf),
                separators,
                catchAll == null ? null : EmailAddress.parse(catchAll),
                steward == 0 ? null : new AccountId(steward),
                rewrites);
    }
}
