package org.facteur.wire.imap;

/// A deviation from the grammar that is tolerated from clients, with who needs it.
///
/// Without a leniency the strict grammar holds. [ImapDialect#server(boolean)] grants all of them;
/// tests of peers and our own client grant none.
public enum ImapLeniency {
    /// UTF-8 in quoted strings and mailbox names before ENABLE was sent (RFC 9051 §5.1 forbids it
    /// until then). Needed by scripts on Python's imaplib, which pass non-ASCII names and passwords
    /// as they are.
    UTF8_BEFORE_ENABLE,

    /// A mailbox name that is not well-formed modified UTF-7, most often a bare `&`, is taken as
    /// plain text (RFC 3501 §5.1.3 forbids it). Needed by the same scripts and by curl, which
    /// encode nothing.
    PLAIN_AMPERSAND,

    /// A separator at the end of a mailbox name, dropped. RFC 9051 §6.3.4 allows it in CREATE only;
    /// Thunderbird sends it in other commands too.
    TRAILING_SEPARATOR,

    /// Blanks at the end of a command line. Needed by people who type and by scripts that join
    /// words.
    TRAILING_SPACE,

    /// More than one blank where one is due, and blanks before a closing parenthesis (RFC 9051 §9,
    /// where each SP is one). Needed by scripts and add-ons that fill empty variables into their
    /// commands, such as `FETCH 1 (FLAGS )`.
    EXTRA_SPACE,

    /// A backslash in a quoted string before something else than a quote or a backslash stands for
    /// itself (RFC 9051 §9, QUOTED-CHAR). Needed where a name such as `DOMAIN\name` is quoted by
    /// programs that do not escape.
    BARE_BACKSLASH,

    /// A line with nothing in it between two commands, passed over. Needed by programs that end a
    /// literal with a line end of their own before they end the command.
    EMPTY_LINE,

    /// A text to search for, without CHARSET, that is not UTF-8 is taken as ISO-8859-1 (RFC 9051
    /// §6.4.4 wants UTF-8). Needed by Angus Mail and the JavaMail before it, which send the low
    /// octet of each character once UTF-8 is enabled.
    LATIN_SEARCH,

    /// A day of one digit in the date of APPEND without the blank before it (RFC 9051 §9,
    /// date-day-fixed). Needed by scripts that format the date with the C library.
    SHORT_DAY
}
