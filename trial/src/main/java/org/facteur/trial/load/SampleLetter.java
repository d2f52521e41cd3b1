package org.facteur.trial.load;

import java.nio.charset.StandardCharsets;

/// A letter of a wanted size: the headers of an ordinary one, then lines of text.
final class SampleLetter {
    private static final String LINE =
            "The lantern under the arbour burned low while they read the letters aloud.\r\n";

    private SampleLetter() {}

    /// @param number makes the letter differ from every other
    /// @param octets about how large; at least the size of the headers
    static byte[] make(long number, int octets) {
        StringBuilder letter = new StringBuilder(octets + LINE.length());
        letter.append("From: Friend <friend@example.net>\r\nTo: Reader <reader@example.org>\r\n")
                .append("Subject: Letter number ")
                .append(number)
                .append(" of a long correspondence\r\n")
                .append("Date: Sun, 22 Nov 2026 10:00:00 +0000\r\nMessage-ID: <")
                .append(number)
                .append(".load@example.net>\r\nMIME-Version: 1.0\r\n")
                .append("Content-Type: text/plain; charset=utf-8\r\n")
                .append("Content-Transfer-Encoding: 7bit\r\nUser-Agent: load\r\n\r\n");
        while (letter.length() < octets) {
            letter.append(LINE);
        }
        return letter.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// The same with the dot that ends it on the wire; no line of it begins with one.
    static byte[] stuffed(long number, int octets) {
        byte[] letter = make(number, octets);
        byte[] whole = new byte[letter.length + 3];
        System.arraycopy(letter, 0, whole, 0, letter.length);
        whole[letter.length] = '.';
        whole[letter.length + 1] = '\r';
        whole[letter.length + 2] = '\n';
        return whole;
    }
}
