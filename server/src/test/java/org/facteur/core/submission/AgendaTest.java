package org.facteur.core.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.facteur.core.account.AccountId;
import org.facteur.core.mailbox.House;
import org.facteur.core.shelf.ItemKind;
import org.junit.jupiter.api.Test;

class AgendaTest {
    @Test
    void whatIsDueIsLookedAtOnce() {
        try (House house = House.inMemory();
                Agenda agenda = new Agenda(house.store(), house::now)) {
            List<AccountId> looked = new ArrayList<>();
            agenda.handle(ItemKind.SNOOZE, looked::add);
            agenda.add(house.now().plusSeconds(60), ItemKind.SNOOZE, house.alice().id());
            agenda.work();
            assertThat(looked).isEmpty();
            house.later(Duration.ofSeconds(61));
            agenda.work();
            agenda.work();
            assertThat(looked).containsExactly(house.alice().id());
        }
    }

    @Test
    void rowsOfKindsNobodyHandlesStayForWhoeverDoes() {
        try (House house = House.inMemory()) {
            AccountId alice = house.alice().id();
            List<AccountId> snoozed = new ArrayList<>();
            try (Agenda old = new Agenda(house.store(), house::now)) {
                old.handle(ItemKind.SNOOZE, snoozed::add);
                for (int i = 0; i < 250; i++) {
                    old.add(house.now().plusMillis(i), ItemKind.BULK, alice);
                }
                old.add(house.now().plusSeconds(1), ItemKind.SNOOZE, alice);
                house.later(Duration.ofMinutes(1));
                old.work();
                assertThat(snoozed).hasSize(1);
            }
            List<AccountId> bulk = new ArrayList<>();
            try (Agenda later = new Agenda(house.store(), house::now)) {
                later.handle(ItemKind.BULK, bulk::add);
                for (int i = 0; i < 5; i++) {
                    later.work();
                }
            }
            assertThat(bulk).hasSize(250);
        }
    }

    @Test
    void whatFailsIsTriedAgain() {
        try (House house = House.inMemory();
                Agenda agenda = new Agenda(house.store(), house::now)) {
            List<AccountId> looked = new ArrayList<>();
            agenda.handle(
                    ItemKind.SNOOZE,
                    account -> {
                        looked.add(account);
                        if (looked.size() == 1) {
                            throw new IllegalStateException("once");
                        }
                    });
            agenda.add(house.now(), ItemKind.SNOOZE, house.alice().id());
            agenda.work();
            house.later(Duration.ofMinutes(2));
            agenda.work();
            assertThat(looked).hasSize(2);
        }
    }
}
