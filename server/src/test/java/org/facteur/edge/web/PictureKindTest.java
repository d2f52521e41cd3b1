package org.facteur.edge.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// Pictures are what their octets say.
class PictureKindTest {
    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    @Test
    void theFirstOctetsDecide() {
        assertThat(PictureKind.of(octets("89504e470d0a1a0a 0000000d 49484452")))
                .contains(PictureKind.PNG);
        assertThat(PictureKind.of(octets("ffd8ffe0"))).contains(PictureKind.JPEG);
        assertThat(PictureKind.of("GIF89a".getBytes(StandardCharsets.US_ASCII)))
                .contains(PictureKind.GIF);
        assertThat(PictureKind.of("RIFF....WEBPVP8 ".getBytes(StandardCharsets.US_ASCII)))
                .contains(PictureKind.WEBP);
    }

    @Test
    void nothingElseIsAPicture() {
        for (String text :
                new String[] {"", "<svg/>", "RIFF....WAVE", "%PDF-1.7", "<html>", "GI"}) {
            assertThat(PictureKind.of(text.getBytes(StandardCharsets.US_ASCII))).isEmpty();
        }
    }

    @Test
    void dotsAreKnown() {
        assertThat(
                        PictureKind.PNG.dot(
                                octets("89504e470d0a1a0a0000000d49484452 00000001 00000001")))
                .isTrue();
        assertThat(
                        PictureKind.PNG.dot(
                                octets("89504e470d0a1a0a0000000d49484452 00000140 00000001")))
                .isFalse();
        assertThat(PictureKind.GIF.dot(octets("474946383961 0100 0100"))).isTrue();
        assertThat(PictureKind.GIF.dot(octets("474946383961 0101 0100"))).isFalse();
    }
}
