package org.facteur.core.contact;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.facteur.core.account.AccountId;
import org.facteur.core.deliver.Consignment;
import org.facteur.core.deliver.Envelope;
import org.facteur.core.deliver.LetterWatch;
import org.facteur.wire.address.AddressList;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.address.HeaderAddress;
import org.facteur.wire.mime.HeaderField;
import org.facteur.wire.text.HeaderFolding;

/// What was seen of letters people handed in and is not written yet. Any thread.
///
/// Sending a letter only puts some octets of its header here; they are read by whoever takes them.
final class Sightings implements LetterWatch {
    private static final int FIELD_OCTETS = 8192;
    private static final int FIELDS = 6;
    private static final int MOST_OF_ONE = 200;
    private static final int MOST = 4000;

    private final Map<AccountId, List<Sighting>> waiting = new HashMap<>();
    private int count;

    /// One letter.
    ///
    /// @param fields values of To and Cc as they came
    private record Sighting(List<EmailAddress> recipients, List<byte[]> fields, Instant when) {}

    /// Somebody a letter, or several, went to.
    ///
    /// @param name beside the address; empty for none
    record Seen(EmailAddress address, String name, long letters, Instant last) {}

    @Override
    public void accepted(Consignment consignment) {
        Envelope envelope = consignment.envelope();
        AccountId writer = envelope.submitter();
        if (writer == null || envelope.recipients().size() > Correspondents.AUDIENCE) {
            return;
        }
        List<byte[]> fields = new ArrayList<>();
        for (HeaderField field : consignment.letter().index().anatomy().fields()) {
            String name = field.name().strip();
            if (name.equalsIgnoreCase("Auto-Submitted") || name.equalsIgnoreCase("List-Id")) {
                return;
            }
            boolean names = name.equalsIgnoreCase("To") || name.equalsIgnoreCase("Cc");
            if (names && field.length() <= FIELD_OCTETS && fields.size() < FIELDS) {
                fields.add(consignment.letter().value(field));
            }
        }
        List<EmailAddress> recipients =
                envelope.recipients().stream().map(Envelope.Recipient::address).toList();
        add(writer, new Sighting(recipients, fields, consignment.received()));
    }

    private synchronized void add(AccountId writer, Sighting sighting) {
        List<Sighting> known = waiting.computeIfAbsent(writer, _ -> new ArrayList<>());
        if (count < MOST && known.size() < MOST_OF_ONE) {
            known.add(sighting);
            count++;
        }
    }

    /// Accounts of which something waits.
    synchronized List<AccountId> accounts() {
        return List.copyOf(waiting.keySet());
    }

    /// Takes what waits of an account: everybody once, in the order they were first seen.
    List<Seen> take(AccountId account) {
        List<Sighting> letters;
        synchronized (this) {
            List<Sighting> known = waiting.remove(account);
            if (known == null) {
                return List.of();
            }
            count -= known.size();
            letters = known;
        }
        Map<String, Seen> all = new LinkedHashMap<>();
        for (Sighting letter : letters) {
            Map<String, String> names = names(letter.fields());
            for (EmailAddress each : letter.recipients()) {
                String key = key(each);
                Seen before = all.get(key);
                String name = names.getOrDefault(key, before == null ? "" : before.name());
                all.put(
                        key,
                        new Seen(
                                each,
                                name,
                                before == null ? 1 : before.letters() + 1,
                                letter.when()));
            }
        }
        return List.copyOf(all.values());
    }

    /// What an address is compared by.
    static String key(EmailAddress address) {
        return address.toString().toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> names(List<byte[]> fields) {
        Map<String, String> names = new HashMap<>();
        for (byte[] field : fields) {
            var unfolded = HeaderFolding.unfold(field, 0, field.length);
            for (HeaderAddress each : AddressList.decode(unfolded, AddressList.MOST)) {
                EmailAddress address = each.mailbox();
                String name = each.displayName();
                if (address != null && name != null && !sameText(name, each.address())) {
                    names.putIfAbsent(key(address), cut(name));
                }
            }
        }
        return names;
    }

    /// Programs put the address where a name belongs.
    private static boolean sameText(String name, String address) {
        return name.isBlank() || name.strip().equalsIgnoreCase(address);
    }

    private static String cut(String name) {
        String plain = name.strip();
        while (plain.getBytes(StandardCharsets.UTF_8).length > Correspondents.NAME_OCTETS) {
            plain = plain.substring(0, plain.offsetByCodePoints(plain.length(), -1));
        }
        return plain;
    }
}
