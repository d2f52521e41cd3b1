package org.facteur.wire.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.Set;
import org.facteur.wire.address.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DkimTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    private static final String LETTER =
            """
            From: Ada <ada@example.org>
            To: bob@example.net
            Subject: Lunch
              at   noon
            Date: Tue, 14 Nov 2023 22:13:20 +0000
            Message-ID: <1@example.org>

            Soup  and\tbread \t

            and cheese.


            """;

    private static KeyPair pair(DkimAlgorithm algorithm) {
        try {
            boolean rsa = algorithm == DkimAlgorithm.RSA_SHA256;
            KeyPairGenerator generator = KeyPairGenerator.getInstance(rsa ? "RSA" : "Ed25519");
            if (rsa) {
                generator.initialize(2048);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static String record(DkimAlgorithm algorithm, KeyPair pair) {
        byte[] key = pair.getPublic().getEncoded();
        byte[] shown =
                algorithm == DkimAlgorithm.RSA_SHA256
                        ? key
                        : Arrays.copyOfRange(key, key.length - 32, key.length);
        return "v=DKIM1; k="
                + algorithm.keyWord()
                + "; p="
                + Base64.getEncoder().encodeToString(shown);
    }

    private record Signed(byte[] letter, Zone zone) {
        DkimResult judge() {
            return DkimTest.judge(letter, zone);
        }

        Signed changed(String from, String to) {
            String text = new String(letter, StandardCharsets.ISO_8859_1);
            assertThat(text).contains(from);
            return new Signed(text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1), zone);
        }
    }

    private static Signed signed(DkimAlgorithm algorithm, String letter) {
        KeyPair pair = pair(algorithm);
        byte[] octets = Published.crlf(letter);
        DkimSigner signer =
                new DkimSigner(Domain.parse("example.org"), "s1", algorithm, pair.getPrivate());
        byte[] field =
                signer.sign(read(octets, DkimSigner.HASHED), NOW, NOW.plus(DkimSigner.VALIDITY));
        byte[] whole = Arrays.copyOf(field, field.length + octets.length);
        System.arraycopy(octets, 0, whole, field.length, octets.length);
        return new Signed(
                whole,
                new Zone()
                        .with(
                                "s1._domainkey.example.org",
                                DnsLookup.Kind.TXT,
                                record(algorithm, pair)));
    }

    private static SignedLetter read(byte[] octets, Set<Canonicalization> always) {
        SignedLetter.Reader reader = new SignedLetter.Reader(512_000, always);
        reader.accept(octets, 0, octets.length);
        return reader.finish();
    }

    private static DkimResult judge(byte[] letter, Zone zone) {
        return new DkimVerifier(read(letter, Set.of()), zone, NOW).judge(0);
    }

    @ParameterizedTest
    @EnumSource(DkimAlgorithm.class)
    void whatIsSignedHereHolds(DkimAlgorithm algorithm) {
        DkimResult result = signed(algorithm, LETTER).judge();
        assertThat(result.why()).isEmpty();
        assertThat(result.code()).isEqualTo(AuthCode.PASS);
        assertThat(result.domain()).isEqualTo("example.org");
        assertThat(result.selector()).isEqualTo("s1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "x", "x\n", " \n \n", "x\n\n\n\n"})
    void aBodyOfAnyEndHolds(String body) {
        assertThat(
                        signed(
                                        DkimAlgorithm.ED25519_SHA256,
                                        "From: a@example.org\nSubject: s\n\n" + body)
                                .judge()
                                .code())
                .isEqualTo(AuthCode.PASS);
    }

    @Test
    void blanksAndFoldsMayChangeOnTheWay() {
        Signed signed = signed(DkimAlgorithm.ED25519_SHA256, LETTER);
        assertThat(signed.changed("Lunch\r\n  at   noon", "Lunch at noon").judge().code())
                .isEqualTo(AuthCode.PASS);
        assertThat(signed.changed("and\tbread \t\r\n", "and bread\r\n").judge().code())
                .isEqualTo(AuthCode.PASS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: Eve <eve@example.org>",
                "Subject: Dinner",
                "To: eve@example.net",
                "Reply-To: eve@example.net",
                "Content-Type: text/html",
                "Cc: all@example.net",
                "Date: Tue, 14 Nov 2023 22:13:20 +0000"
            })
    void addedFieldsBreakIt(String field) {
        Signed signed = signed(DkimAlgorithm.ED25519_SHA256, LETTER);
        assertThat(signed.changed("From: Ada", field + "\r\nFrom: Ada").judge().code())
                .isEqualTo(AuthCode.FAIL);
    }

    @Test
    void aChangedBodyOrHeaderOrTimeBreaksIt() {
        Signed signed = signed(DkimAlgorithm.RSA_SHA256, LETTER);
        assertThat(signed.changed("cheese", "wine").judge().why()).contains("body");
        assertThat(signed.changed("noon", "night").judge().why()).contains("header");
        assertThat(signed.changed("t=1700000000", "t=1700000001").judge().code())
                .isEqualTo(AuthCode.FAIL);
    }

    @Test
    void whatHasExpiredOrNotBegunFails() {
        Signed signed = signed(DkimAlgorithm.ED25519_SHA256, LETTER);
        SignedLetter letter = read(signed.letter(), Set.of());
        Instant late = NOW.plus(DkimSigner.VALIDITY).plusSeconds(1);
        assertThat(new DkimVerifier(letter, signed.zone(), late).judge(0).why())
                .contains("expired");
        assertThat(new DkimVerifier(letter, signed.zone(), NOW.minusSeconds(7200)).judge(0).code())
                .isEqualTo(AuthCode.FAIL);
    }

    @Test
    void aPartlySignedBodyIsNotReliedOn() {
        Signed signed = signed(DkimAlgorithm.ED25519_SHA256, LETTER);
        assertThat(signed.changed("c=relaxed/relaxed;", "c=relaxed/relaxed; l=4;").judge().code())
                .isEqualTo(AuthCode.POLICY);
        assertThat(
                        signed.changed("c=relaxed/relaxed;", "c=relaxed/relaxed; l=400000;")
                                .judge()
                                .code())
                .isEqualTo(AuthCode.FAIL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v=2",
                "v=1; v=1",
                "v=1; a=rsa-sha1",
                "v=1; i=@elsewhere.net",
                "v=1; q=http",
                "v=1;;",
                "v=1; x=1"
            })
    void signaturesThatSayNonsenseAreErrors(String start) {
        Signed signed = signed(DkimAlgorithm.ED25519_SHA256, LETTER);
        assertThat(signed.changed("v=1", start).judge().code())
                .isIn(AuthCode.PERMERROR, AuthCode.FAIL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v=DKIM1; p=",
                "v=DKIM2; p=AAAA",
                "v=DKIM1; k=ed25519; p=AAAA",
                "p=AAAA",
                "v=DKIM1; h=sha1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
                "v=DKIM1; s=other; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
            })
    void keysOfNoUseAreErrors(String record) {
        Signed signed = signed(DkimAlgorithm.ED25519_SHA256, LETTER);
        Zone zone = new Zone().with("s1._domainkey.example.org", DnsLookup.Kind.TXT, record);
        assertThat(judge(signed.letter(), zone).code()).isEqualTo(AuthCode.PERMERROR);
    }

    @Test
    void silentNameServersAreNobodysFault() {
        Signed signed = signed(DkimAlgorithm.ED25519_SHA256, LETTER);
        Zone zone = new Zone().silent("s1._domainkey.example.org");
        assertThat(judge(signed.letter(), zone).code()).isEqualTo(AuthCode.TEMPERROR);
        assertThat(judge(signed.letter(), new Zone()).code()).isEqualTo(AuthCode.PERMERROR);
    }

    @Test
    void aStrictKeyIsForTheDomainAlone() {
        KeyPair pair = pair(DkimAlgorithm.ED25519_SHA256);
        String record = record(DkimAlgorithm.ED25519_SHA256, pair);
        Signed signed = signed(DkimAlgorithm.ED25519_SHA256, LETTER);
        Zone zone =
                new Zone()
                        .with(
                                "s1._domainkey.example.org",
                                DnsLookup.Kind.TXT,
                                record.replace("; p=", "; t=s; p="));
        Signed other = signed.changed("c=relaxed", "i=@sub.example.org; c=relaxed");
        assertThat(judge(other.letter(), zone).why()).contains("d= alone");
    }

    @Test
    void onlyTheFirstTenSignaturesAreLookedAt() {
        String many = "DKIM-Signature: v=1\r\n".repeat(100) + "From: a@example.org\r\n\r\n";
        assertThat(read(many.getBytes(StandardCharsets.US_ASCII), Set.of()).signatures())
                .isEqualTo(10);
    }

    @Test
    void aTooLargeHeaderCountsAsUnsigned() {
        byte[] letter = signed(DkimAlgorithm.ED25519_SHA256, LETTER).letter();
        SignedLetter.Reader reader = new SignedLetter.Reader(100, Set.of());
        reader.accept(letter, 0, letter.length);
        assertThat(reader.finish().signatures()).isZero();
    }

    @Test
    void piecesMakeNoDifference() {
        Signed signed = signed(DkimAlgorithm.RSA_SHA256, LETTER);
        byte[] octets = signed.letter();
        long seed = Long.getLong("facteur.seed", 20231114);
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            SignedLetter.Reader reader = new SignedLetter.Reader(512_000, Set.of());
            int at = 0;
            while (at < octets.length) {
                int more = round == 0 ? 1 : Math.min(octets.length - at, 1 + random.nextInt(90));
                reader.accept(octets, at, more);
                at += more;
            }
            assertThat(new DkimVerifier(reader.finish(), signed.zone(), NOW).judge(0).code())
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(AuthCode.PASS);
        }
    }

    /// The letter of RFC 8463 §A, signed by others with both algorithms.
    @Test
    void theExampleOfTheStandardHolds() {
        String letter =
                """
                DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
                 d=football.example.com; i=@football.example.com;
                 q=dns/txt; s=brisbane; t=1528637909; h=from : to :
                 subject : date : message-id : from : subject : date;
                 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
                 b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
                 Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
                DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
                 d=football.example.com; i=@football.example.com;
                 q=dns/txt; s=test; t=1528637909; h=from : to : subject :
                 date : message-id : from : subject : date;
                 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
                 b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
                 DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
                 dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=
                From: Joe SixPack <joe@football.example.com>
                To: Suzie Q <suzie@shopping.example.net>
                Subject: Is dinner ready?
                Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
                Message-ID: <20030712040037.46341.5F8J@football.example.com>

                Hi.

                We lost the game.  Are you hungry yet?

                Joe.
                """;
        Zone zone =
                new Zone()
                        .with(
                                "brisbane._domainkey.football.example.com",
                                DnsLookup.Kind.TXT,
                                "v=DKIM1; k=ed25519;"
                                        + " p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")
                        .with(
                                "test._domainkey.football.example.com",
                                DnsLookup.Kind.TXT,
                                "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTz"
                                        + "WRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91"
                                        + "y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZy"
                                        + "VYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB");
        DkimVerifier verifier = new DkimVerifier(read(Published.crlf(letter), Set.of()), zone, NOW);
        assertThat(verifier.judge(0).code()).isEqualTo(AuthCode.PASS);
        assertThat(verifier.judge(1).code()).isEqualTo(AuthCode.PASS);
    }

    /// Letters of Stalwart's collection: a line per key, a blank line, the letter.
    @ParameterizedTest
    @ValueSource(strings = {"002", "003", "004"})
    void publishedLettersHold(String number) {
        if (!Published.present()) {
            return;
        }
        String text =
                new String(
                        Published.letter("mail-auth/resources/dkim/" + number + ".txt"),
                        StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        Zone zone = new Zone();
        for (String line : text.substring(0, end).lines().toList()) {
            int blank = line.indexOf(' ');
            zone.with(
                    line.substring(0, blank),
                    DnsLookup.Kind.TXT,
                    line.substring(blank + 1).strip());
        }
        SignedLetter letter =
                read(text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1), Set.of());
        assertThat(letter.signatures()).isPositive();
        for (int i = 0; i < letter.signatures(); i++) {
            assertThat(new DkimVerifier(letter, zone, NOW).judge(i).why()).isEmpty();
        }
    }
}
