package org.facteur.wire.imap;

/// What one IMAP command may cost.
///
/// @param framing sizes in octets, checked before anything is parsed
/// @param grammar counts, checked while parsing
public record ImapLimits(Framing framing, Grammars grammar) {
    /// How large the pieces of a command may be. All at least 1 but `literals` and `literalOctets`,
    /// which may be 0: no literals.
    ///
    /// @param lineOctets one line without its CRLF
    /// @param literalOctets one literal that is kept in memory
    /// @param commandOctets all lines and kept literals of one command together
    /// @param literals how many kept literals one command may have
    /// @param appendOctets one letter given to APPEND, which is never kept in memory
    /// @param appendLetters how many letters one APPEND may bring (RFC 3502)
    public record Framing(
            int lineOctets,
            int literalOctets,
            int commandOctets,
            int literals,
            long appendOctets,
            int appendLetters) {
        public Framing {
            if (lineOctets < 1
                    || literalOctets < 0
                    || commandOctets < lineOctets
                    || literals < 0
                    || appendOctets < 1
                    || appendLetters < 1) {
                throw new IllegalArgumentException("framing limits out of range");
            }
        }
    }

    /// How many things a command may hold. All at least 1.
    ///
    /// @param depth parentheses inside one another, also NOT and OR inside one another
    /// @param searchKeys keys in one SEARCH
    /// @param sequenceRanges ranges in one sequence set
    /// @param tagOctets the tag
    /// @param nameOctets a mailbox name, in octets of UTF-8
    /// @param nameDepth levels of a mailbox name
    /// @param listItems members of any other list: flags, fetch items, patterns, header names…
    public record Grammars(
            int depth,
            int searchKeys,
            int sequenceRanges,
            int tagOctets,
            int nameOctets,
            int nameDepth,
            int listItems) {
        public Grammars {
            if (depth < 1
                    || searchKeys < 1
                    || sequenceRanges < 1
                    || tagOctets < 1
                    || nameOctets < 1
                    || nameDepth < 1
                    || listItems < 1) {
                throw new IllegalArgumentException("grammar limits out of range");
            }
        }
    }

    /// For peers that have not logged in. A literal is short and at most two are kept: a user name
    /// and a password, which some clients send that way when they hold a quote or a letter outside
    /// ASCII.
    public static final ImapLimits BEFORE_LOGIN =
            new ImapLimits(
                    new Framing(8 << 10, 1024, 16 << 10, 2, 1, 1),
                    new Grammars(1, 1, 1, 64, 255, 20, 64));

    /// For peers that have logged in.
    public static final ImapLimits AFTER_LOGIN =
            new ImapLimits(
                    new Framing(64 << 10, 64 << 10, 256 << 10, 1000, 50L << 20, 1000),
                    new Grammars(32, 500, 10_000, 64, 255, 20, 1000));

    /// The same with another size for letters given to APPEND.
    public ImapLimits withAppendOctets(long octets) {
        return new ImapLimits(
                new Framing(
                        framing.lineOctets(),
                        framing.literalOctets(),
                        framing.commandOctets(),
                        framing.literals(),
                        octets,
                        framing.appendLetters()),
                grammar);
    }
}
