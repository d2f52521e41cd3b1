package org.facteur.core.contact;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.text.Normalizer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.facteur.core.account.AccountId;
import org.facteur.core.shelf.ItemKind;
import org.facteur.core.shelf.Shelf;
import org.facteur.wire.jscontact.CardFacts;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Finds people by the beginning of a name or an address, in cards and among correspondents. Any
/// thread.
///
/// What cards and correspondents say of names is kept in memory and read again after a change of
/// theirs; any of it may be dropped.
public final class People {
    private static final long REMEMBERED = 400_000;
    private static final int LONGEST_TEXT = 200;

    private final Shelf shelf;
    private final Contacts contacts;
    private final Correspondents correspondents;
    private final InstantSource clock;
    private final Cache<AccountId, Known> cache =
            Caffeine.newBuilder()
                    .maximumWeight(REMEMBERED)
                    .weigher((AccountId _, Known known) -> 1 + known.entries().size())
                    .build();

    public People(
            Shelf shelf, Contacts contacts, Correspondents correspondents, InstantSource clock) {
        this.shelf = shelf;
        this.contacts = contacts;
        this.correspondents = correspondents;
        this.clock = clock;
    }

    public Contacts contacts() {
        return contacts;
    }

    public Correspondents correspondents() {
        return correspondents;
    }

    /// Somebody, and what is compared.
    ///
    /// @param words of name and address, plain
    /// @param plain all of them as one text
    private record Entry(Person person, List<String> words, String plain) {}

    /// All people of an account.
    ///
    /// @param cards the version that changed cards last
    /// @param letters the version that changed correspondents last
    private record Known(long cards, long letters, List<Entry> entries) {}

    /// People of whom every word of a text begins a word, or stands inside the address; those
    /// written to most and latest first.
    ///
    /// @param text what was typed; nothing finds those written to most
    /// @param most 1 to 100
    public List<Person> suggest(AccountId account, String text, int most) {
        correspondents.settle(account);
        Known known = known(account);
        List<String> wanted = words(plain(cut(text)));
        Instant now = clock.instant();
        record Found(Entry entry, double rank) {}
        List<Found> found = new ArrayList<>();
        for (Entry each : known.entries()) {
            double fit = fit(each, wanted);
            if (fit > 0) {
                found.add(new Found(each, fit * weight(each.person(), now)));
            }
        }
        found.sort(
                Comparator.comparingDouble(Found::rank)
                        .reversed()
                        .thenComparing(each -> each.entry().plain()));
        return found.stream().limit(most).map(each -> each.entry().person()).toList();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }

    /// 0 for no fit, more for a better one.
    private static double fit(Entry entry, List<String> wanted) {
        double fit = 1;
        for (String each : wanted) {
            if (entry.words().stream().anyMatch(word -> word.startsWith(each))) {
                continue;
            }
            if (!entry.plain().contains(each)) {
                return 0;
            }
            fit = 0.2;
        }
        return fit;
    }

    private static double weight(Person person, Instant now) {
        Instant last = person.last();
        double letters =
                last == null
                        ? 0
                        : new Correspondent(0, "", "", person.letters(), last, last).weight(now);
        return letters + (person.card() == null ? 0.1 : 1);
    }

    private Known known(AccountId account) {
        long cards = shelf.changed(account, ItemKind.CARD);
        long letters = shelf.changed(account, ItemKind.CORRESPONDENT);
        Known known = cache.getIfPresent(account);
        if (known == null || known.cards() != cards || known.letters() != letters) {
            known = new Known(cards, letters, read(account));
            cache.put(account, known);
        }
        return known;
    }

    private List<Entry> read(AccountId account) {
        Map<String, Person> all = new LinkedHashMap<>();
        Map<String, String> others = new HashMap<>();
        for (Card card : contacts.cards(account)) {
            String name = CardFacts.name(card.content());
            for (CardFacts.Reach reach : CardFacts.emails(card.content())) {
                String key = reach.address().toLowerCase(Locale.ROOT);
                all.putIfAbsent(key, new Person(name, reach.address(), card.number(), 0, null));
                others.putIfAbsent(key, moreWords(card.content()));
            }
        }
        for (Correspondent each :
                shelf.list(account, ItemKind.CORRESPONDENT).stream()
                        .map(Correspondent::decode)
                        .toList()) {
            all.merge(
                    each.address().toLowerCase(Locale.ROOT),
                    new Person(each.name(), each.address(), null, each.letters(), each.last()),
                    People::both);
        }
        List<Entry> entries = new ArrayList<>(all.size());
        all.forEach((key, person) -> entries.add(entry(person, others.getOrDefault(key, ""))));
        return List.copyOf(entries);
    }

    private static Person both(Person card, Person letters) {
        return new Person(
                card.name().isEmpty() ? letters.name() : card.name(),
                card.address(),
                card.card(),
                letters.letters(),
                letters.last());
    }

    private static Entry entry(Person person, String more) {
        String plain = plain(person.name() + " " + person.address() + " " + more);
        return new Entry(person, words(plain), plain);
    }

    /// Nicknames and organizations, by which people are looked for too.
    private static String moreWords(JsonNode card) {
        StringBuilder out = new StringBuilder();
        for (String property : List.of("nicknames", "organizations")) {
            for (JsonNode each : card.path(property)) {
                String name = each.path("name").asString("");
                out.append(name.length() <= LONGEST_TEXT ? name : "").append(' ');
            }
        }
        return out.toString();
    }

    /// Without case and accents.
    private static String plain(@Nullable String text) {
        String apart =
                Normalizer.normalize(text == null ? "" : text, Normalizer.Form.NFKD)
                        .toLowerCase(Locale.ROOT);
        StringBuilder out = new StringBuilder(apart.length());
        apart.codePoints()
                .filter(each -> Character.getType(each) != Character.NON_SPACING_MARK)
                .forEach(out::appendCodePoint);
        return out.toString();
    }

    private static List<String> words(String plain) {
        List<String> words = new ArrayList<>();
        int from = -1;
        for (int i = 0; i <= plain.length(); i++) {
            boolean inside = i < plain.length() && Character.isLetterOrDigit(plain.charAt(i));
            if (inside && from < 0) {
                from = i;
            } else if (!inside && from >= 0) {
                words.add(plain.substring(from, i));
                from = -1;
            }
        }
        return words;
    }
}
