/// A letter's structure, computed once in one streaming pass, and letters written from typed
/// values.
///
/// **Purpose.** [org.facteur.wire.mime.LetterIndexer] takes a letter's octets in pieces of any size
/// and gives its [org.facteur.wire.mime.LetterIndex]: where every header field and part lies, what
/// IMAP says about it (ENVELOPE, BODYSTRUCTURE, BODY) already encoded, and what lists show
/// (subject, people, date, preview). Reading a letter later never parses it again for what stands
/// there. [org.facteur.wire.mime.MessageBuilder] writes letters.
///
/// **Standards.** RFC 5322, RFC 2045, RFC 2046, RFC 2047, RFC 2183, RFC 2231, RFC 2557 (location),
/// RFC 6532; RFC 9051 §7.5.2 for what is encoded; RFC 5256 §2.1 for base subjects; RFC 8970 for
/// previews.
///
/// **Entry points.** `LetterIndexer`, `LetterIndex.find`, `HeaderFilter`, `PartDecoder`,
/// `PartText`, `MailDate`, `MessageBuilder`; `ComposedWriter` for letters with attachments of any
/// size.
///
/// **Limits.** [org.facteur.wire.mime.IndexLimits]: header block 512 kB, field 64 kB, 1,000 fields;
/// depth 50 indexed, 100 refused; 1,000 parts indexed, 10,000 refused; boundary 256; headers of all
/// parts together 2 MB. Memory stays flat whatever the letter's size.
///
/// **Not done.** message/partial is not reassembled, message/external-body not fetched; a multipart
/// or message part that is itself encoded is read as it lies and marked ambiguous; uuencoded parts
/// in text stay text.
@NullMarked
package org.facteur.wire.mime;

import org.jspecify.annotations.NullMarked;
