package org.facteur.core.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.WildcardQuery;
import org.apache.lucene.store.AlreadyClosedException;
import org.facteur.core.account.AccountId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where words stand in which letters. The store is the truth; this may lag behind, be lost or be
/// damaged at any time, and an answer says itself which letters it does not speak of. Any thread
/// may ask; one writes.
public final class SearchIndex implements AutoCloseable {
    /// Accounts share so many indexes.
    private static final int SHARDS = 8;

    /// Letters with greater numbers are not indexed: answers count in 32 bits.
    static final long LAST_LETTER = Integer.MAX_VALUE - 1;

    private static final Logger LOG = LoggerFactory.getLogger(SearchIndex.class);

    /// Lucene writes to the JDK's log, and what it has to say there is for programmers.
    private static final java.util.logging.Logger LUCENE =
            java.util.logging.Logger.getLogger("org.apache.lucene");

    static {
        LUCENE.setLevel(java.util.logging.Level.SEVERE);
    }

    private final Path directory;
    private final @Nullable Shard[] shards = new Shard[SHARDS];

    /// Up to which letter an account is indexed, as far as searches can see.
    private final Map<AccountId, Long> upTo = new ConcurrentHashMap<>();

    private volatile Consumer<AccountId> wanted = _ -> {};

    /// @param directory made when something is indexed; nobody else writes in it
    public SearchIndex(Path directory) {
        this.directory = directory;
    }

    /// Somebody searches an account in which letters are not indexed yet. Returns at once.
    public void want(AccountId account) {
        wanted.accept(account);
    }

    /// @param act must not block
    void whenWanted(Consumer<AccountId> act) {
        wanted = act;
    }

    /// Which letters of an account contain a text in a place: exactly, without case, anywhere in
    /// the text, as IMAP asks (RFC 9051 §6.4.4).
    public IndexAnswer containing(AccountId account, TextPlace place, String text) {
        String folded = LetterTexts.folded(text);
        List<String> words = new ArrayList<>();
        Words.each(folded, words::add);
        if (words.isEmpty()) {
            return IndexAnswer.NOTHING;
        }
        boolean exact = words.size() == 1 && words.getFirst().length() == folded.length();
        boolean doubtful = words.stream().anyMatch(word -> word.length() > Words.OVERLAP);
        return answer(
                account,
                (shard, last) -> {
                    BitSet found = shard.find(account, allContaining(place, words));
                    BitSet unsure = exact ? new BitSet() : found;
                    unsure.or(shard.find(account, Shard.UNREAD));
                    if (doubtful || place.limited()) {
                        unsure.or(shard.find(account, Shard.cut(place)));
                    }
                    return new IndexAnswer(last, exact ? found : new BitSet(), unsure);
                });
    }

