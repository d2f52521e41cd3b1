/// Who may come in: passwords, device passwords, SCRAM, and what slows a guesser.
///
/// **Entry points.** [Login] checks a sign-in; [CredentialEditor] sets passwords and makes device
/// passwords. Edges see [LoginResult] and nothing of how it was reached.
///
/// **Passwords.** Argon2id (RFC 9106 §4; 46 MiB, one pass) on a bounded pool of half the cores, so
/// that sign-ins never take the machine. Compared after RFC 8265 §4.2 (OpaqueString), 8 to 1,024
/// octets; weak and leaked ones are refused when they are set. A device password is 130 random
/// bits, named, limited to doors, revocable; it is found by one SHA-256, because nobody guesses it.
///
/// A password that must be changed opens the pages alone ([Credential#mustChange]); one that the
/// service imposes is 100 random bits. What a device is for is its [Purpose].
///
/// **SCRAM** (RFC 5802, RFC 7677). Keys are kept beside the hash. The salt belongs to the account's
/// name and is derived from a secret of the store, so that names that do not exist have one too.
///
/// **Again.** A sign-in that succeeded is remembered in memory under a key of this process, so that
/// a client that connects every minute costs one SHA-256. A changed or revoked credential is
/// forgotten at once: what is remembered is only which credential to look at.
///
/// **Browsers** that are signed in are rows with the hash of a token ([WebSessions]): twelve hours
/// without a request, thirty days in all; they end with the password they were opened with.
///
/// **Guessing.** [Guessing] slows the source that guesses, never the owner: see there for the
/// numbers.
@NullMarked
package org.facteur.core.login;

import org.jspecify.annotations.NullMarked;
