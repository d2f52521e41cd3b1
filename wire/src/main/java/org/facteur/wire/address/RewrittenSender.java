package org.facteur.wire.address;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// A local part that leads a report back through whoever forwarded the letter, in the form of the
/// Sender Rewriting Scheme. Comparing hashes and judging age is up to who made it.
///
/// Mail servers on the way may have changed its case; hashes and stamps are in lower case here.
public sealed interface RewrittenSender {
    /// How the first forwarder's addresses begin.
    String FIRST = "SRS0";

    /// How those of forwarders behind it begin.
    String NEXT = "SRS1";

    /// Proves that whoever receives at this address made it.
    String hash();

    /// What the hash is over: lower case.
    String signed();

    /// The unquoted value of the local part.
    String local();

    /// What the first forwarder writes.
    ///
    /// @param stamp when, in the maker's own way
    /// @param domain of the sender; empty where the maker keeps the sender elsewhere
    /// @param name the sender's local part, or what the maker finds it by
    record First(String hash, String stamp, String domain, String name) implements RewrittenSender {
        public First {
            hash = hash.toLowerCase(Locale.ROOT);
            stamp = stamp.toLowerCase(Locale.ROOT);
            Objects.requireNonNull(domain);
            Objects.requireNonNull(name);
        }

        @Override
        public String signed() {
            return (stamp + '=' + domain + '=' + name).toLowerCase(Locale.ROOT);
        }

        @Override
        public String local() {
            return FIRST + '=' + hash + '=' + stamp + '=' + domain + '=' + name;
        }
    }

    /// What a later forwarder writes, so that addresses do not grow with each.
    ///
    /// @param host the domain of the first forwarder
    /// @param rest what the first forwarder's local part has after its beginning
    record Next(String hash, String host, String rest) implements RewrittenSender {
        public Next {
            hash = hash.toLowerCase(Locale.ROOT);
            Objects.requireNonNull(host);
            Objects.requireNonNull(rest);
        }

        @Override
        public String signed() {
            return (host + '=' + rest).toLowerCase(Locale.ROOT);
        }

        @Override
        public String local() {
            return NEXT + '=' + hash + '=' + host + '=' + rest;
        }
    }

    /// Whether it begins like one.
    static boolean looksLike(LocalPart local) {
        String value = local.value();
        return value.length() > FIRST.length()
                && (value.regionMatches(true, 0, FIRST, 0, FIRST.length())
                        || value.regionMatches(true, 0, NEXT, 0, NEXT.length()))
                && isSeparator(value.charAt(FIRST.length()));
    }

    // SRS0 = "SRS0" sep hash "=" stamp "=" domain "=" local
    // SRS1 = "SRS1" sep hash "=" host "=" sep hash "=" stamp "=" domain "=" local
    /// Reads one; empty for any other local part.
    static Optional<RewrittenSender> find(LocalPart local) {
        if (!looksLike(local)) {
            return Optional.empty();
        }
        String value = local.value();
        boolean first = value.regionMatches(true, 0, FIRST, 0, FIRST.length());
        int afterHash = value.indexOf('=', FIRST.length() + 1);
        int afterSecond = afterHash < 0 ? -1 : value.indexOf('=', afterHash + 1);
        if (afterSecond < 0) {
            return Optional.empty();
        }
        String hash = value.substring(FIRST.length() + 1, afterHash);
        String second = value.substring(afterHash + 1, afterSecond);
        if (!first) {
            String rest = value.substring(afterSecond + 1);
            boolean whole = !rest.isEmpty() && isSeparator(rest.charAt(0)) && !second.isEmpty();
            return whole ? Optional.of(new Next(hash, second, rest)) : Optional.empty();
        }
        int afterDomain = value.indexOf('=', afterSecond + 1);
        if (afterDomain < 0 || afterDomain == value.length() - 1) {
            return Optional.empty();
        }
        return Optional.of(
                new First(
                        hash,
                        second,
                        value.substring(afterSecond + 1, afterDomain),
                        value.substring(afterDomain + 1)));
    }

    private static boolean isSeparator(char c) {
        return c == '=' || c == '+' || c == '-';
    }
}
