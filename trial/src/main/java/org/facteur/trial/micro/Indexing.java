package org.facteur.trial.micro;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.facteur.wire.mime.IndexLimits;
import org.facteur.wire.mime.LetterIndex;
import org.facteur.wire.mime.LetterIndexer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The index made of a letter when it arrives: an ordinary one of 10 kB in plain text and HTML, and
/// one of 1 MB with an attachment. Fed in the pieces in which a connection brings them.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Indexing {
    private static final int PIECE = 8192;

    private final byte[] ordinary = ordinary();
    private final byte[] large = large();

    private static String header(String type) {
        return """
        Received: from mail.example.net (mail.example.net [192.0.2.1]) by mx.example.org
         with ESMTPS id 4TzG7f; Sun, 22 Nov 2026 10:00:00 +0000
        DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.net; s=2026;
         h=from:to:subject:date; bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=; b=AuUoFEfDxTDkHlLXSZ
        From: =?utf-8?Q?Ren=C3=A9e?= Friend <friend@example.net>
        To: Reader <reader@example.org>, "Second, Reader" <second@example.org>
        Subject: Re: the lantern under the arbour
        Date: Sun, 22 Nov 2026 10:00:00 +0000
        Message-ID: <1.load@example.net>
        In-Reply-To: <0.load@example.net>
        References: <a.load@example.net> <0.load@example.net>
        MIME-Version: 1.0
        Content-Type: %s; boundary="=_frontier"

        """
                .formatted(type);
    }

    private static byte[] ordinary() {
        StringBuilder letter = new StringBuilder(header("multipart/alternative"));
        letter.append("--=_frontier\nContent-Type: text/plain; charset=utf-8\n\n");
        letter.append("They read the letters aloud while the lantern burned low.\n".repeat(70));
        letter.append("--=_frontier\nContent-Type: text/html; charset=utf-8\n\n<html><body>");
        letter.append(
                "<p>They read the <b>letters</b> aloud; the lantern burned low.</p>\n".repeat(70));
        letter.append("</body></html>\n--=_frontier--\n");
        return crlf(letter);
    }

    private static byte[] large() {
        StringBuilder letter = new StringBuilder(header("multipart/mixed"));
        letter.append(
                "--=_frontier\nContent-Type: text/plain; charset=utf-8\n\nSee the picture.\n");
        letter.append("--=_frontier\nContent-Type: image/png; name=\"arbour.png\"\n");
        letter.append("Content-Transfer-Encoding: base64\n\n");
        byte[] picture = new byte[730_000];
        new Random(7).nextBytes(picture);
        letter.append(Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(picture));
        letter.append("\n--=_frontier--\n");
        return crlf(letter);
    }

    private static byte[] crlf(CharSequence letter) {
        return letter.toString().replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private static LetterIndex index(byte[] letter) {
        LetterIndexer indexer = new LetterIndexer(IndexLimits.STANDARD);
        for (int at = 0; at < letter.length; at += PIECE) {
            indexer.feed(letter, at, Math.min(PIECE, letter.length - at));
        }
        return indexer.finish();
    }

    @Benchmark
    public LetterIndex tenKilobytes() {
        return index(ordinary);
    }

    @Benchmark
    public LetterIndex oneMegabyte() {
        return index(large);
    }
}
