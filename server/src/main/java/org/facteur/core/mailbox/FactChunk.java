package org.facteur.core.mailbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.StoreFault;

/// What is known of up to 128 letters with neighbouring numbers, as a row of the store: made from
/// the letters when it is first wanted, so that a later start need not read them again. Each text
/// is in a row once.
final class FactChunk {
    /// How many letters one row covers.
    static final int LENGTH = 128;

    /// Other forms of texts ([TextForms]) are another format: rows of an earlier one are made anew.
    private static final int FORMAT = 1;

    private final FactDictionaries dictionaries;

    FactChunk(FactDictionaries dictionaries) {
        this.dictionaries = dictionaries;
    }

    /// @param run of letters all of which are known
    /// @param from the place of the first letter in it
    byte[] encode(FactRun run, int from) {
        Encoder out = new Encoder(FORMAT);
        List<Texts> texts = new ArrayList<>();
        for (FactTexts all : dictionaries.all()) {
            texts.add(new Texts(all));
        }
        List<Integer> letters = new ArrayList<>();
        for (int at = from; at < from + LENGTH; at++) {
            if (run.has(at, FactRun.THERE)) {
                letters.add(at);
                for (int column = 0; column < FactRun.COLUMNS; column++) {
                    texts.get(FactDictionaries.of(column)).add(run.text(column, at));
                }
            }
        }
        texts.forEach(each -> out.list(each.list, Encoder::octets));
        out.number(letters.size());
        long sent = 0;
        for (int at : letters) {
            out.number(at - from).number(run.bits(at));
            if (run.has(at, FactRun.DATED)) {
                out.signed(run.sent(at) - sent).signed(run.zone(at));
                sent = run.sent(at);
            }
            out.number(run.thread(at)).bits(run.id(at));
            long[] references = run.references(at);
            out.number(references.length);
            for (long reference : references) {
                out.bits(reference);
            }
            for (int column = 0; column < FactRun.COLUMNS; column++) {
                out.number(texts.get(FactDictionaries.of(column)).number(run.text(column, at)));
            }
        }
        return out.toBytes();
    }

    /// Texts of one row, numbered from 1; 0 is no text.
    private static final class Texts {
        private final FactTexts all;
        private final Map<Integer, Integer> numbers = new HashMap<>();
        private final List<byte[]> list = new ArrayList<>();

        Texts(FactTexts all) {
            this.all = all;
        }

        void add(int text) {
            if (text != FactRun.NONE && numbers.putIfAbsent(text, list.size() + 1) == null) {
                list.add(all.octets(text));
            }
        }

        int number(int text) {
            return numbers.getOrDefault(text, 0);
        }
    }

    /// Adds the letters of a row to a run.
    ///
    /// @throws StoreFault CORRUPT when the row makes no sense
    void decode(byte[] octets, int from, FactRun.Growing into) {
        Decoder in = new Decoder(octets, FORMAT);
        List<int[]> numbers = new ArrayList<>();
        for (FactTexts all : dictionaries.all()) {
            numbers.add(in.list(Decoder::octets).stream().mapToInt(all::number).toArray());
        }
        int letters = in.count();
        long sent = 0;
        for (int i = 0; i < letters; i++) {
            int at = from + bounded(in.count(), LENGTH);
            int bits = bounded(in.count(), Byte.MAX_VALUE);
            short zone = 0;
            if ((bits & FactRun.DATED) != 0) {
                sent += in.signed();
                zone = (short) in.signed();
            }
            into.begin(at, bits, sent, zone);
            into.ids(in.number(), in.bits());
            int references = in.count();
            for (int r = 0; r < references; r++) {
                into.reference(in.bits());
            }
            for (int column = 0; column < FactRun.COLUMNS; column++) {
                int[] known = numbers.get(FactDictionaries.of(column));
                int number = bounded(in.count(), known.length + 1);
                into.text(column, number == 0 ? FactRun.NONE : known[number - 1]);
            }
            into.end();
        }
        in.end();
    }

    private static int bounded(int value, int end) {
        if (value >= end) {
            throw new StoreFault(StoreFault.Kind.CORRUPT, "facts of letters make no sense");
        }
        return value;
    }
}
