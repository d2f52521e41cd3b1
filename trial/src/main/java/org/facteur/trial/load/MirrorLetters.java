package org.facteur.trial.load;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.SplittableRandom;

/// The letters of a large box, each made from its number alone: some 2,000 correspondents,
/// conversations of four letters, words as rare as in real language, plain text, alternatives with
/// HTML, attachments. About 5 kB each. Any thread.
final class MirrorLetters {
    private static final long SEED = 0x0FAC7E02L;
    private static final int WORDS = 20_000;
    private static final int PEOPLE = 2_000;
    private static final int THREAD = 4;
    private static final long FIRST_SECOND = 1_600_000_000L;
    private static final long SECONDS_APART = 1_500;
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT);
    private static final String[] SYLLABLES = {
        "ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo", "cha",
        "pre", "tri", "clo", "blu", "gra", "ten", "mar", "lis", "ron", "sur", "pha", "ther", "ques"
    };

    private final String[] words = new String[WORDS];
    private final double logWords = Math.log(WORDS);

    MirrorLetters() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < WORDS; i++) {
            StringBuilder word = new StringBuilder();
            int syllables = 1 + Math.min(4, i < 200 ? 0 : random.nextInt(1, 4));
            for (int s = 0; s < syllables; s++) {
                word.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
            }
            words[i] = word.toString();
        }
    }

    /// A word by its rank; the later the rarer.
    String word(int rank) {
        return words[rank];
    }

    /// Part of the name of somebody who wrote about a two-thousandth of the letters.
    static String somebody() {
        return name(7);
    }

    private static String name(int person) {
        return SYLLABLES[person % SYLLABLES.length]
                + SYLLABLES[(person / SYLLABLES.length) % SYLLABLES.length]
                + "n"
                + person;
    }

    /// @param number from 0
    byte[] letter(long number) {
        SplittableRandom random = new SplittableRandom(SEED ^ (number * 0x9E3779B97F4A7C15L));
        StringBuilder letter = new StringBuilder(8_000);
        header(letter, number, random);
        int kind = random.nextInt(10);
        if (kind < 6) {
            letter.append("Content-Type: text/plain; charset=utf-8\r\n\r\n");
            text(letter, random, 300 + random.nextInt(400));
        } else if (kind < 9) {
            alternative(letter, random, "=_a" + number);
        } else {
            attached(letter, random, "=_m" + number);
        }
        return letter.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void header(StringBuilder letter, long number, SplittableRandom random) {
        int from = random.nextInt(PEOPLE);
        int to = random.nextInt(PEOPLE);
        long thread = number / THREAD;
        int place = (int) (number % THREAD);
        Instant sent =
                Instant.ofEpochSecond(
                        FIRST_SECOND + number * SECONDS_APART + random.nextInt(200_000));
        letter.append("Return-Path: <").append(name(from)).append("@example.net>\r\n");
        letter.append("Received: from relay.example.net (relay.example.net [192.0.2.7])\r\n")
                .append("\tby mail.example.org with ESMTPS id ")
                .append(Long.toString(random.nextLong(1L << 60), Character.MAX_RADIX))
                .append(";\r\n\t")
                .append(DATE.format(sent.atOffset(ZoneOffset.UTC)))
                .append("\r\n");
        letter.append("From: ")
                .append(words[from])
                .append(' ')
                .append(name(from))
                .append(" <")
                .append(name(from))
                .append("@example.net>\r\nTo: Reader <box0@example.org>, ")
                .append(name(to))
                .append("@example.org\r\nSubject: ")
                .append(place == 0 ? "" : "Re: ");
        SplittableRandom topic = new SplittableRandom(SEED ^ (thread * 0xD1B54A32D192ED03L));
        int length = 3 + topic.nextInt(5);
        for (int i = 0; i < length; i++) {
            letter.append(i == 0 ? "" : " ").append(some(topic));
        }
        letter.append("\r\nDate: ")
                .append(DATE.format(sent.atOffset(ZoneOffset.ofHours(random.nextInt(-5, 6)))))
                .append("\r\nMessage-ID: <")
                .append(id(number))
                .append(">\r\n");
        if (place > 0) {
            letter.append("In-Reply-To: <").append(id(number - 1)).append(">\r\nReferences:");
            for (int i = place; i > 0; i--) {
                letter.append("\r\n <").append(id(number - i)).append('>');
            }
            letter.append("\r\n");
        }
        letter.append("MIME-Version: 1.0\r\nUser-Agent: load\r\n");
    }

    private static String id(long number) {
        long mixed = number * 0x9E3779B97F4A7C15L;
        return Long.toString(mixed >>> 4, Character.MAX_RADIX) + "." + number + "@example.net";
    }

    private String some(SplittableRandom random) {
        return words[(int) Math.exp(random.nextDouble() * logWords) - 1];
    }

    private void text(StringBuilder letter, SplittableRandom random, int count) {
        int column = 0;
        for (int i = 0; i < count; i++) {
            String word = some(random);
            letter.append(word);
            column += word.length() + 1;
            if (column > 66) {
                letter.append("\r\n");
                column = 0;
            } else {
                letter.append(random.nextInt(12) == 0 ? ", " : " ");
            }
        }
        letter.append("\r\n");
    }

    private void alternative(StringBuilder letter, SplittableRandom random, String boundary) {
        letter.append("Content-Type: multipart/alternative; boundary=\"")
                .append(boundary)
                .append("\"\r\n\r\n--")
                .append(boundary)
                .append("\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n");
        SplittableRandom again = random.split();
        long seed = again.nextLong();
        int count = 150 + random.nextInt(200);
        text(letter, new SplittableRandom(seed), count);
        letter.append("\r\n--")
                .append(boundary)
                .append("\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>\r\n");
        text(letter, new SplittableRandom(seed), count);
        letter.append("</p></body></html>\r\n\r\n--").append(boundary).append("--\r\n");
    }

    private void attached(StringBuilder letter, SplittableRandom random, String boundary) {
        letter.append("Content-Type: multipart/mixed; boundary=\"")
                .append(boundary)
                .append("\"\r\n\r\n--")
                .append(boundary)
                .append("\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n");
        text(letter, random, 100);
        letter.append("\r\n--")
                .append(boundary)
                .append("\r\nContent-Type: application/pdf; name=\"page.pdf\"\r\n")
                .append("Content-Disposition: attachment; filename=\"page.pdf\"\r\n")
                .append("Content-Transfer-Encoding: base64\r\n\r\n");
        byte[] octets = new byte[6_000];
        random.nextBytes(octets);
        letter.append(Base64.getMimeEncoder(76, new byte[] {'\r', '\n'}).encodeToString(octets));
        letter.append("\r\n--").append(boundary).append("--\r\n");
    }
}
