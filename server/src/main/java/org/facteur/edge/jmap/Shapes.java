package org.facteur.edge.jmap;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The properties of objects, said once: what /get knows, and the TypeScript types the pages are
/// checked with.
final class Shapes {
    /// An object.
    ///
    /// @param properties types by name, in TypeScript
    record Shape(String name, Map<String, String> properties) {
        Set<String> names() {
            return properties.keySet();
        }

        boolean has(String property) {
            return properties.containsKey(property);
        }
    }

    static final Shape ADDRESS =
            shape(
                    "EmailAddress",
                    """
                    name: string | null
                    email: string
                    """);
    static final Shape RIGHTS =
            shape(
                    "MailboxRights",
                    """
                    mayReadItems: boolean
                    mayAddItems: boolean
                    mayRemoveItems: boolean
                    maySetSeen: boolean
                    maySetKeywords: boolean
                    mayCreateChild: boolean
                    mayRename: boolean
                    mayDelete: boolean
                    maySubmit: boolean
                    """);
    static final Shape MAILBOX =
            shape(
                    "Mailbox",
                    """
                    id: Id
                    name: string
                    parentId: Id | null
                    role: string | null
                    sortOrder: number
                    totalEmails: number
                    unreadEmails: number
                    totalThreads: number
                    unreadThreads: number
                    myRights: MailboxRights
                    isSubscribed: boolean
                    """);
    static final Shape THREAD =
            shape(
                    "Thread",
                    """
                    id: Id
                    emailIds: Id[]
                    """);
    static final Shape BODY_PART =
            shape(
                    "EmailBodyPart",
                    """
                    partId: string | null
                    blobId: Id | null
                    size: number
                    name: string | null
                    type: string
                    charset: string | null
                    disposition: string | null
                    cid: string | null
                    language: string[] | null
                    location: string | null
                    """);
    static final Shape BODY_VALUE =
            shape(
                    "EmailBodyValue",
                    """
                    value: string
                    isEncodingProblem: boolean
                    isTruncated: boolean
                    """);
    static final Shape EMAIL =
            shape(
                    "Email",
                    """
                    id: Id
                    blobId: Id
                    threadId: Id
                    mailboxIds: Record<Id, true>
                    keywords: Record<string, true>
                    size: number
                    receivedAt: UTCDate
                    messageId: string[] | null
                    inReplyTo: string[] | null
                    references: string[] | null
                    sender: EmailAddress[] | null
                    from: EmailAddress[] | null
                    to: EmailAddress[] | null
                    cc: EmailAddress[] | null
                    bcc: EmailAddress[] | null
                    replyTo: EmailAddress[] | null
                    subject: string | null
                    sentAt: string | null
                    hasAttachment: boolean
                    preview: string
                    bodyValues: Record<string, EmailBodyValue>
                    textBody: EmailBodyPart[]
                    htmlBody: EmailBodyPart[]
                    attachments: EmailBodyPart[]
                    """);
    static final Shape SNIPPET =
            shape(
                    "SearchSnippet",
                    """
                    emailId: Id
                    subject: string | null
                    preview: string | null
                    """);
    static final Shape IDENTITY =
            shape(
                    "Identity",
                    """
                    id: Id
                    name: string
                    email: string
                    replyTo: EmailAddress[] | null
                    bcc: EmailAddress[] | null
                    textSignature: string
                    htmlSignature: string
                    mayDelete: boolean
                    """);
    static final Shape ENVELOPE_ADDRESS =
            shape(
                    "EnvelopeAddress",
                    """
                    email: string
                    parameters: Record<string, string | null> | null
                    """);
    static final Shape ENVELOPE =
            shape(
                    "Envelope",
                    """
                    mailFrom: EnvelopeAddress
                    rcptTo: EnvelopeAddress[]
                    """);
    static final Shape DELIVERY_STATUS =
            shape(
                    "DeliveryStatus",
                    """
                    smtpReply: string
                    delivered: 'queued' | 'yes' | 'no' | 'unknown'
                    displayed: 'unknown' | 'yes'
                    """);
    static final Shape SUBMISSION =
            shape(
                    "EmailSubmission",
                    """
                    id: Id
                    identityId: Id
                    emailId: Id
                    threadId: Id
                    envelope: Envelope | null
                    sendAt: UTCDate
                    undoStatus: 'pending' | 'final' | 'canceled'
                    deliveryStatus: Record<string, DeliveryStatus> | null
                    dsnBlobIds: Id[]
                    mdnBlobIds: Id[]
                    """);
    static final Shape VACATION =
            shape(
                    "VacationResponse",
                    """
                    id: Id
                    isEnabled: boolean
                    fromDate: UTCDate | null
                    toDate: UTCDate | null
                    subject: string | null
                    textBody: string | null
                    htmlBody: string | null
                    """);
    static final Shape QUOTA =
            shape(
                    "Quota",
                    """
                    id: Id
                    resourceType: 'count' | 'octets'
                    used: number
                    hardLimit: number
                    warnLimit: number | null
                    softLimit: number | null
                    scope: 'account' | 'domain' | 'global'
                    name: string
                    description: string | null
                    types: string[]
                    """);
    static final Shape SNOOZE =
            shape(
                    "Snooze",
                    """
                    id: Id
                    emailId: Id
                    until: UTCDate
                    """);
    static final Shape DEVICE =
            shape(
                    "Device",
                    """
                    id: Id
                    name: string
                    protocols: ('imap' | 'pop3' | 'smtp' | 'jmap' | 'dav' | 'sieve')[]
                    created: UTCDate
                    popDelete: 'hide' | 'mark-read' | 'archive' | 'destroy'
                    """);
    static final Shape RECOVERABLE =
            shape(
                    "Recoverable",
                    """
                    id: Id
                    takenAt: UTCDate
                    deviceId: Id
                    mailboxName: string
                    receivedAt: UTCDate
                    from: EmailAddress[]
                    subject: string
                    preview: string
                    size: number
                    """);
    static final Shape BULK =
            shape(
                    "Bulk",
                    """
                    id: Id
                    state: 'running' | 'done' | 'undoing' | 'undone'
                    total: number
                    done: number
                    refused: number
                    startedAt: UTCDate
                    canUndo: boolean
                    """);
    static final Shape MDN_DISPOSITION =
            shape(
                    "MDNDisposition",
                    """
                    actionMode: 'manual-action' | 'automatic-action'
                    sendingMode: 'mdn-sent-manually' | 'mdn-sent-automatically'
                    type: 'deleted' | 'dispatched' | 'displayed' | 'processed'
                    """);
    static final Shape MDN =
            shape(
                    "MDN",
                    """
                    forEmailId: Id | null
                    subject: string | null
                    textBody: string | null
                    includeOriginalMessage: boolean
                    reportingUA: string | null
                    disposition: MDNDisposition
                    mdnGateway: string | null
                    originalRecipient: string | null
                    finalRecipient: string | null
                    originalMessageId: string | null
                    error: string[] | null
                    extensionFields: Record<string, string> | null
                    """);
    static final Shape PUSH =
            shape(
                    "PushSubscription",
                    """
                    id: Id
                    deviceClientId: string
                    verificationCode: string | null
                    expires: UTCDate
                    types: string[] | null
                    """);
    static final Shape SCRIPT =
            shape(
                    "SieveScript",
                    """
                    id: Id
                    name: string
                    blobId: Id
                    isActive: boolean
                    """);
    static final Shape ADDRESS_BOOK_RIGHTS =
            shape(
                    "AddressBookRights",
                    """
                    mayRead: boolean
                    mayWrite: boolean
                    mayShare: boolean
                    mayDelete: boolean
                    """);
    static final Shape ADDRESS_BOOK =
            shape(
                    "AddressBook",
                    """
                    id: Id
                    name: string
                    description: string | null
                    sortOrder: number
                    isDefault: boolean
                    isSubscribed: boolean
                    shareWith: null
                    myRights: AddressBookRights
                    """);
    static final Shape PERSON =
            shape(
                    "Person",
                    """
                    name: string
                    email: string
                    cardId: Id | null
                    letters: number
                    lastAt: UTCDate | null
                    """);
    static final Shape CORRESPONDENT =
            shape(
                    "Correspondent",
                    """
                    id: Id
                    email: string
                    name: string
                    letters: number
                    firstAt: UTCDate
                    lastAt: UTCDate
                    """);
    static final Shape PEOPLE_WISHES =
            shape(
                    "PeopleWishes",
                    """
                    id: Id
                    learn: boolean
                    """);

