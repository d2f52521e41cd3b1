package org.facteur.core.sieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Door;
import org.facteur.core.change.Change;
import org.facteur.core.change.ChangeLog;
import org.facteur.core.change.Hints;
import org.facteur.core.mailbox.House;
import org.facteur.wire.sieve.SieveLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScriptsTest {
    private final House house = House.inMemory();
    private final AccountId alice = house.alice().id();
    private final Actor actor = new Actor(alice, 1, Door.SIEVE);
    private final Scripts scripts =
            new Scripts(house.store(), new Hints(), house::now, SieveLimits.STANDARD);

    @AfterEach
    void close() {
        house.close();
    }

    private void put(String name, String script) {
        scripts.put(actor, new ScriptName(name), script.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void oneScriptIsActiveAndStaysSoUnderAnotherName() {
        put("b", "keep;");
        put("a", "discard;");
        assertThat(scripts.active(alice)).isInstanceOf(ActiveScript.None.class);
        scripts.activate(actor, new ScriptName("b"));
        assertThat(((ActiveScript.Some) scripts.active(alice)).name().value()).isEqualTo("b");
        scripts.rename(actor, new ScriptName("b"), new ScriptName("c"));
        assertThat(scripts.list(actor))
                .extracting(each -> each.name().value() + " " + each.active())
                .containsExactly("a false", "c true");
        assertThat(((ActiveScript.Some) scripts.active(alice)).name().value()).isEqualTo("c");
        refused(Refusal.Reason.CANNOT, () -> scripts.delete(actor, new ScriptName("c")));
        scripts.activate(actor, null);
        scripts.delete(actor, new ScriptName("c"));
        assertThat(scripts.active(alice)).isInstanceOf(ActiveScript.None.class);
    }

    @Test
    void largeScriptsComeBackWhole() {
        String large = "#" + "x".repeat(999_990) + "\nkeep;";
        put("large", large);
        assertThat(scripts.get(actor, new ScriptName("large")))
                .isEqualTo(large.getBytes(StandardCharsets.UTF_8));
        put("large", "keep;");
        assertThat(scripts.get(actor, new ScriptName("large"))).hasSize(5);
        refused(Refusal.Reason.TOO_LARGE, () -> put("larger", "x".repeat(1_000_001)));
    }

    @Test
    void scriptsAreCountedAndNamesChecked() {
        for (int i = 0; i < 100; i++) {
            put("s" + i, "keep;");
        }
        put("s7", "stop;");
        refused(Refusal.Reason.LIMIT, () -> put("one more", "keep;"));
        refused(Refusal.Reason.INVALID, () -> put("", "keep;"));
        refused(Refusal.Reason.INVALID, () -> put("a\nb", "keep;"));
        refused(Refusal.Reason.INVALID, () -> put("é".repeat(257), "keep;"));
        refused(Refusal.Reason.NOT_FOUND, () -> scripts.get(actor, new ScriptName("none")));
        refused(
                Refusal.Reason.ALREADY_EXISTS,
                () -> scripts.rename(actor, new ScriptName("s1"), new ScriptName("s2")));
    }

    @Test
    void changesAreInTheLog() {
        put("a", "keep;");
        assertThat(
                        house.store()
                                .partition(alice.partition())
                                .read(view -> ChangeLog.after(view, view.version() - 1, 10))
                                .getLast()
                                .changes())
                .containsExactly(new Change.ScriptChanged("a", Change.Act.CREATED));
    }

    @Test
    void memoriesEndAndAreBounded() {
        Instant now = house.now();
        remember(now, new ScriptMemory.Note('v', "carol", Duration.ofDays(1)));
        assertThat(scripts.seen(alice, 'v', "carol", now)).isTrue();
        assertThat(scripts.seen(alice, 'd', "carol", now)).isFalse();
        assertThat(scripts.seen(alice, 'v', "carol", now.plus(Duration.ofDays(2)))).isFalse();
        remember(
                now.plus(Duration.ofDays(2)),
                new ScriptMemory.Note('v', "dave", Duration.ofDays(1)));
        assertThat(scripts.seen(alice, 'v', "carol", now)).isFalse();
    }

    private void remember(Instant now, ScriptMemory.Note note) {
        house.store()
                .partition(alice.partition())
                .write(
                        tx -> {
                            ScriptMemory.remember(tx, List.of(note), now);
                            return true;
                        });
    }

    private static void refused(Refusal.Reason reason, Runnable what) {
        assertThatThrownBy(what::run)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }
}
