/// Micro-benchmarks (JMH) of the grammars, the letter index and the store. Run by `facteur bench
/// --jmh`; figures are in `docs/benchmarks.md`.
@NullMarked
package org.facteur.trial.micro;

import org.jspecify.annotations.NullMarked;