    static final Shape LABEL =
            shape(
                    "Label",
                    """
                    id: Id
                    keyword: string
                    name: string
                    color: string
                    sortOrder: number
                    """);
    static final Shape TEMPLATE =
            shape(
                    "Template",
                    """
                    id: Id
                    name: string
                    subject: string
                    textBody: string
                    htmlBody: string
                    """);

    private static final List<Shape> ALL =
            List.of(
                    ADDRESS,
                    RIGHTS,
                    MAILBOX,
                    THREAD,
                    BODY_PART,
                    BODY_VALUE,
                    EMAIL,
                    SNIPPET,
                    IDENTITY,
                    ENVELOPE_ADDRESS,
                    ENVELOPE,
                    DELIVERY_STATUS,
                    SUBMISSION,
                    VACATION,
                    QUOTA,
                    SNOOZE,
                    DEVICE,
                    RECOVERABLE,
                    BULK,
                    MDN_DISPOSITION,
                    MDN,
                    PUSH,
                    SCRIPT,
                    ADDRESS_BOOK_RIGHTS,
                    ADDRESS_BOOK,
                    PERSON,
                    CORRESPONDENT,
                    PEOPLE_WISHES,
                    LABEL,
                    TEMPLATE);

    private Shapes() {}

    private static Shape shape(String name, String lines) {
        Map<String, String> properties = new LinkedHashMap<>();
        lines.lines()
                .forEach(
                        line -> {
                            int colon = line.indexOf(": ");
                            properties.put(line.substring(0, colon), line.substring(colon + 2));
                        });
        return new Shape(name, java.util.Collections.unmodifiableMap(properties));
    }

