package org.facteur.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.facteur.base.word.Language;
import org.facteur.store.blob.BlobId;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.StoreFault;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.smtp.BodyKind;
import org.facteur.wire.smtp.LetterWishes;
import org.facteur.wire.smtp.RcptParameters;
import org.junit.jupiter.api.Test;

class QueueItemTest {
    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
    private static final EmailAddress BOB = EmailAddress.parse("bob@example.org");

    private static QueueItem item(LetterWishes wishes, RcptParameters forBob) {
        return new QueueItem(
                new QueueId(4),
                new QueuedLetter(
                        new BlobId(new byte[BlobId.BYTES]),
                        9,
                        new byte[] {1},
                        5,
                        true,
                        true,
                        wishes),
                new Origin(null, null, Language.FRENCH),
                new Destination.Local(),
                List.of(
                        QueuedRecipient.waiting(BOB, forBob),
                        QueuedRecipient.waiting(BOB, RcptParameters.NONE)
                                .become(QueuedRecipient.State.EXPANDED, "2.1.5", "yes")),
                Schedule.fresh(CREATED, CREATED));
    }

    @Test
    void whatTheSenderAskedForIsReadAsItWasWritten() {
        LetterWishes wishes =
                new LetterWishes(
                        BodyKind.BINARY_MIME,
                        LetterWishes.Returned.HDRS,
                        "\u00e9 x",
                        true,
                        new LetterWishes.Release.At(CREATED.plusSeconds(60)),
                        -9);
        RcptParameters forBob =
                new RcptParameters(
                        Set.of(RcptParameters.Notify.SUCCESS, RcptParameters.Notify.DELAY),
                        new RcptParameters.OriginalRecipient("utf-8", "b\u00f6b@example.org"));
        QueueItem read = QueueItem.decode(new QueueId(4), item(wishes, forBob).encode());
        assertThat(read.letter().wishes()).isEqualTo(wishes);
        assertThat(read.recipients()).isEqualTo(item(wishes, forBob).recipients());
        assertThat(read.released()).isEqualTo(CREATED.plusSeconds(60));
        QueueItem bare =
                QueueItem.decode(
                        new QueueId(4), item(LetterWishes.NONE, RcptParameters.NONE).encode());
        assertThat(bare.letter().wishes()).isEqualTo(LetterWishes.NONE);
        assertThat(bare.released()).isEqualTo(CREATED);
    }

    @Test
    void rowsOfTheFirstFormatAskForNothing() {
        byte[] row =
                new Encoder(1)
                        .raw(new byte[BlobId.BYTES])
                        .number(9)
                        .octets(new byte[0])
                        .number(5)
                        .flag(false)
                        .flag(false)
                        .optionalText("alice@example.org")
                        .number(7)
                        .text("en")
                        .flag(false)
                        .list(
                                List.of(1),
                                (to, state) ->
                                        to.text("bob@example.org")
                                                .number(state)
                                                .text("5.1.1")
                                                .text("no"))
                        .signed(CREATED.toEpochMilli())
                        .signed(CREATED.toEpochMilli())
                        .number(3)
                        .flag(false)
                        .flag(true)
                        .bits(0)
                        .toBytes();
        QueueItem read = QueueItem.decode(new QueueId(4), row);
        assertThat(read.letter().wishes()).isEqualTo(LetterWishes.NONE);
        assertThat(read.failed())
                .containsExactly(
                        QueuedRecipient.waiting(BOB, RcptParameters.NONE)
                                .become(QueuedRecipient.State.FAILED, "5.1.1", "no"));
        row[0] = 3;
        assertThatThrownBy(() -> QueueItem.decode(new QueueId(4), row))
                .isInstanceOf(StoreFault.class);
    }

    @Test
    void anAnswerIsCutByItsOctets() {
        QueuedRecipient wide =
                QueuedRecipient.waiting(BOB, RcptParameters.NONE)
                        .become(QueuedRecipient.State.WAITING, "4.0.0", "\u20ac".repeat(400));
        assertThat(wide.answer()).isEqualTo("\u20ac".repeat(166));
    }

    @Test
    void whoSaysNothingHearsOfFailuresAndDelays() {
        assertThat(RcptParameters.NONE.wants(RcptParameters.Notify.FAILURE)).isTrue();
        assertThat(RcptParameters.NONE.wants(RcptParameters.Notify.DELAY)).isTrue();
        assertThat(RcptParameters.NONE.wants(RcptParameters.Notify.SUCCESS)).isFalse();
        RcptParameters success =
                new RcptParameters(Set.of(RcptParameters.Notify.SUCCESS), null).withoutSuccess();
        assertThat(success.wants(RcptParameters.Notify.FAILURE)).isFalse();
        assertThat(new LetterWishes.Release.After(Duration.ofMinutes(1)).moment(CREATED))
                .isEqualTo(CREATED.plusSeconds(60));
    }
}
