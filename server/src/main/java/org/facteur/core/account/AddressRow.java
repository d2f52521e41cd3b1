package org.facteur.core.account;

import java.util.List;
import java.util.Objects;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.wire.address.EmailAddress;

/// What the directory keeps under an address.
sealed interface AddressRow {
    /// 2: with who may write to an alias.
    int FORMAT = 2;

    /// The address of an account.
    record Own(AccountId account) implements AddressRow {}

    /// An alias or a group.
    record Other(Alias alias) implements AddressRow {
        public Other {
            Objects.requireNonNull(alias);
        }
    }

    static byte[] encode(AddressRow row) {
        Encoder out = new Encoder(FORMAT);
        switch (row) {
            case Own own -> out.number(0).number(own.account().number());
            case Other(Alias alias) ->
                    out.number(1 + alias.kind().ordinal())
                            .text(alias.address().toString())
                            .list(alias.targets(), (to, target) -> to.text(target.toString()))
                            .number(alias.writers().ordinal());
        }
        return out.toBytes();
    }

    static AddressRow decode(byte[] octets) {
        Decoder in = new Decoder(octets, FORMAT);
        int kind = in.count();
        if (kind == 0) {
            return new Own(new AccountId(in.number()));
        }
        EmailAddress address = EmailAddress.parse(in.text());
        List<EmailAddress> targets = in.list(from -> EmailAddress.parse(from.text()));
        Alias.Writers writers = Alias.Writers.ANYONE;
        if (in.formatVersion() >= 2) {
            Alias.Writers[] known = Alias.Writers.values();
            // What a later program restricts in a way not known here stays closed.
            writers = known[Math.min(in.count(), known.length - 1)];
        }
        Alias.Kind what = kind == 1 ? Alias.Kind.ALIAS : Alias.Kind.GROUP;
        return new Other(new Alias(address, what, writers, targets));
    }
}