    /// All of them as a module of TypeScript.
    static String typescript() {
        StringBuilder out = new StringBuilder();
        out.append("// Written from the server's own shapes; a test holds both together.\n");
        out.append("export type Id = string;\n");
        out.append("export type UTCDate = string;\n");
        out.append("\nexport const CAPABILITIES = {\n");
        for (Capability each : Capability.values()) {
            out.append("  ").append(each.name().toLowerCase(java.util.Locale.ROOT));
            out.append(": '").append(each.uri()).append("',\n");
        }
        out.append("} as const;\n");
        for (Shape shape : ALL) {
            out.append("\nexport interface ").append(shape.name()).append(" {\n");
            shape.properties()
                    .forEach(
                            (name, type) ->
                                    out.append("  ")
                                            .append(name)
                                            .append(": ")
                                            .append(type)
                                            .append(";\n"));
            out.append("}\n");
        }
        out.append("\nexport type * from './card-types';\n");
        out.append("\nexport type Method =\n");
        String before = "";
        for (String name : Methods.names()) {
            // A line for each kind of object.
            String kind = name.substring(0, name.indexOf('/'));
            out.append(kind.equals(before) ? " | '" : before.isEmpty() ? "  | '" : "\n  | '");
            out.append(name).append('\'');
            before = kind;
        }
        out.append('\n');
        return out.deleteCharAt(out.length() - 1).append(";\n").toString();
    }
}
