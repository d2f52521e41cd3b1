package org.facteur.core.mailbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.ReadView;
import org.facteur.store.layout.Layout;

/// How much a POP device usually takes, and when it took far more.
///
/// A day is 24 hours of UTC. The first day of a device tells nothing: it takes what lay there.
///
/// @param first when it collected for the first time
/// @param last when it did something the habit was written for
/// @param today how many letters it has taken on the day of `last`
/// @param usualHundredths a moving average of letters taken a day, in hundredths
/// @param alarmed the last time it took far more than usual; 1970 for never
/// @param alarmLetters how many it had then taken that day
public record PopHabit(
        Instant first,
        Instant last,
        long today,
        long usualHundredths,
        Instant alarmed,
        long alarmLetters) {
    private static final int FORMAT = 1;

    /// Fewer in a day are never an alarm.
    private static final long HARMLESS = 50;

    /// So many times the usual is an alarm.
    private static final long TIMES = 10;

    /// Weight of the past: about a week.
    private static final long WEIGHT = 7;

    private static final int LONGEST_IDLE_DAYS = 60;

    static Optional<PopHabit> find(ReadView view, long credential) {
        return view.find(Layout.popDevice(credential)).map(PopHabit::decode);
    }

    static PopHabit fresh(Instant now) {
        return new PopHabit(now, now, 0, 0, Instant.EPOCH, 0);
    }

    /// This habit after the device took some letters.
    PopHabit took(long letters, Instant now) {
        long days = day(now) - day(last);
        long usual = usualHundredths;
        long count = today;
        for (long i = 0; i < Math.min(days, LONGEST_IDLE_DAYS); i++) {
            usual = (usual * WEIGHT + count * 100) / (WEIGHT + 1);
            count = 0;
        }
        long sum = count + letters;
        boolean fresh = day(now) == day(first);
        boolean alarm =
                !fresh && sum > HARMLESS && sum * 100 > usual * TIMES && day(alarmed) != day(now);
        return new PopHabit(
                first, now, sum, usual, alarm ? now : alarmed, alarm ? sum : alarmLetters);
    }

    /// Letters a day, rounded.
    public long usual() {
        return (usualHundredths + 50) / 100;
    }

    /// Whether it ever took far more than usual.
    public boolean everAlarmed() {
        return alarmed.isAfter(Instant.EPOCH);
    }

    private static long day(Instant when) {
        return when.getEpochSecond() / Duration.ofDays(1).toSeconds();
    }

    byte[] encode() {
        return new Encoder(FORMAT)
                .signed(first.toEpochMilli())
                .signed(last.toEpochMilli())
                .number(today)
                .number(usualHundredths)
                .signed(alarmed.toEpochMilli())
                .number(alarmLetters)
                .toBytes();
    }

    private static PopHabit decode(byte[] row) {
        Decoder in = new Decoder(row, FORMAT);
        PopHabit habit =
                new PopHabit(
                        Instant.ofEpochMilli(in.signed()),
                        Instant.ofEpochMilli(in.signed()),
                        in.number(),
                        in.number(),
                        Instant.ofEpochMilli(in.signed()),
                        in.number());
        in.end();
        return habit;
    }
}
