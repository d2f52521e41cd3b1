package org.facteur.wire.pop3;

import java.util.List;
import java.util.Objects;

/// One line of a reply of several lines.
public sealed interface Pop3Line {
    /// Of LIST (RFC 1939 §5, scan listing).
    record Size(int number, long octets) implements Pop3Line {
        public Size {
            if (number < 1 || octets < 0) {
                throw new IllegalArgumentException("letter " + number);
            }
        }
    }

    /// Of UIDL (RFC 1939 §7, unique-id listing).
    ///
    /// @param uid 1 to 70 octets from 0x21 to 0x7e
    record Uid(int number, String uid) implements Pop3Line {
        public Uid {
            if (number < 1 || uid.isEmpty() || uid.length() > 70) {
                throw new IllegalArgumentException("unique-id of letter " + number);
            }
            for (int i = 0; i < uid.length(); i++) {
                if (uid.charAt(i) <= ' ' || uid.charAt(i) > '~') {
                    throw new IllegalArgumentException("unique-id of letter " + number);
                }
            }
        }
    }

    /// Of CAPA (RFC 2449 §5).
    ///
    /// @param parameters printable ASCII without blanks
    record Capability(Pop3Capability capability, List<String> parameters) implements Pop3Line {
        public Capability {
            Objects.requireNonNull(capability);
            parameters = List.copyOf(parameters);
        }
    }

    /// Of LANG (RFC 6856 §3).
    ///
    /// @param name of the language, in itself
    record LanguageName(String tag, String name) implements Pop3Line {
        public LanguageName {
            Objects.requireNonNull(tag);
            Objects.requireNonNull(name);
        }
    }

    /// Of AUTH without a mechanism.
    record Mechanism(String name) implements Pop3Line {
        public Mechanism {
            Objects.requireNonNull(name);
        }
    }
}
