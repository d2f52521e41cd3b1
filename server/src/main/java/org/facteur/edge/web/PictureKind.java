package org.facteur.edge.web;

import java.util.Arrays;
import java.util.Optional;

/// What a picture is by its first octets, whatever it was said to be.
enum PictureKind {
    PNG("image/png", 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A),
    JPEG("image/jpeg", 0xFF, 0xD8, 0xFF),
    GIF("image/gif", 'G', 'I', 'F', '8'),
    WEBP("image/webp", 'R', 'I', 'F', 'F');

    private final String type;
    private final int[] first;

    PictureKind(String type, int... first) {
        this.type = type;
        this.first = first;
    }

    /// Its media type.
    String type() {
        return type;
    }

    static Optional<PictureKind> of(byte[] octets) {
        return Arrays.stream(values())
                .filter(kind -> kind.begins(octets))
                .filter(kind -> kind != WEBP || webp(octets))
                .findFirst();
    }

    private boolean begins(byte[] octets) {
        for (int i = 0; i < first.length; i++) {
            if (i >= octets.length || (octets[i] & 0xFF) != first[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean webp(byte[] octets) {
        return octets.length > 12
                && octets[8] == 'W'
                && octets[9] == 'E'
                && octets[10] == 'B'
                && octets[11] == 'P';
    }

    /// Whether it is so small that it could only be there to be asked for.
    boolean dot(byte[] octets) {
        return switch (this) {
            case PNG -> octets.length >= 24 && number(octets, 16) <= 2 && number(octets, 20) <= 2;
            case GIF ->
                    octets.length >= 10
                            && (octets[6] & 0xFF) <= 2
                            && octets[7] == 0
                            && (octets[8] & 0xFF) <= 2
                            && octets[9] == 0;
            case JPEG, WEBP -> false;
        };
    }

    private static long number(byte[] octets, int at) {
        long number = 0;
        for (int i = 0; i < 4; i++) {
            number = number << 8 | (octets[at + i] & 0xFF);
        }
        return number;
    }
}
