package org.facteur.core.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.facteur.core.account.AccountId;

/// One Lucene index, shared by the accounts whose number leads here. A document is a letter; it
/// holds words without positions, and nothing of the letter itself. Searching: any thread. Writing:
/// one.
final class Shard implements AutoCloseable {
    private static final String ACCOUNT = "a";
    private static final String ACCOUNT_NUMBER = "an";
    private static final String LETTER = "n";

    /// Places of which not everything is indexed, as terms.
    private static final String CUT = "x";

    static final String SUBJECT_STEMS = "zs";
    static final String BODY_STEMS = "zb";
    private static final double BUFFER_MIB = 8;
    private static final FieldType WORDS = words();
    private static final String ALL = "*";

    /// Letters that could not be read.
    static final Query UNREAD = new TermQuery(new Term(CUT, ALL));

    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;

    /// Opens an index, making it when it is not there.
    ///
    /// @throws IOException when it cannot be read or is damaged
    Shard(Path place) throws IOException {
        directory = FSDirectory.open(place);
        try {
            IndexWriterConfig config = new IndexWriterConfig();
            config.setRAMBufferSizeMB(BUFFER_MIB);
            config.setIndexSort(
                    new Sort(
                            new SortField(ACCOUNT_NUMBER, SortField.Type.LONG),
                            new SortField(LETTER, SortField.Type.LONG)));
            ConcurrentMergeScheduler merges = new ConcurrentMergeScheduler();
            merges.setMaxMergesAndThreads(2, 1);
            config.setMergeScheduler(merges);
            writer = new IndexWriter(directory, config);
            searchers = new SearcherManager(writer, null);
        } catch (IOException | RuntimeException broken) {
            directory.close();
            throw broken;
        }
    }

    private static FieldType words() {
        FieldType type = new FieldType();
        type.setTokenized(true);
        type.setIndexOptions(IndexOptions.DOCS);
        type.setOmitNorms(true);
        type.freeze();
        return type;
    }

    /// Adds a letter; it is found after [#refresh].
    void add(AccountId account, LetterWords letter) throws IOException {
        Document document = new Document();
        document.add(new Field(ACCOUNT, new Listed(Set.of(name(account))), WORDS));
        document.add(new NumericDocValuesField(ACCOUNT_NUMBER, account.number()));
        document.add(new NumericDocValuesField(LETTER, letter.letter()));
        for (TextPlace place : TextPlace.values()) {
            add(document, place.field(), letter.words(place));
        }
        add(document, SUBJECT_STEMS, letter.subjectStems());
        add(document, BODY_STEMS, letter.bodyStems());
        Set<String> cut = new HashSet<>();
        letter.cut().forEach(place -> cut.add(place.field()));
        if (letter.unread()) {
            cut.add(ALL);
        }
        add(document, CUT, cut);
        writer.addDocument(document);
    }

    private static void add(Document document, String field, Set<String> words) {
        if (!words.isEmpty()) {
            document.add(new Field(field, new Listed(words), WORDS));
        }
    }

    /// Removes letters that are no more.
    void remove(AccountId account, List<Long> letters) throws IOException {
        if (!letters.isEmpty()) {
            writer.deleteDocuments(
                    both(
                            new TermQuery(new Term(ACCOUNT, name(account))),
                            NumericDocValuesField.newSlowSetQuery(
                                    LETTER,
                                    letters.stream().mapToLong(Long::longValue).toArray())));
        }
    }

    /// Removes all letters of an account.
    void remove(AccountId account) throws IOException {
        writer.deleteDocuments(new Term(ACCOUNT, name(account)));
    }

    /// What was written until now is found from here on.
    void refresh() throws IOException {
        searchers.maybeRefreshBlocking();
    }

    /// Makes what was written survive the process. Costs a sync.
    void commit() throws IOException {
        writer.commit();
    }

    /// Numbers of an account's letters that fit a question.
    BitSet find(AccountId account, Query question) throws IOException {
        IndexSearcher searcher = searchers.acquire();
        try {
            return searcher.search(
                    both(new TermQuery(new Term(ACCOUNT, name(account))), question),
                    new Gathering());
        } finally {
            searchers.release(searcher);
        }
    }

    /// Numbers of all letters of an account that are indexed.
    BitSet all(AccountId account) throws IOException {
        return find(account, new TermQuery(new Term(ACCOUNT, name(account))));
    }

    /// Letters of which not everything in a place is indexed.
    static Query cut(TextPlace place) {
        return new TermQuery(new Term(CUT, place.field()));
    }

    int letters() throws IOException {
        IndexSearcher searcher = searchers.acquire();
        try {
            return searcher.getIndexReader().numDocs();
        } finally {
            searchers.release(searcher);
        }
    }

    private static Query both(Query one, Query other) {
        return new BooleanQuery.Builder()
                .add(one, BooleanClause.Occur.FILTER)
                .add(other, BooleanClause.Occur.FILTER)
                .build();
    }

    private static String name(AccountId account) {
        return Long.toString(account.number(), Character.MAX_RADIX);
    }

    @Override
    public void close() throws IOException {
        try {
            searchers.close();
            writer.close();
        } finally {
            directory.close();
        }
    }

    /// Closes without keeping what was written since the last commit.
    void abandon() throws IOException {
        try {
            searchers.close();
            writer.rollback();
        } finally {
            directory.close();
        }
    }

    /// Puts together what the parts of an index found.
    private static final class Gathering implements CollectorManager<Numbers, BitSet> {
        @Override
        public Numbers newCollector() {
            return new Numbers();
        }

        @Override
        public BitSet reduce(Collection<Numbers> collectors) {
            BitSet all = new BitSet();
            collectors.forEach(each -> all.or(each.found));
            return all;
        }
    }

    /// Collects letter numbers.
    private static final class Numbers extends SimpleCollector {
        private final BitSet found = new BitSet();
        private NumericDocValues numbers = DocValues.emptyNumeric();

        @Override
        protected void doSetNextReader(LeafReaderContext context) throws IOException {
            numbers = DocValues.getNumeric(context.reader(), LETTER);
        }

        @Override
        public void collect(int document) throws IOException {
            if (numbers.advanceExact(document)) {
                found.set((int) numbers.longValue());
            }
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }

    /// Words that were found already, as Lucene wants to read them.
    private static final class Listed extends TokenStream {
        private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
        private final Set<String> words;
        private Iterator<String> left;

        Listed(Set<String> words) {
            this.words = words;
            this.left = words.iterator();
        }

        @Override
        public void reset() {
            left = words.iterator();
        }

        @Override
        public boolean incrementToken() {
            if (!left.hasNext()) {
                return false;
            }
            clearAttributes();
            term.setEmpty().append(left.next());
            return true;
        }
    }
}
