package org.facteur.wire.vcard;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// One card.
///
/// @param version `4.0`, `3.0`, `2.1` or whatever it says; `3.0` where it says nothing
/// @param properties without BEGIN, VERSION and END
public record Vcard(String version, List<VcardProperty> properties) {
    public Vcard {
        Objects.requireNonNull(version);
        properties = List.copyOf(properties);
    }

    /// The first property of a name.
    public Optional<VcardProperty> find(String name) {
        return properties.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
