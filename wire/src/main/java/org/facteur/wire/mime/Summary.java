package org.facteur.wire.mime;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// What people see of a letter before they open it, and what ties it to others.
///
/// @param subject decoded, without controls; empty where there is none
/// @param sentAt the Date field with its zone; null where there is none or it is hopeless
/// @param preview at most 256 characters of the first text (RFC 8970)
/// @param hasAttachment whether a reader would offer something for download
public record Summary(
        ThreadKeys threadKeys,
        String subject,
        @Nullable OffsetDateTime sentAt,
        Correspondents correspondents,
        String preview,
        boolean hasAttachment) {}