    private static Query allContaining(TextPlace place, List<String> words) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (String word : words) {
            if (word.length() <= Words.LONGEST) {
                all.add(
                        new WildcardQuery(new Term(place.field(), "*" + word + "*")),
                        BooleanClause.Occur.FILTER);
            }
        }
        all.add(MatchAllDocsQuery.INSTANCE, BooleanClause.Occur.FILTER);
        return all.build();
    }

    /// Which letters have all words of a text in subject or body, in any form and with or without
    /// accents (RFC 6203 §3).
    public IndexAnswer alike(AccountId account, TextPlace place, String text) {
        List<Set<String>> wanted = new ArrayList<>();
        Words.each(
                LetterTexts.folded(text),
                word ->
                        Words.simple(
                                word,
                                run -> {
                                    Set<String> forms = new HashSet<>();
                                    Stems.collect(run, forms);
                                    wanted.add(forms);
                                }));
        if (wanted.isEmpty()) {
            return IndexAnswer.NOTHING;
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (Set<String> forms : wanted) {
            BooleanQuery.Builder any = new BooleanQuery.Builder();
            for (String form : forms) {
                if (place != TextPlace.BODY) {
                    any.add(stem(Shard.SUBJECT_STEMS, form), BooleanClause.Occur.SHOULD);
                    any.add(stem(TextPlace.SUBJECT.field(), form), BooleanClause.Occur.SHOULD);
                }
                if (place != TextPlace.SUBJECT) {
                    any.add(stem(Shard.BODY_STEMS, form), BooleanClause.Occur.SHOULD);
                    any.add(stem(TextPlace.BODY.field(), form), BooleanClause.Occur.SHOULD);
                }
            }
            all.add(any.build(), BooleanClause.Occur.FILTER);
        }
        return answer(
                account,
                (shard, last) ->
                        new IndexAnswer(
                                last,
                                shard.find(account, all.build()),
                                shard.find(account, Shard.UNREAD)));
    }

    private static Query stem(String field, String form) {
        return new TermQuery(new Term(field, form));
    }

    /// Asks one shard.
    private interface Question {
        IndexAnswer ask(Shard shard, long last) throws IOException;
    }

    private IndexAnswer answer(AccountId account, Question question) {
        Long last = upTo.get(account);
        if (last == null || last == 0) {
            return IndexAnswer.NOTHING;
        }
        try {
            Optional<Shard> shard = findShard(account);
            return shard.isPresent() ? question.ask(shard.get(), last) : IndexAnswer.NOTHING;
        } catch (AlreadyClosedException _) {
            return IndexAnswer.NOTHING; // it is being made anew, or the server stops
        } catch (IOException broken) {
            LOG.warn("the search index does not answer and is made anew", broken);
            drop(account);
            return IndexAnswer.NOTHING;
        }
    }

    private static int place(AccountId account) {
        return (int) Math.floorMod(account.number(), (long) SHARDS);
    }

    private synchronized Optional<Shard> findShard(AccountId account) {
        return Optional.ofNullable(shards[place(account)]);
    }

    /// The shard of an account, opened or made; a damaged one is thrown away.
    synchronized Shard shard(AccountId account) throws IOException {
        int place = place(account);
        Shard known = shards[place];
        if (known != null) {
            return known;
        }
        Path files = directory.resolve(Integer.toString(place));
        Shard opened;
        try {
            Files.createDirectories(files);
            opened = new Shard(files);
        } catch (IOException | RuntimeException broken) {
            LOG.warn("the search index {} cannot be opened and is made anew", place, broken);
            delete(files);
            Files.createDirectories(files);
            opened = new Shard(files);
        }
        shards[place] = opened;
        return opened;
    }

    /// Up to which letter searches see an account; empty when nobody has looked since the start.
    OptionalLong reached(AccountId account) {
        Long last = upTo.get(account);
        return last == null ? OptionalLong.empty() : OptionalLong.of(last);
    }

    /// Searches see letters of an account up to this one.
    void published(AccountId account, long letter) {
        upTo.put(account, letter);
    }

    /// Forgets a shard that fails; everything in it is indexed again.
    void drop(AccountId account) {
        drop(place(account));
    }

    private synchronized void drop(int place) {
        Shard shard = shards[place];
        shards[place] = null;
        upTo.keySet().removeIf(each -> place(each) == place);
        try {
            if (shard != null) {
                shard.abandon();
            }
        } catch (IOException | RuntimeException broken) {
            LOG.debug("a broken index could not be closed", broken);
        }
        try {
            delete(directory.resolve(Integer.toString(place)));
        } catch (IOException left) {
            LOG.warn("a broken index could not be deleted: {}", left.getMessage());
        }
    }

    /// Throws everything away; it is indexed again as accounts are visited.
    public void forget() {
        for (int place = 0; place < SHARDS; place++) {
            drop(place);
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }

    /// The shards that are open.
    synchronized List<Shard> open() {
        List<Shard> open = new ArrayList<>();
        for (Shard each : shards) {
            if (each != null) {
                open.add(each);
            }
        }
        return open;
    }

    /// How much there is.
    ///
    /// @param letters that are indexed
    /// @param bytes on the disk
    public record Size(long letters, long bytes) {}

    public Size size() throws IOException {
        long letters = 0;
        for (Shard each : open()) {
            letters += each.letters();
        }
        long bytes = 0;
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path each : files.filter(Files::isRegularFile).toList()) {
                    bytes += Files.exists(each) ? Files.size(each) : 0;
                }
            }
        }
        return new Size(letters, bytes);
    }

    @Override
    public synchronized void close() {
        for (int place = 0; place < SHARDS; place++) {
            Shard shard = shards[place];
            shards[place] = null;
            if (shard != null) {
                try {
                    shard.close();
                } catch (IOException | RuntimeException failed) {
                    LOG.warn("the search index was not closed well: {}", failed.getMessage());
                }
            }
        }
    }
}
