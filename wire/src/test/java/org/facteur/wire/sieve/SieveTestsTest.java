package org.facteur.wire.sieve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.facteur.wire.address.EmailAddress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SieveTestsTest {
    private static final String MULTIPART =
            """
            From: a@example.org
            Subject: parts
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="xx"

            prologue
            --xx
            Content-Type: text/plain; charset=iso-8859-1
            Content-Transfer-Encoding: quoted-printable

            un caf=E9 noir
            --xx
            Content-Type: text/html

            <p>rich <b>words</b></p>
            --xx
            Content-Type: application/octet-stream; name="virus.exe"
            Content-Disposition: attachment; filename="virus.exe"
            Content-Transfer-Encoding: base64

            SGVsbG8=
            --xx--
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    true | true
                    not true | false
                    allof(true, not false) | true
                    allof(true, false, true) | false
                    anyof(false, false) | false
                    anyof(false, not not true) | true
                    header "subject" "i have a present for you" | true
                    header :comparator "i;octet" "subject" "i have a present for you" | false
                    header :contains ["x", "Subject"] ["no", "PRESENT"] | true
                    header :matches "subject" "* present ??? *" | true
                    header :matches "subject" "*present ???you" | false
                    header :matches "subject" "I have*you" | true
                    header :matches "subject" "*" | true
                    header :matches "missing" "*" | false
                    header :is "x-caf" "café" | true
                    header :contains "x-caf" "CAFÉ" | false
                    address "from" "coyote@desert.example.org" | true
                    address :domain "from" "DESERT.example.org" | true
                    address :localpart ["to", "cc"] "third" | true
                    address :all "cc" "third@example.net" | true
                    address :domain :is "subject" "example.org" | false
                    exists ["from", "date"] | true
                    exists ["from", "x-none"] | false
                    size :over 100 | true
                    size :over 1K | false
                    size :under 1M | true
                    header "subject" ["a", "I have a present for you"] | true
                    """)
    void basicTests(String test, boolean expected) {
        assertThat(Sieving.holds("", test)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "envelope" | envelope :all :is "from" "coyote@desert.example.org" | true
                    "envelope" | envelope :domain "to" "acme.example.com" | true
                    "envelope","subaddress" | envelope :detail "to" "bird" | true
                    "envelope","subaddress" | envelope :user "to" "roadrunner" | true
                    "subaddress" | address :detail "from" "" | false
                    "relational","comparator-i;ascii-numeric" | address :count "ge" :comparator "i;ascii-numeric" ["to", "cc"] "3" | true
                    "relational","comparator-i;ascii-numeric" | header :count "eq" :comparator "i;ascii-numeric" "received" "1" | true
                    "relational" | header :value "lt" "subject" "J" | true
                    "relational","comparator-i;ascii-numeric" | header :value "gt" :comparator "i;ascii-numeric" "subject" "99" | true
                    "comparator-i;unicode-casemap" | header :contains :comparator "i;unicode-casemap" "x-caf" "CAFÉ" | true
                    "comparator-i;unicode-casemap" | header :matches :comparator "i;unicode-casemap" "x-caf" "C*É" | true
                    "encoded-character" | header :contains "subject" "${hex: 70 72}esent" | true
                    "encoded-character" | header :is "x-caf" "caf${unicode: e9}" | true
                    "encoded-character" | header :contains "subject" "${hex:7}" | false
                    "index" | header :index 1 :contains "received" "a.example" | true
                    "index" | header :index 2 :contains "received" "a.example" | false
                    "index" | header :index 1 :last :contains "received" "a.example" | true
                    "date" | date :originalzone "date" "hour" "09" | true
                    "date" | date :zone "+0000" "date" "hour" "17" | true
                    "date" | date "date" "hour" "19" | true
                    "date" | date :originalzone "received" "date" "2025-11-21" | true
                    "date" | date :originalzone "date" "weekday" "2" | true
                    "date" | date :originalzone "date" "julian" "50539" | true
                    "date" | date :originalzone "date" "zone" "-0800" | true
                    "date" | date :originalzone "date" "iso8601" "1997-04-01T09:06:31-08:00" | true
                    "date" | date :originalzone "date" "std11" "Tue, 1 Apr 1997 09:06:31 -0800" | true
                    "date" | date "subject" "year" "1997" | false
                    "date","relational" | currentdate :value "ge" "date" "2026-02-03" | true
                    "date" | currentdate :zone "-0500" "day" "02" | true
                    "date" | currentdate "time" "04:05:06" | true
                    "body" | body :raw :contains "anvil" | true
                    "body" | body :text :contains "ANVIL" | true
                    "body" | body :content "text" :matches "*sorry*" | true
                    "body" | body :content "image" :contains "anvil" | false
                    "variables" | string :is "${unset}" "" | true
                    "variables","relational","comparator-i;ascii-numeric" | string :count "eq" :comparator "i;ascii-numeric" ["a", "", "b"] "2" | true
                    "environment" | environment "name" "x" | false
                    "spamtest" | spamtest "0" | true
                    "virustest" | virustest "0" | true
                    "ihave" | ihave ["fileinto", "envelope"] | true
                    "ihave" | ihave "no-such-thing" | false
                    "mailbox" | mailboxexists "INBOX" | false
                    "mboxmetadata" | metadata "INBOX" "/private/comment" "x" | false
                    "mboxmetadata" | metadataexists "INBOX" "/private/comment" | false
                    "servermetadata" | servermetadata "/shared/comment" "x" | false
                    "servermetadata" | servermetadataexists "/shared/comment" | false
                    "enotify" | valid_notify_method ["mailto:a@example.org"] | true
                    "enotify" | valid_notify_method ["mailto:a@example.org", "tel:1"] | false
                    "enotify" | notify_method_capability "mailto:a@example.org" "online" "maybe" | true
                    "extlists" | valid_ext_list "x" | false
                    """)
    void testsOfExtensions(String requires, String test, boolean expected) {
        assertThat(Sieving.holds(requires, test)).as(test).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "body" | body :text :contains "café noir" | true
                    "body" | body :text :contains "rich words" | true
                    "body" | body :content "text/html" :contains "<b>words" | true
                    "body" | body :content "application" :is "Hello" | true
                    "body" | body :content "multipart" :contains "prologue" | true
                    "body" | body :content "text/" :contains "words" | false
                    "body" | body :raw :contains "caf=E9" | true
                    "mime" | header :mime :type "content-type" "multipart" | true
                    "mime" | header :mime :anychild :contenttype "content-type" "text/html" | true
                    "mime" | header :mime :anychild :subtype "content-type" "octet-stream" | true
                    "mime" | header :mime :anychild :param "filename" "content-disposition" "virus.exe" | true
                    "mime" | header :mime :contenttype "content-type" "text/html" | false
                    "mime" | exists :mime :anychild "content-disposition" | true
                    "mime" | exists "content-disposition" | false
                    """)
    void testsOfParts(String requires, String test, boolean expected) {
        assertThat(Sieving.holds(requires, test, MULTIPART)).as(test).isEqualTo(expected);
    }

    @Test
    void surroundingsAreAsked() {
        SieveSurroundings around =
                new SieveSurroundings() {
                    @Override
                    public Map<String, String> environment() {
                        return Map.of("name", "Facteur");
                    }

                    @Override
                    public OptionalInt spamPercent() {
                        return OptionalInt.of(80);
                    }

                    @Override
                    public boolean mailboxExists(String name) {
                        return name.equals("Lists");
                    }

                    @Override
                    public Optional<String> metadata(@Nullable String mailbox, String name) {
                        return name.equals("/private/comment")
                                ? Optional.of(mailbox == null ? "mine" : "of " + mailbox)
                                : Optional.empty();
                    }

                    @Override
                    public Optional<List<EmailAddress>> list(String name) {
                        return Optional.of(List.of(EmailAddress.parse("Third@example.net")));
                    }
                };
        String script =
                """
                require ["environment", "spamtestplus", "mailbox", "extlists", "relational",
                    "mboxmetadata", "servermetadata",
                    "comparator-i;ascii-numeric", "fileinto"];
                if allof(
                    environment :contains "name" "fact",
                    spamtest "8",
                    spamtest :percent :value "ge" :comparator "i;ascii-numeric" "80",
                    mailboxexists "Lists",
                    metadata :contains "Lists" "/private/comment" "of L",
                    metadataexists "Lists" "/private/comment",
                    not metadataexists "Lists" ["/private/comment", "/private/other"],
                    servermetadata "/private/comment" "mine",
                    servermetadataexists "/private/comment",
                    not mailboxexists ["Lists", "Other"],
                    address :list "cc" "tag:friends",
                    valid_ext_list "tag:friends") {
                  fileinto "Lists";
                }
                """;
        assertThat(Sieving.run(script, Sieving.LETTER, around).actions())
                .extracting(Sieving::word)
                .containsExactly("fileinto Lists");
    }

    @Test
    void whatWasSeenIsADuplicateAndTheRestIsRemembered() {
        SieveSurroundings around =
                new SieveSurroundings() {
                    @Override
                    public boolean seen(String key) {
                        return key.endsWith("old");
                    }
                };
        String script =
                """
                require ["duplicate", "imap4flags"];
                if duplicate { addflag "one"; }
                if duplicate :uniqueid "old" { addflag "two"; }
                if duplicate :uniqueid "old" :last { addflag "three"; }
                if duplicate :header "x-none" { addflag "four"; }
                """;
        assertThat(Sieving.run(script, Sieving.LETTER, around).actions())
                .extracting(Sieving::word)
                .containsExactly(
                        "implicit keep [two, three]",
                        "remember h\n<present@desert.example.org>",
                        "remember u\nold");
    }
}
