package org.facteur.core.shelf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.facteur.base.fault.Refusal;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Door;
import org.facteur.core.change.Hints;
import org.facteur.core.mailbox.House;
import org.junit.jupiter.api.Test;

class ShelfTest {
    private static final ItemKind KIND = ItemKind.CARD;

    private static Shelf shelf(House house) {
        return new Shelf(house.store(), new Hints(), house::now);
    }

    private static long add(Shelf shelf, Actor actor, String name) {
        return shelf.change(
                        actor,
                        actor.account(),
                        items -> {
                            long number =
                                    items.add(
                                            KIND,
                                            null,
                                            name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                            items.name(KIND, name, number);
                            return number;
                        })
                .value();
    }

    @Test
    void itemsAreFoundByTheirNamesUntilTheseAreTakenAway() {
        try (House house = House.inMemory()) {
            Shelf shelf = shelf(house);
            AccountId alice = house.alice().id();
            Actor actor = Actor.system(alice, Door.COMMAND);
            long number = add(shelf, actor, "one");
            assertThat(shelf.findNamed(alice, KIND, "one").orElseThrow().number())
                    .isEqualTo(number);
            assertThat(shelf.findNamed(alice, ItemKind.PUSH, "one")).isEmpty();
            shelf.change(
                    actor,
                    alice,
                    items -> {
                        items.unname(KIND, "one");
                        items.remove(KIND, number);
                        return true;
                    });
            assertThat(shelf.findNamed(alice, KIND, "one")).isEmpty();
            assertThat(shelf.count(alice, KIND)).isZero();
        }
    }

    @Test
    void aKindIsUntouchedByChangesOfOthers() {
        try (House house = House.inMemory()) {
            Shelf shelf = shelf(house);
            AccountId alice = house.alice().id();
            Actor actor = Actor.system(alice, Door.COMMAND);
            add(shelf, actor, "one");
            long changed = shelf.changed(alice, KIND);
            long version = shelf.version(alice);
            shelf.change(actor, alice, items -> items.add(ItemKind.PUSH, null, new byte[3]));
            assertThat(shelf.changed(alice, KIND)).isEqualTo(changed);
            ShelfChanges none = shelf.changesSince(alice, KIND, version).orElseThrow();
            assertThat(none.none()).isTrue();
            assertThat(none.to()).isEqualTo(shelf.version(alice));
            assertThat(shelf.changesSince(alice, KIND, 0).orElseThrow().created()).hasSize(1);
        }
    }

    @Test
    void aKindHasItsLimit() {
        try (House house = House.inMemory()) {
            Shelf shelf = shelf(house);
            Actor actor = Actor.system(house.alice().id(), Door.COMMAND);
            byte[] some = new byte[1];
            shelf.change(
                    actor, actor.account(), items -> items.add(ItemKind.PEOPLE_WISHES, null, some));
            assertThatThrownBy(
                            () ->
                                    shelf.change(
                                            actor,
                                            actor.account(),
                                            items -> items.add(ItemKind.PEOPLE_WISHES, null, some)))
                    .isInstanceOf(Refusal.class);
        }
    }
}
