package org.facteur.edge.imap;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;
import org.facteur.base.fault.Refusal;
import org.facteur.core.mailbox.LetterFacts;
import org.facteur.core.mailbox.LetterId;
import org.facteur.core.mailbox.MailboxView;
import org.facteur.core.mailbox.TextForms;
import org.facteur.core.search.IndexAnswer;
import org.facteur.core.search.TextPlace;
import org.facteur.wire.imap.Flag;
import org.facteur.wire.imap.NumberSet;
import org.facteur.wire.imap.SearchKey;
import org.facteur.wire.imap.SequenceSet;
import org.jspecify.annotations.Nullable;

/// Turns search keys into tests for one search. One thread.
final class SearchTests {
    private static final long DAY = 86_400;

    private final SelectedMailbox mailbox;
    private final MailboxView now;
    private final Instant moment;
    private final Sources sources;
    private @Nullable Optional<LetterFacts> facts;
    private final List<IndexAnswer> likeness = new ArrayList<>();
    private boolean modSeq;

    SearchTests(SelectedMailbox mailbox, MailboxView now, Instant moment, Sources sources) {
        this.sources = sources;
        this.mailbox = mailbox;
        this.now = now;
        this.moment = moment;
    }

    /// Where answers come from that need no look at a letter.
    ///
    /// @param index what stands in which letters
    /// @param known what is in memory, when next to nothing must be read for it
    /// @param facts the same, read when it is not
    record Sources(
            SearchTexts.IndexProbes index,
            Supplier<Optional<LetterFacts>> known,
            Supplier<Optional<LetterFacts>> facts) {}

    /// Whether MODSEQ was among the keys.
    boolean modSeq() {
        return modSeq;
    }

    SearchTest test(SearchKey key) {
        return switch (key) {
            case SearchKey.All _, SearchKey.SaveDateSupported _ -> always(true);
            case SearchKey.HasFlag(var flag) -> flag(flag, true);
            case SearchKey.LacksFlag(var flag) -> flag(flag, false);
            case SearchKey.Contains(var place, var text) -> contains(place, text);
            case SearchKey.Alike(var place, var text) -> alike(place, text);
            case SearchKey.Header(var field, var text) ->
                    SearchTexts.header(sources.index(), field, text);
            case SearchKey.Dated dated -> dated(dated);
            case SearchKey.Larger(long octets) -> view((_, at) -> now.sizeBytes(at) > octets);
            case SearchKey.Smaller(long octets) -> view((_, at) -> now.sizeBytes(at) < octets);
            case SearchKey.Older(long seconds) -> {
                long limit = moment.getEpochSecond() - seconds;
                yield view((_, at) -> now.receivedSecond(at) <= limit);
            }
            case SearchKey.Younger(long seconds) -> {
                long limit = moment.getEpochSecond() - seconds;
                yield view((_, at) -> now.receivedSecond(at) >= limit);
            }
            case SearchKey.Numbers(var set) -> among(set, false);
            case SearchKey.Uids(var set) -> among(set, true);
            case SearchKey.UidAfter(long uid) -> view((_, at) -> now.uid(at) > uid);
            case SearchKey.UidBefore(long uid) -> view((_, at) -> now.uid(at) < uid);
            case SearchKey.ModSeq(var _, long atLeast) -> {
                modSeq = true;
                yield view((_, at) -> now.modSeq(at) >= atLeast);
            }
            case SearchKey.EmailId(var id) ->
                    view((_, at) -> ObjectIds.of(now.letter(at)).equals(id));
            case SearchKey.ThreadId(var id) ->
                    known(
                            facts ->
                                    letter -> answer(ObjectIds.of(facts.thread(letter)).equals(id)),
                            new SearchTest.OfLetter(
                                    SearchTest.Cost.ROW,
                                    letter -> ObjectIds.of(letter.letter().thread()).equals(id)));
            case SearchKey.Not _, SearchKey.Or _, SearchKey.And _ ->
                    throw new IllegalStateException("not a key by itself");
        };
    }

    /// The text itself, or in subject and body one of the same stems.
    private SearchTest alike(SearchKey.Place place, String text) {
        TextPlace where =
                switch (place) {
                    case SUBJECT -> TextPlace.SUBJECT;
                    case BODY -> TextPlace.BODY;
                    case TEXT -> TextPlace.HEADER;
                    case FROM, TO, CC, BCC -> null;
                };
        if (where == null) {
            return contains(place, text);
        }
        SearchTest exact = SearchTexts.contains(sources.index(), place, text);
        if (!(exact instanceof SearchTest.OfIndex(IndexAnswer answer, var reading))) {
            return exact;
        }
        likeness.add(answer);
        return new SearchTest.OfIndex(answer.or(sources.index().alike(where, text)), reading);
    }

