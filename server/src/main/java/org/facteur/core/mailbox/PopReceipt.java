package org.facteur.core.mailbox;

import org.jspecify.annotations.Nullable;

/// What a POP device's QUIT did.
///
/// @param taken letters the device had not taken before
/// @param alarm the device's habit when it took far more than usual just now, else null
public record PopReceipt(int taken, @Nullable PopHabit alarm) {}
