package org.facteur.edge.jmap;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The methods by name, and what opens them.
final class Methods {
    /// A method.
    record Known(Capability capability, JmapMethod method) {}

    private static final Map<String, Known> ALL =
            Map.ofEntries(
                    core("Core/echo", call -> call.arguments().whole()),
                    mail("Mailbox/get", MailboxGet::run),
                    mail("Mailbox/changes", MailboxChanges::run),
                    mail("Mailbox/query", MailboxQuery::run),
                    mail("Mailbox/queryChanges", QueryChanges::ofMailboxes),
                    mail("Mailbox/set", MailboxSet::run),
                    mail("Thread/get", ThreadMethods::get),
                    mail("Thread/changes", ThreadMethods::changes),
                    mail("Email/get", EmailGet::run),
                    mail("Email/changes", EmailChanges::run),
                    mail("Email/query", EmailQuery::run),
                    mail("Email/queryChanges", QueryChanges::ofEmails),
                    mail("Email/set", EmailSet::run),
                    mail("Email/copy", EmailImport::copy),
                    mail("Email/import", EmailImport::run),
                    mail("Email/parse", EmailParse::run),
                    mail("SearchSnippet/get", SnippetGet::run),
                    core("Blob/copy", BlobCopy::run),
                    core("PushSubscription/get", PushMethods::get),
                    core("PushSubscription/set", PushMethods::set),
                    of(Capability.SUBMISSION, "Identity/get", Identities::get),
                    of(Capability.SUBMISSION, "Identity/changes", Identities::changes),
                    of(Capability.SUBMISSION, "Identity/set", Identities::set),
                    of(Capability.SUBMISSION, "EmailSubmission/get", SubmissionMethods::get),
                    of(
                            Capability.SUBMISSION,
                            "EmailSubmission/changes",
                            SubmissionMethods::changes),
                    of(Capability.SUBMISSION, "EmailSubmission/query", SubmissionMethods::query),
                    of(Capability.SUBMISSION, "EmailSubmission/set", SubmissionSet::run),
                    of(
                            Capability.SUBMISSION,
                            "EmailSubmission/queryChanges",
                            SubmissionMethods::queryChanges),
                    of(Capability.QUOTA, "Quota/get", QuotaMethods::get),
                    of(Capability.QUOTA, "Quota/changes", QuotaMethods::changes),
                    of(Capability.QUOTA, "Quota/query", QuotaMethods::query),
                    of(Capability.QUOTA, "Quota/queryChanges", QuotaMethods::queryChanges),
                    of(Capability.VACATION, "VacationResponse/get", VacationMethods::get),
                    of(Capability.VACATION, "VacationResponse/set", VacationMethods::set),
                    of(Capability.BLOB, "Blob/upload", BlobMethods::upload),
                    of(Capability.BLOB, "Blob/get", BlobMethods::get),
                    of(Capability.BLOB, "Blob/lookup", BlobMethods::lookup),
                    of(Capability.MDN, "MDN/send", NoticeMethods::send),
                    of(Capability.MDN, "MDN/parse", NoticeMethods::parse),
                    of(Capability.SIEVE, "SieveScript/get", ScriptMethods::get),
                    of(Capability.SIEVE, "SieveScript/query", ScriptMethods::query),
                    of(Capability.SIEVE, "SieveScript/set", ScriptMethods::set),
                    of(Capability.SIEVE, "SieveScript/validate", ScriptMethods::validate),
                    of(Capability.SNOOZE, "Snooze/get", SnoozeMethods::get),
                    of(Capability.SNOOZE, "Snooze/changes", SnoozeMethods::changes),
                    of(Capability.SNOOZE, "Snooze/set", SnoozeMethods::set),
                    of(Capability.CONTACTS, "AddressBook/get", AddressBookMethods::get),
                    of(Capability.CONTACTS, "AddressBook/changes", AddressBookMethods::changes),
                    of(Capability.CONTACTS, "AddressBook/set", AddressBookMethods::set),
                    of(Capability.CONTACTS, "ContactCard/get", CardMethods::get),
                    of(Capability.CONTACTS, "ContactCard/changes", CardMethods::changes),
                    of(Capability.CONTACTS, "ContactCard/query", CardMethods::query),
                    of(Capability.CONTACTS, "ContactCard/queryChanges", CardMethods::queryChanges),
                    of(Capability.CONTACTS, "ContactCard/set", CardSet::run),
                    of(Capability.CONTACTS, "ContactCard/copy", CardSet::copy),
                    of(Capability.PEOPLE, "ContactCard/import", CardFiles::take),
                    of(Capability.PEOPLE, "ContactCard/export", CardFiles::give),
                    of(Capability.PEOPLE, "Person/suggest", PeopleMethods::suggest),
                    of(Capability.PEOPLE, "Correspondent/get", PeopleMethods::get),
                    of(Capability.PEOPLE, "Correspondent/changes", PeopleMethods::changes),
                    of(Capability.PEOPLE, "Correspondent/set", PeopleMethods::set),
                    of(Capability.PEOPLE, "PeopleWishes/get", PeopleMethods::wishes),
                    of(Capability.PEOPLE, "PeopleWishes/set", PeopleMethods::setWishes),
                    of(Capability.BULK, "Bulk/get", BulkMethods::get),
                    of(Capability.BULK, "Bulk/changes", BulkMethods::changes),
                    of(Capability.BULK, "Bulk/set", BulkMethods::set),
                    of(Capability.DEVICES, "Device/get", DeviceMethods::get),
                    of(Capability.DEVICES, "Device/set", DeviceMethods::set),
                    of(Capability.RECOVER, "Recoverable/get", RecoverMethods::get),
                    of(Capability.RECOVER, "Recoverable/restore", RecoverMethods::restore),
                    of(Capability.LABELS, "Label/get", KeptObjects.LABELS::get),
                    of(Capability.LABELS, "Label/changes", KeptObjects.LABELS::changes),
                    of(Capability.LABELS, "Label/set", KeptObjects.LABELS::set),
                    of(Capability.TEMPLATES, "Template/get", KeptObjects.TEMPLATES::get),
                    of(Capability.TEMPLATES, "Template/changes", KeptObjects.TEMPLATES::changes),
                    of(Capability.TEMPLATES, "Template/set", KeptObjects.TEMPLATES::set));

    private Methods() {}

    private static Map.Entry<String, Known> core(String name, JmapMethod method) {
        return Map.entry(name, new Known(Capability.CORE, method));
    }

    private static Map.Entry<String, Known> mail(String name, JmapMethod method) {
        return Map.entry(name, new Known(Capability.MAIL, method));
    }

    private static Map.Entry<String, Known> of(
            Capability capability, String name, JmapMethod method) {
        return Map.entry(name, new Known(capability, method));
    }

    /// All names in order.
    static List<String> names() {
        return ALL.keySet().stream().sorted().toList();
    }

    static Optional<Known> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }
}
