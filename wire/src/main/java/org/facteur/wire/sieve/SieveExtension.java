package org.facteur.wire.sieve;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What a script can ask for with `require`.
public enum SieveExtension {
    /// RFC 5228 §2.4.2.4
    ENCODED_CHARACTER("encoded-character"),
    /// RFC 5228 §5.4
    ENVELOPE("envelope"),
    /// RFC 5228 §4.1
    FILEINTO("fileinto"),
    /// RFC 5228 §2.7.3; needs no `require`, and may have one
    COMPARATOR_OCTET("comparator-i;octet"),
    COMPARATOR_ASCII_CASEMAP("comparator-i;ascii-casemap"),
    /// RFC 4790 §9.1
    COMPARATOR_ASCII_NUMERIC("comparator-i;ascii-numeric"),
    /// RFC 5051
    COMPARATOR_UNICODE_CASEMAP("comparator-i;unicode-casemap"),
    /// RFC 3894
    COPY("copy"),
    /// RFC 5173
    BODY("body"),
    /// RFC 5183
    ENVIRONMENT("environment"),
    /// RFC 5229
    VARIABLES("variables"),
    /// RFC 5230
    VACATION("vacation"),
    /// RFC 6131
    VACATION_SECONDS("vacation-seconds"),
    /// RFC 5231
    RELATIONAL("relational"),
    /// RFC 5232
    IMAP4FLAGS("imap4flags"),
    /// RFC 5233
    SUBADDRESS("subaddress"),
    /// RFC 5235
    SPAMTEST("spamtest"),
    SPAMTESTPLUS("spamtestplus"),
    VIRUSTEST("virustest"),
    /// RFC 5260
    DATE("date"),
    INDEX("index"),
    /// RFC 5293
    EDITHEADER("editheader"),
    /// RFC 5429
    REJECT("reject"),
    EREJECT("ereject"),
    /// RFC 5435, RFC 5436
    ENOTIFY("enotify"),
    /// RFC 5463
    IHAVE("ihave"),
    /// RFC 5490
    MAILBOX("mailbox"),
    MBOXMETADATA("mboxmetadata"),
    SERVERMETADATA("servermetadata"),
    /// RFC 5703
    FOREVERYPART("foreverypart"),
    MIME("mime"),
    EXTRACTTEXT("extracttext"),
    REPLACE("replace"),
    ENCLOSE("enclose"),
    /// RFC 6134; not announced as long as there are no lists
    EXTLISTS("extlists"),
    /// RFC 6609
    INCLUDE("include"),
    /// RFC 7352
    DUPLICATE("duplicate"),
    /// RFC 8579
    SPECIAL_USE("special-use"),
    /// RFC 8580
    FCC("fcc"),
    /// RFC 9042
    MAILBOXID("mailboxid");

    private final String keyword;

    SieveExtension(String keyword) {
        this.keyword = keyword;
    }

    /// As `require` has it.
    public String keyword() {
        return keyword;
    }

    /// @param keyword as written; case counts
    public static Optional<SieveExtension> find(String keyword) {
        return Arrays.stream(values()).filter(each -> each.keyword.equals(keyword)).findFirst();
    }

    /// What ManageSieve announces (RFC 5804 §1.7): all but what needs no `require` or has nothing
    /// to work on yet.
    public static List<String> announced() {
        return Arrays.stream(values())
                .filter(each -> each != COMPARATOR_OCTET && each != COMPARATOR_ASCII_CASEMAP)
                .filter(each -> each != EXTLISTS)
                .map(SieveExtension::keyword)
                .toList();
    }
}
