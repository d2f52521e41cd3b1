package org.facteur.core.deliver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Directory;
import org.facteur.core.account.Resolution;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.smtp.RcptParameters;

/// Whom an envelope leads to.
///
/// @param accounts boxes here, each with the recipients that lead to it
/// @param outside addresses elsewhere, each with what was asked for the recipient that leads to it
/// @param passedOn those of them an alias or group of ours sends on to, each with its domain
/// @param expanded recipients that lead to several, and whose sender may want to hear of it
record Receivers(
        Map<AccountId, List<Envelope.Recipient>> accounts,
        Map<EmailAddress, RcptParameters> outside,
        Map<EmailAddress, Domain> passedOn,
        List<Envelope.Recipient> expanded) {

    /// The recipients that lead to boxes here, each once.
    List<Envelope.Recipient> here() {
        Set<Envelope.Recipient> all = new LinkedHashSet<>();
        accounts.values().forEach(all::addAll);
        return List.copyOf(all);
    }

    /// @throws org.facteur.base.fault.Refusal NOT_FOUND when nobody receives
    static Receivers find(Directory directory, Forwards forwards, Envelope envelope) {
        Receivers found =
                new Receivers(
                        new LinkedHashMap<>(),
                        new LinkedHashMap<>(),
                        new LinkedHashMap<>(),
                        new ArrayList<>());
        boolean trusted = isKnown(directory, envelope);
        for (Envelope.Recipient each : envelope.recipients()) {
            Envelope.Recipient recipient = returned(forwards, each);
            switch (directory.resolve(recipient.address())) {
                case Resolution.Reached reached -> found.add(recipient, reached, envelope, trusted);
                case Resolution.Elsewhere _ ->
                        found.outside.putIfAbsent(recipient.address(), recipient.wishes());
                case Resolution.Unknown _ -> {
                    // Removed since it was accepted; if nobody else is left this is said below.
                }
            }
        }
        if (found.accounts.isEmpty() && found.outside.isEmpty()) {
            throw Directory.noSuchAccount();
        }
        return found;
    }

    /// Whether whoever is named as the sender is really asking, as far as we can know.
    private static boolean isKnown(Directory directory, Envelope envelope) {
        EmailAddress sender = envelope.sender();
        return sender != null
                && (envelope.submitter() != null
                        || directory.findDomain(sender.domain()).isPresent());
    }

    /// A report to a rewritten sender goes on to who that is.
    private static Envelope.Recipient returned(Forwards forwards, Envelope.Recipient recipient) {
        EmailAddress original = forwards.original(recipient.address());
        return original.equals(recipient.address())
                ? recipient
                : new Envelope.Recipient(original, recipient.wishes());
    }

    /// A letter without a sender has nobody who could be told of success. Of a group's members its
    /// sender hears nothing (RFC 3461 §5.2.7.2).
    ///
    /// @param trusted whether the sender hears of success: who writes under a stranger's name could
    ///   have us send reports to that stranger
    private void add(
            Envelope.Recipient recipient,
            Resolution.Reached reached,
            Envelope envelope,
            boolean trusted) {
        boolean several = reached.accounts().size() + reached.outside().size() > 1;
        RcptParameters wishes =
                several || envelope.sender() == null
                        ? recipient.wishes().withoutSuccess()
                        : recipient.wishes();
        if (several && trusted) {
            expanded.add(recipient);
        }
        Envelope.Recipient as =
                new Envelope.Recipient(
                        recipient.address(), trusted ? wishes : wishes.withoutSuccess());
        for (AccountId account : reached.accounts()) {
            accounts.computeIfAbsent(account, id -> new ArrayList<>()).add(as);
        }
        for (EmailAddress address : reached.outside()) {
            if (outside.putIfAbsent(address, named(wishes, recipient.address())) == null) {
                passedOn.put(address, recipient.address().domain());
            }
        }
    }

    /// A report about the address that was forwarded to names the one the sender knows (RFC 3461
    /// §5.2.7.1).
    private static RcptParameters named(RcptParameters wishes, EmailAddress known) {
        return wishes.original() != null
                ? wishes
                : new RcptParameters(
                        wishes.notices(),
                        new RcptParameters.OriginalRecipient(
                                known.isInternational()
                                        ? RcptParameters.OriginalRecipient.UTF_8
                                        : "rfc822",
                                known.toString()));
    }
}
