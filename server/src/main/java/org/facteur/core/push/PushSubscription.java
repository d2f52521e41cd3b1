package org.facteur.core.push;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.facteur.core.shelf.ShelfItem;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.wire.push.PushMessage;
import org.jspecify.annotations.Nullable;

/// Where a client wants to be told of changes.
///
/// @param number in its account
/// @param origin how it came to be; it ends with that
/// @param target where messages go
/// @param types of objects that are of interest; null for all
/// @param expires when it ends
/// @param code what the client must say to show that messages reach it
/// @param confirmed whether it did
public record PushSubscription(
        long number,
        Origin origin,
        Target target,
        @Nullable List<String> types,
        Instant expires,
        String code,
        boolean confirmed) {
    private static final int FORMAT = 1;

    /// How one came to be.
    ///
    /// @param credential by which it was made
    public record Origin(long credential, Instant made) {
        public Origin {
            Objects.requireNonNull(made);
        }
    }

    /// Where messages go.
    ///
    /// @param device the client's own name for itself
    /// @param url of the push service
    /// @param reader whose keys messages are sealed with; null for messages in the clear
    public record Target(String device, String url, PushMessage.@Nullable Reader reader) {
        public Target {
            Objects.requireNonNull(device);
            Objects.requireNonNull(url);
        }

        /// For messages in the clear.
        public static Target open(String device, String url) {
            return new Target(device, url, null);
        }
    }

    public PushSubscription {
        Objects.requireNonNull(origin);
        Objects.requireNonNull(target);
        types = types == null ? null : List.copyOf(types);
        Objects.requireNonNull(expires);
        Objects.requireNonNull(code);
    }

    byte[] encode() {
        PushMessage.Reader reader = target.reader();
        Encoder out =
                new Encoder(FORMAT)
                        .number(origin.credential())
                        .text(target.device())
                        .text(target.url())
                        .flag(reader != null);
        if (reader != null) {
            out.octets(reader.key()).octets(reader.secret());
        }
        List<String> wanted = types;
        out.flag(wanted != null).list(wanted == null ? List.of() : wanted, Encoder::text);
        return out.signed(expires.toEpochMilli()).text(code).flag(confirmed).toBytes();
    }

    static PushSubscription decode(ShelfItem item) {
        Decoder in = new Decoder(item.content(), FORMAT);
        long credential = in.number();
        String device = in.text();
        String url = in.text();
        PushMessage.Reader reader =
                in.flag() ? new PushMessage.Reader(in.octets(), in.octets()) : null;
        boolean some = in.flag();
        List<String> types = in.list(Decoder::text);
        PushSubscription one =
                new PushSubscription(
                        item.number(),
                        new Origin(credential, item.made()),
                        new Target(device, url, reader),
                        some ? types : null,
                        Instant.ofEpochMilli(in.signed()),
                        in.text(),
                        in.flag());
        in.end();
        return one;
    }
}
