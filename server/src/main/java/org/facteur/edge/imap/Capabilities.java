package org.facteur.edge.imap;

import java.util.ArrayList;
import java.util.List;
import org.facteur.net.listen.Connection;
import org.facteur.wire.imap.ImapCapability;
import org.facteur.wire.sasl.SaslMechanism;

/// What is announced, and to whom.
final class Capabilities {
    /// How to sign in, besides the command LOGIN: the mechanism of that name is for programs that
    /// know nothing better, and these have the command.
    static List<SaslMechanism> mechanisms(Connection connection, ImapServices services) {
        return SaslMechanism.offered(
                        connection.channelBinding().isPresent(), services.tokens() != null)
                .stream()
                .filter(mechanism -> mechanism != SaslMechanism.LOGIN)
                .toList();
    }

    private static final List<ImapCapability> BEFORE_LOGIN =
            List.of(
                    ImapCapability.IMAP4REV2,
                    ImapCapability.IMAP4REV1,
                    ImapCapability.LITERAL_PLUS,
                    ImapCapability.SASL_IR,
                    ImapCapability.ENABLE,
                    ImapCapability.ID);

    private static final List<ImapCapability> AFTER_LOGIN =
            List.of(
                    ImapCapability.IMAP4REV2,
                    ImapCapability.IMAP4REV1,
                    ImapCapability.LITERAL_PLUS,
                    ImapCapability.ENABLE,
                    ImapCapability.ID,
                    ImapCapability.IDLE,
                    ImapCapability.NAMESPACE,
                    ImapCapability.CHILDREN,
                    ImapCapability.UIDPLUS,
                    ImapCapability.UNSELECT,
                    ImapCapability.MOVE,
                    ImapCapability.LIST_EXTENDED,
                    ImapCapability.LIST_STATUS,
                    ImapCapability.SPECIAL_USE,
                    ImapCapability.CREATE_SPECIAL_USE,
                    ImapCapability.STATUS_SIZE,
                    ImapCapability.ESEARCH,
                    ImapCapability.SEARCHRES,
                    ImapCapability.SORT,
                    ImapCapability.SORT_DISPLAY,
                    ImapCapability.ESORT,
                    ImapCapability.THREAD_ORDEREDSUBJECT,
                    ImapCapability.THREAD_REFERENCES,
                    ImapCapability.PARTIAL,
                    ImapCapability.SEARCH_FUZZY,
                    ImapCapability.WITHIN,
                    ImapCapability.CONDSTORE,
                    ImapCapability.QRESYNC,
                    ImapCapability.OBJECTID,
                    ImapCapability.SAVEDATE,
                    ImapCapability.PREVIEW,
                    ImapCapability.BINARY,
                    ImapCapability.QUOTA,
                    ImapCapability.QUOTA_RES_STORAGE,
                    ImapCapability.QUOTA_RES_MESSAGE,
                    ImapCapability.MULTIAPPEND,
                    ImapCapability.UTF8_ACCEPT,
                    ImapCapability.ACL,
                    ImapCapability.RIGHTS,
                    ImapCapability.LIST_MYRIGHTS,
                    ImapCapability.METADATA,
                    ImapCapability.NOTIFY,
                    ImapCapability.REPLACE,
                    ImapCapability.UIDONLY,
                    ImapCapability.INPROGRESS,
                    ImapCapability.MULTISEARCH,
                    ImapCapability.UIDBATCHES,
                    ImapCapability.LIST_METADATA,
                    ImapCapability.UNAUTHENTICATE);

    private Capabilities() {}

    static List<String> of(
            ImapState state, Connection connection, ImapSettings settings, ImapServices services) {
        List<String> words = new ArrayList<>();
        switch (state) {
            case ImapState.NotAuthenticated _ -> {
                add(words, BEFORE_LOGIN);
                if (connection.canStartTls()) {
                    words.add(ImapCapability.STARTTLS.keyword());
                }
                if (passwordsAllowed(connection, settings)) {
                    mechanisms(connection, services)
                            .forEach(mechanism -> words.add("AUTH=" + mechanism.keyword()));
                } else {
                    words.add(ImapCapability.LOGINDISABLED.keyword());
                }
            }
            case ImapState.Authenticated _, ImapState.Selected _ -> {
                add(words, AFTER_LOGIN);
                if (services.beside().jmap().get().isPresent()) {
                    words.add(ImapCapability.JMAPACCESS.keyword());
                }
                if (settings.messages() > 0) {
                    words.add("MESSAGELIMIT=" + settings.messages());
                }
                words.add("APPENDLIMIT=" + settings.appendLimitBytes());
                if (!connection.compressed()) {
                    words.add(ImapCapability.COMPRESS_DEFLATE.keyword());
                }
            }
        }
        return List.copyOf(words);
    }

    private static void add(List<String> words, List<ImapCapability> capabilities) {
        capabilities.forEach(capability -> words.add(capability.keyword()));
    }

    /// Whether a password may be sent on this line.
    static boolean passwordsAllowed(Connection connection, ImapSettings settings) {
        return connection.tls().isPresent()
                || (settings.insecurePlaintextLogin()
                        && connection.remote().getAddress().isLoopbackAddress());
    }
}
