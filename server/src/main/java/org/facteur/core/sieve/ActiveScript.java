package org.facteur.core.sieve;

import org.facteur.wire.sieve.SieveCompilation;

/// What is done with letters that arrive in an account.
public sealed interface ActiveScript {
    /// Nothing: they go into the inbox.
    record None() implements ActiveScript {}

    /// A script, which may be faulty when rules have changed since it was put.
    record Some(ScriptName name, SieveCompilation compilation) implements ActiveScript {}
}
