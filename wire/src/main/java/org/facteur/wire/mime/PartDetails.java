package org.facteur.wire.mime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a part's header says beside its type.
///
/// @param disposition null where there is none
/// @param contentId with its angle brackets, as written
/// @param description decoded
/// @param md5 as written
/// @param languages tags as written
/// @param location as written, blanks removed
public record PartDetails(
        @Nullable Disposition disposition,
        TransferEncoding encoding,
        @Nullable String contentId,
        @Nullable String description,
        @Nullable String md5,
        List<String> languages,
        @Nullable String location) {
    static final PartDetails NONE =
            new PartDetails(null, TransferEncoding.SEVEN_BIT, null, null, null, List.of(), null);

    public PartDetails {
        languages = List.copyOf(languages);
    }
}
