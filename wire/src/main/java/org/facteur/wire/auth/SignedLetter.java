package org.facteur.wire.auth;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.facteur.wire.text.OctetSink;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;

/// What of a letter its signatures are about: the header as it came, and hashes of the body. Any
/// thread.
public final class SignedLetter {
    /// The most DKIM signatures that are looked at; the uppermost count.
    public static final int MOST_SIGNATURES = 10;

    private static final String DKIM = "dkim-signature";
    private static final String MESSAGE = "arc-message-signature";
    private static final Set<String> ARC =
            Set.of("arc-seal", MESSAGE, "arc-authentication-results");

    private final List<Field> fields;
    private final Map<Canonicalization, BodyHash.Result> bodies;

    /// One header field.
    ///
    /// @param name in lower case
    /// @param octets all of it, its line end included
    /// @param colon where its colon is
    record Field(String name, Octets octets, int colon) {
        /// What is behind the colon, each octet a character.
        String value() {
            return octets.toLatin1().substring(colon + 1);
        }
    }

    private SignedLetter(List<Field> fields, Map<Canonicalization, BodyHash.Result> bodies) {
        this.fields = List.copyOf(fields);
        this.bodies = Map.copyOf(bodies);
    }

    List<Field> fields() {
        return fields;
    }

    List<Field> fields(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).toList();
    }

    BodyHash.Result body(Canonicalization canonicalization) {
        return Objects.requireNonNull(bodies.get(canonicalization));
    }

    /// How many DKIM signatures there are to look at.
    public int signatures() {
        return Math.min(MOST_SIGNATURES, fields(DKIM).size());
    }

    /// Whether forwarders have left word (RFC 8617).
    public boolean forwarded() {
        return fields.stream().anyMatch(field -> ARC.contains(field.name()));
    }

    List<Field> dkimFields() {
        List<Field> all = fields(DKIM);
        return all.subList(0, signatures());
    }

    /// Takes a letter as it streams. The header is kept; the body is hashed where a signature wants
    /// that. One thread.
    ///
    /// The header ends at a blank line or before a line that is no field, as
    /// [org.facteur.wire.mime.LetterIndexer] ends it.
    public static final class Reader implements OctetSink {
        private static final int FIRST_OCTETS = 4096;

        private final int limit;
        private final Set<Canonicalization> always;
        private final List<Field> fields = new ArrayList<>();
        private final Map<Canonicalization, BodyHash> hashes =
                new EnumMap<>(Canonicalization.class);
        private byte[] held = new byte[FIRST_OCTETS];
        private int length;
        private int line;
        private int scanned;
        private int field = -1;
        private boolean open;
        private boolean dropped;

        /// @param limit the largest header, in octets; a letter with a larger one counts as
        ///   unsigned
        /// @param always what the body is hashed by, whatever the header says
        public Reader(int limit, Set<Canonicalization> always) {
            this.limit = limit;
            this.always = Set.copyOf(always);
        }

        @Override
        public void accept(byte[] octets, int offset, int count) {
            if (open) {
                for (BodyHash each : hashes.values()) {
                    each.accept(octets, offset, count);
                }
                return;
            }
            if (held.length - length < count) {
                held = java.util.Arrays.copyOf(held, Math.max(2 * held.length, length + count));
            }
            System.arraycopy(octets, offset, held, length, count);
            length += count;
            for (int at = scanned; at < length && !open; at++) {
                if (held[at] == '\n') {
                    take(at + 1);
                }
            }
            scanned = length;
            if (!open && length > limit) {
                dropped = true;
                begin(length);
            }
        }

        /// One whole line of the header.
        private void take(int end) {
            boolean continued = held[line] == ' ' || held[line] == '\t';
            if (!continued) {
                boolean blank = held[line] == '\n' || (held[line] == '\r' && end - line == 2);
                if (blank || (colon(line, end) < 0 && line > 0)) {
                    endField();
                    begin(blank ? end : line);
                    return;
                }
                endField();
                field = line;
            }
            line = end;
        }

        // field-name = 1*ftext    ftext = %d33-57 / %d59-126
        private int colon(int from, int to) {
            int at = from;
            while (at < to && held[at] > ' ' && held[at] < 0x7F && held[at] != ':') {
                at++;
            }
            int name = at;
            while (at < to && (held[at] == ' ' || held[at] == '\t')) {
                at++;
            }
            return name > from && at < to && held[at] == ':' ? at : -1;
        }

        private void endField() {
            int colon = field < 0 ? -1 : colon(field, line);
            if (colon >= 0) {
                String name =
                        new String(
                                        held,
                                        field,
                                        colon - field,
                                        java.nio.charset.StandardCharsets.ISO_8859_1)
                                .strip()
                                .toLowerCase(Locale.ROOT);
                fields.add(new Field(name, Octets.copyOf(held, field, line), colon - field));
            }
            field = -1;
        }

        /// The body begins.
        private void begin(int from) {
            open = true;
            dropped |= from > limit;
            if (dropped) {
                fields.clear();
            }
            wanted().forEach(each -> hashes.put(each, new BodyHash(each)));
            byte[] first = held;
            held = new byte[0];
            if (length > from) {
                accept(first, from, length - from);
            }
        }

        /// What the body must be hashed by.
        private Set<Canonicalization> wanted() {
            Set<Canonicalization> wanted = EnumSet.noneOf(Canonicalization.class);
            wanted.addAll(always);
            for (Field each : fields) {
                try {
                    if (each.name().equals(DKIM)) {
                        wanted.add(DkimSignature.parse(each.value()).scope().body());
                    } else if (each.name().equals(MESSAGE)) {
                        TagList tags = TagList.parse(each.value());
                        wanted.add(DkimSignature.parseArc(tags).scope().body());
                    }
                } catch (SyntaxFault _) {
                    // Whoever judges it finds out again.
                }
                if (wanted.size() == Canonicalization.values().length) {
                    break;
                }
            }
            return wanted;
        }

        /// The letter has ended.
        public SignedLetter finish() {
            if (!open) {
                if (line < length) {
                    take(length);
                }
                if (!open) {
                    endField();
                    begin(length);
                }
            }
            Map<Canonicalization, BodyHash.Result> bodies = new EnumMap<>(Canonicalization.class);
            hashes.forEach((kind, hash) -> bodies.put(kind, hash.finish()));
            return new SignedLetter(fields, bodies);
        }
    }
}
