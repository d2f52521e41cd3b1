/// Letters in and out as files: mbox, Maildir, single letters, directories of all these.
///
/// **Entry points.** [FileImport#run] takes a file or directory into a letter box; [FileExport#run]
/// writes a letter box as Maildir++.
///
/// **Formats.** mbox (RFC 4155, and what programs make of it): `From ` lines after a blank line or
/// at the start, `>From ` unquoted as mboxrd writes it, which mboxo differs from only where a
/// letter itself said `>From `; `Content-Length` is not believed. Flags in `Status`, `X-Status`,
/// `X-Keywords`, `X-Mozilla-Status` and `X-Gmail-Labels`. Maildir with flags in file names,
/// Maildir++ folders in modified UTF-7 (RFC 3501 §5.1.3) or UTF-8, Dovecot's `dovecot-keywords`.
/// Thunderbird's `Name` with `Name.sbd`. Any directory of mbox and `.eml` files, sub-directories
/// being mailboxes.
///
/// **Octets.** Whatever ended a line before, CRLF does after an import. Nothing else changes; what
/// is exported is what is stored, so that an export imported elsewhere has the same octets.
///
/// **Twice.** An import done again adds nothing, also after it was killed half-way: every letter is
/// handed over under the hash of its octets, its mailbox, and how often it came before in the same
/// source. A letter that was removed since then is taken in again.
///
/// **Refused and listed.** Links that lead outside, links to directories, devices, files that are
/// neither mbox nor letter, letters past the limit. The rest goes on.
///
/// **Limits.** One letter at a time in flat memory; 64 kB of its header are looked at for flags and
/// dates. Memory grows by about 100 octets per letter, to tell copies apart.
@NullMarked
package org.facteur.move.file;

import org.jspecify.annotations.NullMarked;
