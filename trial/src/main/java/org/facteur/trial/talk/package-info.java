/// Transcripts of protocol talk as tests: `.talk` files that anyone who knows the protocol can
/// read.
///
/// A file is lines. `#` begins a comment. Names of connections are capital letters.
///
/// | line | meaning |
/// |---|---|
/// | `account alice` | makes a person; `$alice` and `$password` stand for address and password, `$aliceLocal` for what is before the `@`, `$aliceUser` and `$passwordBase64` for the same in base64, `$alicePlain` for the response of SASL PLAIN |
/// | `device tablet $alice --days 7` | makes a device password for alice, called tablet, which `$tablet` stands for |
/// | `command alias add …` | runs a command of `facteur` on the server's data, which must succeed |
/// | `connect A imap` | opens connection A to a service |
/// | `A> text` | A sends the line, CRLF added |
/// | `A+ text` | the same, held back until A sends more: both go in one write |
/// | `A>> text` | A sends the text and no CRLF; `\r`, `\n`, `\0` and `\\` are as in Java |
/// | `A fill 5 octets` | A sends that many times `x`; with `lines`, lines of 998 `x` |
/// | `A< text` | the next line A receives; `*` stands for anything, `$name` for what was captured, or captures one word |
/// | `A<~ text` | lines are passed over until one fits |
/// | `A<? text` | one of several lines that may come in any order, up to the next other line |
/// | `A starttls` | A encrypts the line |
/// | `A closed` | the server has ended A |
/// | `A close` | A hangs up |
/// | `jmap alice Mailbox/get {…}` | alice calls a method; her account is named where none is |
/// | `http alice POST /jmap/api …` | alice sends a request, the body behind the path; `nobody` sends it without a name |
/// | `= text` | what was answered to the last of these: a method's name and arguments, or a status and a body, in one line |
/// | `deliver alice` | a letter is brought to alice by LMTP; its text follows, indented by two blanks; blank lines after it are not its |
@NullMarked
package org.facteur.trial.talk;

import org.jspecify.annotations.NullMarked;
