package org.facteur.edge.imap;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.function.IntToLongFunction;
import org.facteur.base.fault.Refusal;
import org.facteur.core.mailbox.MailboxView;
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
    private final SearchTexts.IndexProbes index;
    private boolean modSeq;

    SearchTests(
            SelectedMailbox mailbox,
            MailboxView now,
            Instant moment,
            SearchTexts.IndexProbes index) {
        this.index = index;
        this.mailbox = mailbox;
        this.now = now;
        this.moment = moment;
    }

    /// Whether MODSEQ was among the keys.
    boolean modSeq() {
        return modSeq;
    }

    SearchTest test(SearchKey key) {
        return switch (key) {
            case SearchKey.All _, SearchKey.SaveDateSupported _ -> always(true);
            case SearchKey.HasFlag(var flag) -> flag(flag, true);
            case SearchKey.LacksFlag(var flag) -> flag(flag, false);
            case SearchKey.Contains(var place, var text) ->
                    SearchTexts.contains(index, place, text);
            case SearchKey.Header(var field, var text) -> SearchTexts.header(index, field, text);
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
            case SearchKey.ModSeq(var _, long atLeast) -> {
                modSeq = true;
                yield view((_, at) -> now.modSeq(at) >= atLeast);
            }
            case SearchKey.EmailId(var id) ->
                    view((_, at) -> ObjectIds.of(now.letter(at)).equals(id));
            case SearchKey.ThreadId(var id) ->
                    new SearchTest.OfLetter(
                            SearchTest.Cost.ROW,
                            letter -> ObjectIds.of(letter.letter().thread()).equals(id));
            case SearchKey.Not _, SearchKey.Or _, SearchKey.And _ ->
                    throw new IllegalStateException("not a key by itself");
        };
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
                    new SearchTest.OfLetter(
                            SearchTest.Cost.ROW,
                            letter -> sent(letter.listing().summary().sentAt(), dated));
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
