package org.facteur.edge.jmap;

import java.util.List;
import org.facteur.core.account.AccountId;
import org.facteur.core.mailbox.BoxLimits;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.core.sieve.ScriptName;
import org.facteur.core.sieve.Scripts;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.sieve.SieveExtension;
import org.facteur.wire.sieve.SieveLimits;
import tools.jackson.databind.node.ObjectNode;

/// What a client learns first (RFC 8620 §2). Any thread.
final class SessionObject {
    private final JmapServices services;
    private final JmapSettings settings;

    SessionObject(JmapServices services, JmapSettings settings) {
        this.services = services;
        this.settings = settings;
    }

    /// Changes whenever something in the session may have.
    String state(Caller caller) {
        long directory = services.directory().version();
        int shared = 0;
        for (LetterBoxes.Shared each : services.boxes().shared(caller.actor())) {
            shared = 31 * shared + each.address().hashCode();
        }
        return Long.toString(directory, 36) + "-" + Integer.toString(shared & 0xffff, 36);
    }

    /// @param origin before the path of each URL
    ObjectNode of(Caller caller, String origin) {
        ObjectNode session = JmapText.object();
        ObjectNode capabilities = JmapText.object();
        capabilities.set(Capability.CORE.uri(), core());
        for (Capability each : Capability.values()) {
            if (each != Capability.CORE && each != Capability.WEBSOCKET) {
                capabilities.set(each.uri(), JmapText.object());
            }
        }
        capabilities.set(
                Capability.VAPID.uri(),
                JmapText.object()
                        .put(
                                "applicationServerKey",
                                services.extras().push().applicationServerKey()));
        capabilities.set(
                Capability.SIEVE.uri(), JmapText.object().put("implementation", "Facteur"));
        capabilities.set(
                Capability.WEBSOCKET.uri(),
                JmapText.object()
                        .put("url", "ws" + origin.substring("http".length()) + "/jmap/ws")
                        .put("supportsPush", true));
        session.set("capabilities", capabilities);
        ObjectNode accounts = JmapText.object();
        AccountId own = caller.account().id();
        accounts.set(ObjectIds.of(own), account(caller.account().address().toString(), true));
        List<LetterBoxes.Shared> shared = services.boxes().shared(caller.actor());
        for (LetterBoxes.Shared each : shared) {
            accounts.set(
                    ObjectIds.of(each.box().owner()), account(each.address().toString(), false));
        }
        session.set("accounts", accounts);
        ObjectNode primary = JmapText.object();
        for (Capability each : Capability.values()) {
            if (each != Capability.CORE
                    && each != Capability.WEBSOCKET
                    && each != Capability.VAPID) {
                primary.put(each.uri(), ObjectIds.of(own));
            }
        }
        session.set("primaryAccounts", primary);
        return session.put("username", caller.account().address().toString())
                .put("apiUrl", origin + "/jmap/api")
                .put(
                        "downloadUrl",
                        origin + "/jmap/download/{accountId}/{blobId}?name={name}&type={type}")
                .put("uploadUrl", origin + "/jmap/upload/{accountId}/")
                .put(
                        "eventSourceUrl",
                        origin + "/jmap/events?types={types}&closeafter={closeafter}&ping={ping}")
                .put("state", state(caller));
    }

    private ObjectNode core() {
        ObjectNode core =
                JmapText.object()
                        .put("maxSizeUpload", settings.uploadBytes())
                        .put("maxConcurrentUpload", settings.atOnce())
                        .put("maxSizeRequest", settings.requestBytes())
                        .put("maxConcurrentRequests", settings.atOnce())
                        .put("maxCallsInRequest", settings.calls())
                        .put("maxObjectsInGet", settings.objects())
                        .put("maxObjectsInSet", settings.objects());
        core.set("collationAlgorithms", JmapText.array(Collation.NAMES));
        return core;
    }

    private ObjectNode account(String name, boolean own) {
        ObjectNode account =
                JmapText.object().put("name", name).put("isPersonal", own).put("isReadOnly", false);
        ObjectNode capabilities = JmapText.object();
        capabilities.set(Capability.MAIL.uri(), mail(own));
        if (own) {
            ObjectNode submission =
                    JmapText.object().put("maxDelayedSend", settings.holding().toSeconds());
            ObjectNode extensions = JmapText.object();
            extensions.set("FUTURERELEASE", JmapText.array());
            submission.set("submissionExtensions", extensions);
            capabilities.set(Capability.SUBMISSION.uri(), submission);
            for (Capability each :
                    List.of(
                            Capability.QUOTA,
                            Capability.VACATION,
                            Capability.MDN,
                            Capability.SNOOZE,
                            Capability.BULK,
                            Capability.DEVICES,
                            Capability.RECOVER,
                            Capability.PEOPLE,
                            Capability.LABELS,
                            Capability.TEMPLATES)) {
                capabilities.set(each.uri(), JmapText.object());
            }
            capabilities.set(Capability.SIEVE.uri(), sieve());
            capabilities.set(
                    Capability.CONTACTS.uri(),
                    JmapText.object()
                            .putNull("maxAddressBooksPerCard")
                            .put("mayCreateAddressBook", true));
        }
        capabilities.set(Capability.BLOB.uri(), blob());
        account.set("accountCapabilities", capabilities);
        return account;
    }

    private ObjectNode sieve() {
        SieveLimits limits = services.extras().scripts().limits();
        ObjectNode sieve =
                JmapText.object()
                        .put("maxSizeScriptName", ScriptName.LONGEST_OCTETS)
                        .put("maxSizeScript", limits.scriptOctets())
                        .put("maxNumberScripts", Scripts.MOST_SCRIPTS)
                        .put("maxNumberRedirects", limits.run().redirects());
        sieve.set("sieveExtensions", JmapText.array(SieveExtension.announced()));
        sieve.set("notificationMethods", JmapText.array(List.of("mailto")));
        return sieve.putNull("externalLists");
    }

    private static ObjectNode blob() {
        ObjectNode blob =
                JmapText.object()
                        .put("maxSizeBlobSet", BlobMethods.MOST_OCTETS)
                        .put("maxDataSources", BlobMethods.MOST_SOURCES);
        blob.set("supportedTypeNames", JmapText.array(List.of("Email", "Thread", "Mailbox")));
        blob.set("supportedDigestAlgorithms", JmapText.array(BlobMethods.digests()));
        return blob;
    }

    private ObjectNode mail(boolean own) {
        ObjectNode mail =
                JmapText.object()
                        .putNull("maxMailboxesPerEmail")
                        .put("maxMailboxDepth", BoxLimits.DEPTH)
                        .put("maxSizeMailboxName", BoxLimits.NAME_OCTETS)
                        .put("maxSizeAttachmentsPerEmail", settings.uploadBytes())
                        .put("mayCreateTopLevelMailbox", own);
        mail.set("emailQuerySortOptions", JmapText.array(EmailSort.PROPERTIES));
        return mail;
    }
}
