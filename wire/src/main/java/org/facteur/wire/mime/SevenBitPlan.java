package org.facteur.wire.mime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.facteur.wire.text.OctetBuffer;
import org.facteur.wire.text.Octets;

/// How a letter with 8-bit octets becomes one of 7-bit lines without a change of what it says (RFC
/// 6152 §3, RFC 2045 §6).
///
/// Text becomes quoted-printable, anything else and long text base64, part by part; parts around
/// what was changed say `7bit`. What lies under a signature (RFC 1847 §2.1) is never touched.
///
/// @param segments in order: together they are the letter
public record SevenBitPlan(List<Segment> segments) {
    /// Text longer than this becomes base64, which needs no memory.
    private static final int LONGEST_QUOTED = 1 << 20;

    private static final int PIECE = 64 * 1024;
    private static final int MOST_FIELDS = 1000;
    private static final int MOST_HEADER = 512 * 1024;
    private static final String ENCODING = "content-transfer-encoding";

    /// A run of octets of the new letter.
    public sealed interface Segment {
        /// Octets of the old letter as they are.
        record Copied(long from, long to) implements Segment {}

        /// New octets.
        record Written(Octets octets) implements Segment {
            public Written {
                Objects.requireNonNull(octets);
            }
        }

        /// Octets of the old letter in quoted-printable; at most 1 MiB of them.
        record Quoted(long from, long to) implements Segment {}

        /// Octets of the old letter in base64, lines of 76.
        record Based(long from, long to) implements Segment {}
    }

    /// The old letter. Reads fill the whole array.
    @FunctionalInterface
    public interface Source {
        void read(long from, byte[] target, int length);
    }

    public SevenBitPlan {
        segments = List.copyOf(segments);
    }

    /// Makes the plan.
    ///
    /// @return empty when the letter cannot be changed: 8-bit octets in a header, under a
    ///   signature, or in a part whose encoding is unknown
    public static Optional<SevenBitPlan> of(Anatomy letter, Source source) {
        return new Maker(letter, source).make();
    }

    /// Makes one plan.
    private static final class Maker {
        private final Anatomy letter;
        private final Source source;
        private final List<Segment> segments = new ArrayList<>();
        private final Set<Integer> changed = new HashSet<>();
        private long done;

        Maker(Anatomy letter, Source source) {
            this.letter = letter;
            this.source = source;
        }

        Optional<SevenBitPlan> make() {
            for (Part part : letter.parts()) {
                if (part.isLeaf() && !sevenBit(part)) {
                    if (signed(part) || encoded(part)) {
                        return Optional.empty();
                    }
                    for (Part at = part; at != null; at = around(at)) {
                        changed.add(at.number());
                    }
                }
            }
            for (Part part : letter.parts()) {
                byte[] header = header(part);
                if (header == null || eightBit(header)) {
                    return Optional.empty();
                }
                if (changed.contains(part.number())) {
                    change(part, header);
                }
            }
            copy(letter.size());
            return Optional.of(new SevenBitPlan(segments));
        }

        private @org.jspecify.annotations.Nullable Part around(Part part) {
            return part.parent() < 0 ? null : letter.parts().get(part.parent());
        }

        private boolean signed(Part part) {
            for (Part at = part; at != null; at = around(at)) {
                if (at.type().is("multipart", "signed") || at.type().is("multipart", "encrypted")) {
                    return true;
                }
            }
            return false;
        }

        /// Already quoted-printable or base64, and with 8-bit octets all the same.
        private static boolean encoded(Part part) {
            return switch (part.details().encoding()) {
                case SEVEN_BIT, EIGHT_BIT, BINARY -> false;
                case QUOTED_PRINTABLE, BASE64, UNKNOWN -> true;
            };
        }

        /// Whether a body can travel as it is: no octet above 127, no NUL, lines of at most 998.
        private boolean sevenBit(Part part) {
            byte[] piece = new byte[PIECE];
            int line = 0;
            for (long at = part.range().bodyStart(); at < part.range().end(); at += PIECE) {
                int some = (int) Math.min(PIECE, part.range().end() - at);
                source.read(at, piece, some);
                for (int i = 0; i < some; i++) {
                    line = piece[i] == '\n' ? 0 : line + 1;
                    if (piece[i] <= 0 || line > 1000) {
                        return false;
                    }
                }
            }
            return true;
        }

        private byte @org.jspecify.annotations.Nullable [] header(Part part) {
            long length = part.range().bodyStart() - part.range().headerStart();
            if (length > MOST_HEADER) {
                return null;
            }
            byte[] header = new byte[(int) length];
            source.read(part.range().headerStart(), header, header.length);
            return header;
        }

        private static boolean eightBit(byte[] octets) {
            for (byte b : octets) {
                if (b < 0) {
                    return true;
                }
            }
            return false;
        }

        private void change(Part part, byte[] header) {
            boolean quoted =
                    part.type().isText()
                            && part.range().bodyLength() <= LONGEST_QUOTED
                            && part.details().encoding() != TransferEncoding.BINARY;
            TransferEncoding encoding =
                    !part.isLeaf()
                            ? TransferEncoding.SEVEN_BIT
                            : quoted ? TransferEncoding.QUOTED_PRINTABLE : TransferEncoding.BASE64;
            copy(part.range().headerStart());
            segments.add(new Segment.Written(newHeader(part, header, encoding)));
            done = part.range().bodyStart();
            if (part.isLeaf()) {
                long end = part.range().end();
                segments.add(quoted ? new Segment.Quoted(done, end) : new Segment.Based(done, end));
                done = end;
            }
        }

        private void copy(long to) {
            if (to > done) {
                segments.add(new Segment.Copied(done, to));
                done = to;
            }
        }

        private static Octets newHeader(Part part, byte[] header, TransferEncoding encoding) {
            HeaderBlock block = HeaderBlock.parse(header, MOST_FIELDS);
            OctetBuffer out = new OctetBuffer(2 * MOST_HEADER);
            int end = 0;
            for (HeaderField field : block.fields()) {
                end = field.offset() + field.length();
                if (!field.name().toLowerCase(Locale.ROOT).equals(ENCODING)) {
                    out.accept(header, field.offset(), field.length());
                }
            }
            if (part.parent() < 0 && block.count("MIME-Version") == 0) {
                // RFC 1428 §2: a letter that never said what its octets are.
                out.appendLatin1("MIME-Version: 1.0\r\n");
                if (block.count("Content-Type") == 0) {
                    out.appendLatin1("Content-Type: text/plain; charset=unknown-8bit\r\n");
                }
            }
            out.appendLatin1("Content-Transfer-Encoding: " + encoding.token() + "\r\n");
            byte[] rest = Arrays.copyOfRange(header, end, header.length);
            return rest.length == 0
                    ? out.appendLatin1("\r\n").toOctets()
                    : out.append(Octets.copyOf(rest)).toOctets();
        }
    }

    /// About how long the new letter is, in octets: not less than it is.
    public long sizeBytes() {
        long size = 0;
        for (Segment segment : segments) {
            size +=
                    switch (segment) {
                        case Segment.Copied(long from, long to) -> to - from;
                        case Segment.Written(Octets octets) -> octets.length();
                        case Segment.Quoted(long from, long to) ->
                                3 * (to - from) + (to - from) / 20;
                        case Segment.Based(long from, long to) -> (to - from) / 54 * 78 + 80;
                    };
        }
        return size;
    }
}
