package org.facteur.wire.imap;

import org.jspecify.annotations.Nullable;

/// One thing a client or server says about itself in ID (RFC 2971 §3.3).
///
/// @param name such as `name`, `version`, `vendor`
/// @param value null for NIL
public record IdField(String name, @Nullable String value) {}
