package org.facteur.wire.imap;

/// What a server can announce, with its source. Which of them it does announce, and when, is the
/// session's business.
public enum ImapCapability {
    IMAP4REV2("IMAP4rev2", "RFC 9051"),
    IMAP4REV1("IMAP4rev1", "RFC 3501"),
    STARTTLS("STARTTLS", "RFC 9051"),
    LOGINDISABLED("LOGINDISABLED", "RFC 9051"),
    AUTH_PLAIN("AUTH=PLAIN", "RFC 4616"),
    AUTH_LOGIN("AUTH=LOGIN", "a mechanism without a standard, for Outlook"),
    AUTH_SCRAM_SHA_256("AUTH=SCRAM-SHA-256", "RFC 7677"),
    AUTH_SCRAM_SHA_256_PLUS("AUTH=SCRAM-SHA-256-PLUS", "RFC 7677"),
    AUTH_XOAUTH2("AUTH=XOAUTH2", "a mechanism without a standard, before RFC 7628"),
    AUTH_OAUTHBEARER("AUTH=OAUTHBEARER", "RFC 7628"),
    SASL_IR("SASL-IR", "RFC 4959"),
    LITERAL_PLUS("LITERAL+", "RFC 7888"),
    LITERAL_MINUS("LITERAL-", "RFC 7888"),
    IDLE("IDLE", "RFC 2177"),
    UIDPLUS("UIDPLUS", "RFC 4315"),
    MOVE("MOVE", "RFC 6851"),
    SPECIAL_USE("SPECIAL-USE", "RFC 6154"),
    CREATE_SPECIAL_USE("CREATE-SPECIAL-USE", "RFC 6154"),
    NAMESPACE("NAMESPACE", "RFC 2342"),
    ID("ID", "RFC 2971"),
    UNSELECT("UNSELECT", "RFC 3691"),
    ENABLE("ENABLE", "RFC 5161"),
    ESEARCH("ESEARCH", "RFC 4731"),
    SEARCHRES("SEARCHRES", "RFC 5182"),
    LIST_EXTENDED("LIST-EXTENDED", "RFC 5258"),
    LIST_STATUS("LIST-STATUS", "RFC 5819"),
    STATUS_SIZE("STATUS=SIZE", "RFC 8438"),
    CHILDREN("CHILDREN", "RFC 3348"),
    CONDSTORE("CONDSTORE", "RFC 7162"),
    QRESYNC("QRESYNC", "RFC 7162"),
    BINARY("BINARY", "RFC 3516"),
    OBJECTID("OBJECTID", "RFC 8474"),
    SAVEDATE("SAVEDATE", "RFC 8514"),
    PREVIEW("PREVIEW", "RFC 8970"),
    WITHIN("WITHIN", "RFC 5032"),
    UNAUTHENTICATE("UNAUTHENTICATE", "RFC 8437"),
    QUOTA("QUOTA", "RFC 9208"),
    QUOTA_RES_STORAGE("QUOTA=RES-STORAGE", "RFC 9208"),
    QUOTA_RES_MESSAGE("QUOTA=RES-MESSAGE", "RFC 9208"),
    MULTIAPPEND("MULTIAPPEND", "RFC 3502"),
    UTF8_ACCEPT("UTF8=ACCEPT", "RFC 9755"),
    SORT("SORT", "RFC 5256"),
    SORT_DISPLAY("SORT=DISPLAY", "RFC 5957"),
    ESORT("ESORT", "RFC 5267"),
    THREAD_ORDEREDSUBJECT("THREAD=ORDEREDSUBJECT", "RFC 5256"),
    THREAD_REFERENCES("THREAD=REFERENCES", "RFC 5256"),
    PARTIAL("PARTIAL", "RFC 9394"),
    NOTIFY("NOTIFY", "RFC 5465"),
    REPLACE("REPLACE", "RFC 8508"),
    UIDONLY("UIDONLY", "RFC 9586"),
    INPROGRESS("INPROGRESS", "RFC 9585"),
    MULTISEARCH("MULTISEARCH", "RFC 7377"),
    UIDBATCHES("UIDBATCHES", "RFC 10022"),
    ACL("ACL", "RFC 4314"),
    RIGHTS("RIGHTS=kxte", "RFC 4314"),
    LIST_MYRIGHTS("LIST-MYRIGHTS", "RFC 8440"),
    METADATA("METADATA", "RFC 5464"),
    LIST_METADATA("LIST-METADATA", "RFC 9590"),
    SEARCH_FUZZY("SEARCH=FUZZY", "RFC 6203"),
    JMAPACCESS("JMAPACCESS", "RFC 9698"),
    COMPRESS_DEFLATE("COMPRESS=DEFLATE", "RFC 4978");

    private final String keyword;
    private final String source;

    ImapCapability(String keyword, String source) {
        this.keyword = keyword;
        this.source = source;
    }

    /// As on the wire.
    public String keyword() {
        return keyword;
    }

    /// Where it is defined.
    public String source() {
        return source;
    }
}
