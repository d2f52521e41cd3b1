package org.facteur.core.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.facteur.core.account.Account;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Door;
import org.facteur.core.change.Hints;
import org.facteur.core.shelf.ItemKind;
import org.facteur.core.shelf.Shelf;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;
import org.junit.jupiter.api.Test;

/// An account that is no more leaves nothing of its own.
class EraserTest {
    @Test
    void everyTableOfTheAccountIsEmptyAfterwards() {
        try (House house = House.inMemory()) {
            Account bob = house.person("bob");
            Actor actor = Actor.system(bob.id(), Door.COMMAND);
            for (int i = 0; i < 300; i++) {
                house.append(
                        house.box(bob),
                        house.box(bob).inbox(),
                        "Subject: " + i + "\r\n\r\nwords\r\n",
                        java.util.Set.of(),
                        null);
            }
            LetterBox box = house.box(bob);
            MailboxId inbox = box.inbox();
            assertThat(box.findFacts(box.view(inbox))).isPresent();
            Shelf shelf = new Shelf(house.store(), new Hints(), house::now);
            shelf.change(
                    actor,
                    bob.id(),
                    items -> items.add(ItemKind.IDENTITY, null, new byte[] {1, 2, 3}));
            house.boxes().erase(bob.id());
            List<Table> left =
                    house.boxes()
                            .partition(bob.id())
                            .read(
                                    view ->
                                            java.util.Arrays.stream(Table.values())
                                                    .filter(
                                                            table ->
                                                                    !view.scan(Layout.all(table), 1)
                                                                            .isEmpty())
                                                    .toList());
            assertThat(left).isSubsetOf(Table.META, Table.TRANSACTIONS, Table.BLOB_GARBAGE);
        }
    }
}
