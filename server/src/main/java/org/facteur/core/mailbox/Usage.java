package org.facteur.core.mailbox;

import org.facteur.core.account.Quota;

/// What an account holds of what it may hold.
///
/// @param bytes sizes of all its letters, copies counted
/// @param letters how many, copies counted
public record Usage(long bytes, long letters, Quota quota) {}
