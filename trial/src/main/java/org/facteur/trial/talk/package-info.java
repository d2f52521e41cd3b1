/// Transcripts of protocol talk as tests: `.talk` files that anyone who knows the protocol can
/// read.
///
/// A file is lines. `#` begins a comment. Names of connections are capital letters.
///
/// | line | meaning |
/// |---|---|
/// | `account alice` | makes a person; `$alice` and `$password` stand for address and password |
/// | `connect A imap` | opens connection A to a service |
/// | `A> text` | A sends the line, CRLF added |
/// | `A< text` | the next line A receives; `*` stands for anything, `$name` for what was captured, or captures one word |
/// | `A<~ text` | lines are passed over until one fits |
/// | `A<? text` | one of several lines that may come in any order, up to the next other line |
/// | `A starttls` | A encrypts the line |
/// | `A closed` | the server has ended A |
/// | `A close` | A hangs up |
/// | `deliver alice FILE` | a letter is brought to alice by LMTP; its text follows, indented by two blanks |
@NullMarked
package org.facteur.trial.talk;

import org.jspecify.annotations.NullMarked;
