package org.facteur.core.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.facteur.store.kv.Key;
import org.facteur.store.kv.Transaction;
import org.facteur.store.layout.Layout;
import org.facteur.store.verify.StoreVerifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BoxCheckTest {
    private final House house = House.inMemory();
    private final Placed placed = house.append(House.letter(1));

    @AfterEach
    void close() {
        house.store().close();
    }

    private List<String> after(Consumer<Transaction> damage) {
        house.check();
        house.store()
                .partition(house.alice().id().partition())
                .write(
                        tx -> {
                            damage.accept(tx);
                            return true;
                        });
        return new StoreVerifier(house.engine(), List.of(new BoxCheck()), 20)
                .run().findings().stream().map(finding -> finding.sentence()).toList();
    }

    private List<String> without(Key key) {
        return after(tx -> tx.delete(key));
    }

    @Test
    void lostRowsAreFound() {
        long letter = placed.letter().number();
        assertThat(without(Layout.places(letter)))
                .contains("Entries of the letter have no place.", "The letter lies nowhere.");
    }

    @Test
    void aLostAnatomyIsFound() {
        assertThat(without(Layout.anatomy(placed.letter().number())))
                .containsExactly("The letter has no anatomy.");
    }

    @Test
    void aLostRunIsFoundInSumsAndPlaces() {
        assertThat(without(Layout.entries(placed.mailbox().number(), 0)))
                .contains(
                        "Places are not those of the entries.",
                        "Sums of the mailbox are not those of its entries.");
    }

    @Test
    void aLostLetterLeavesItsBlobCounted() {
        assertThat(without(Layout.letter(placed.letter().number())))
                .contains("An entry's letter is missing.", "An anatomy without letter.")
                .anyMatch(sentence -> sentence.contains("references are counted"));
    }

    @Test
    void aCounterBehindIsFound() {
        assertThat(after(tx -> tx.put(BoxCounters.KEY, BoxCounters.NONE.encode())))
                .contains(
                        "The number was not given.",
                        "The account's sums are not those of its entries.");
    }

    @Test
    void octetsThatNobodyWroteAreFound() {
        Key key = Layout.mailbox(placed.mailbox().number());
        assertThat(after(tx -> tx.put(key, new byte[] {1, 2, 3})))
                .contains("The row does not make sense.");
    }
}