    /// How well a letter that was found fits: what holds the very text fits better than what holds
    /// others of its stem.
    ///
    /// @return 1 to 100
    int relevancy(LetterId letter) {
        int best = 0;
        for (IndexAnswer exact : likeness) {
            best += exact.of(letter.number()) == IndexAnswer.Verdict.DOES_NOT ? 50 : 100;
        }
        return likeness.isEmpty() ? 100 : best / likeness.size();
    }

    private SearchTest contains(SearchKey.Place place, String text) {
        LetterFacts.Text column =
                switch (place) {
                    case FROM -> LetterFacts.Text.FROM;
                    case TO -> LetterFacts.Text.TO;
                    case CC -> LetterFacts.Text.CC;
                    case SUBJECT -> LetterFacts.Text.SUBJECT;
                    case BCC, BODY, TEXT -> null;
                };
        SearchTest asked = SearchTexts.contains(sources.index(), place, text);
        if (column == null) {
            return asked;
        }
        SearchTest.OfLetter reading =
                switch (asked) {
                    case SearchTest.OfLetter letter -> letter;
                    case SearchTest.OfIndex(var _, var letter) -> letter;
                    case SearchTest.OfFacts(var _, var letter) -> letter;
                    case SearchTest.OfView _ ->
                            throw new IllegalStateException("texts are not in the view");
                };
        Optional<LetterFacts> known =
                asked instanceof SearchTest.OfLetter ? facts() : sources.known().get();
        return known.isPresent()
                ? new SearchTest.OfFacts(
                        known.get().containing(column, TextForms.searched(text)), reading)
                : asked;
    }

    private Optional<LetterFacts> facts() {
        Optional<LetterFacts> got = facts;
        if (got == null) {
            got = sources.facts().get();
            facts = got;
        }
        return got;
    }

    /// A test of what is in memory, where that can be had.
    private SearchTest known(
            Function<LetterFacts, LetterFacts.Containing> probe, SearchTest.OfLetter otherwise) {
        Optional<LetterFacts> all = facts();
        if (all.isEmpty()) {
            return otherwise;
        }
        LetterFacts.Containing asked = probe.apply(all.get());
        return new SearchTest.OfFacts(
                letter -> all.get().knows(letter) ? asked.in(letter) : LetterFacts.Found.UNKNOWN,
                otherwise);
    }

    private static LetterFacts.Found answer(boolean holds) {
        return holds ? LetterFacts.Found.YES : LetterFacts.Found.NO;
    }

    private static SearchTest view(SearchTest.ViewProbe probe) {
        return new SearchTest.OfView(probe);
    }

    private static SearchTest always(boolean answer) {
        return view((_, _) -> answer);
    }

    private SearchTest flag(Flag flag, boolean wanted) {
        long bit = bit(flag);
        return bit == 0
                ? always(!wanted)
                : view((_, at) -> ((now.keywords(at) & bit) != 0) == wanted);
    }

    /// 0 for a flag no letter here can have.
    private long bit(Flag flag) {
        try {
            return now.state().keywords().bit(FlagNames.keyword(flag));
        } catch (Refusal unknown) {
            return 0;
        }
    }

    private SearchTest among(SequenceSet set, boolean uid) {
        NumberSet.Builder numbers = NumberSet.builder();
        for (int place : mailbox.places(set, uid)) {
            numbers.add(place + 1L);
        }
        NumberSet wanted = numbers.build();
        return view((place, _) -> wanted.contains(place + 1L));
    }

    /// Dates of the store are compared in UTC, that of the header in its own zone.
    private SearchTest dated(SearchKey.Dated dated) {
        return switch (dated.moment()) {
            case ARRIVED -> day(now::receivedSecond, dated);
            case SAVED -> day(now::savedSecond, dated);
            case SENT ->
                    known(
                            facts ->
                                    letter ->
                                            answer(
                                                    facts.dated(letter)
                                                            && holds(
                                                                    facts.sentDay(letter),
                                                                    dated.relation(),
                                                                    dated.date())),
                            new SearchTest.OfLetter(
                                    SearchTest.Cost.ROW,
                                    letter -> sent(letter.listing().summary().sentAt(), dated)));
        };
    }

    private static SearchTest day(IntToLongFunction second, SearchKey.Dated dated) {
        return view(
                (_, at) ->
                        holds(
                                Math.floorDiv(second.applyAsLong(at), DAY),
                                dated.relation(),
                                dated.date()));
    }

    private static boolean sent(@Nullable OffsetDateTime date, SearchKey.Dated dated) {
        return date != null
                && holds(date.toLocalDate().toEpochDay(), dated.relation(), dated.date());
    }

    private static boolean holds(long day, SearchKey.Relation relation, LocalDate date) {
        long wanted = date.toEpochDay();
        return switch (relation) {
            case BEFORE -> day < wanted;
            case ON -> day == wanted;
            case SINCE -> day >= wanted;
        };
    }
}
