package org.facteur.wire.auth;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Whether a client's name leads back to its address (RFC 8601 §3). Pure but for the [DnsLookup].
public final class ReverseCheck {
    private static final int MOST_NAMES = 5;

    private ReverseCheck() {}

    /// @param code PASS, FAIL, TEMPERROR; PERMERROR for a client without a name
    /// @param name the client's; empty unless that is sure
    public record Result(AuthCode code, String name) {
        public Result {
            Objects.requireNonNull(code);
            Objects.requireNonNull(name);
        }
    }

    public static Result of(IpAddress client, DnsLookup names) {
        return switch (names.ask(
                new DnsLookup.Question(client.reverseName(), DnsLookup.Kind.PTR))) {
            case DnsLookup.Failed _ -> new Result(AuthCode.TEMPERROR, "");
            case DnsLookup.NoName _ -> new Result(AuthCode.PERMERROR, "");
            case DnsLookup.Found(List<String> found) -> confirmed(client, found, names);
        };
    }

    private static Result confirmed(IpAddress client, List<String> found, DnsLookup names) {
        boolean failed = false;
        for (String each : found.subList(0, Math.min(MOST_NAMES, found.size()))) {
            String name = DnsNames.canonical(each);
            if (name.isEmpty()) {
                continue;
            }
            DnsLookup.Kind kind = client.isFour() ? DnsLookup.Kind.A : DnsLookup.Kind.AAAA;
            switch (names.ask(new DnsLookup.Question(name, kind))) {
                case DnsLookup.Failed _ -> failed = true;
                case DnsLookup.NoName _ -> {}
                case DnsLookup.Found(List<String> addresses) -> {
                    if (addresses.stream().anyMatch(one -> isClient(one, client))) {
                        return new Result(AuthCode.PASS, name);
                    }
                }
            }
        }
        return new Result(
                failed ? AuthCode.TEMPERROR : found.isEmpty() ? AuthCode.PERMERROR : AuthCode.FAIL,
                "");
    }

    private static boolean isClient(String text, IpAddress client) {
        Optional<IpAddress> address =
                client.isFour() ? IpAddress.parseFour(text) : IpAddress.parseSix(text);
        return address.filter(client::equals).isPresent();
    }
}
