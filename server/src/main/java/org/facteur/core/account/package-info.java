/// Domains, people, aliases and groups: who receives at an address, and who may write as one.
///
/// **Entry point.** [Directory], over the partition [org.facteur.store.kv.PartitionId#DIRECTORY].
///
/// **Addresses.** Two spellings reach the same box when their *compared form* is equal:
/// compatibility letters folded (NFKC), lower case, separators the domain ignores left out. What
/// follows the domain's tag separator (`name+tag`) is left out where the whole has no box of its
/// own (RFC 5233 calls it detail). A domain alias is another name of a whole domain.
///
/// **Resolution.** [Directory#resolve] follows aliases and groups to accounts and to addresses
/// outside. Loops are refused when they are made and harmless when they arise between domains.
///
/// **Names.** What a stranger wishes for at sign-up is folded and bounded by [SignUpRules]; an
/// address that looks like one that is taken is refused unless it is meant ([NewAccount]). A group
/// may be closed to strangers, or to all but its members ([Alias.Writers]).
///
/// **Always answered.** `postmaster` and `abuse` of every domain reach its steward (RFC 5321
/// §4.5.1, RFC 2142 §4).
@NullMarked
package org.facteur.core.account;

import org.jspecify.annotations.NullMarked;
