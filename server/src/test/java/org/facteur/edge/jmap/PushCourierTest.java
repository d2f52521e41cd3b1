package org.facteur.edge.jmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Door;
import org.facteur.core.change.Hints;
import org.facteur.core.mailbox.House;
import org.facteur.core.mailbox.MailboxName;
import org.facteur.core.push.PushKey;
import org.facteur.core.push.PushSubscription;
import org.facteur.core.push.PushSubscriptions;
import org.facteur.core.shelf.Shelf;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PushCourierTest {
    private final House house = House.inMemory();
    private final Shelf shelf = new Shelf(house.store(), new Hints(), house::now);
    private final PushSubscriptions subscriptions = new PushSubscriptions(shelf, house::now);
    private final List<String> messages = new ArrayList<>();
    private final List<Map<String, String>> fields = new ArrayList<>();
    private int status = 201;
    private boolean welcome = true;
    private final PushCourier courier =
            new PushCourier(
                    new PushCourier.Sources(
                            shelf,
                            house.boxes(),
                            subscriptions,
                            new PushKey(house.store()),
                            (_, _) -> welcome),
                    this::post,
                    house::now,
                    Runnable::run,
                    "mailto:postmaster@example.org");
    private final AccountId alice = house.alice().id();
    private final Actor actor = new Actor(alice, 1, Door.JMAP);
    private int made;

    private PushPost.Answer post(URI service, Map<String, String> said, byte[] body) {
        assertThat(service.getHost()).isEqualTo("push.example");
        messages.add(new String(body, StandardCharsets.UTF_8));
        fields.add(said);
        return new PushPost.Answer(status, Duration.ZERO);
    }

    @AfterEach
    void close() {
        courier.close();
        house.close();
    }

    private PushSubscription subscribe(@Nullable List<String> types) {
        PushSubscription one =
                subscriptions.add(
                        actor,
                        PushSubscription.Target.open("device", "https://push.example/x"),
                        types,
                        house.now().plus(Duration.ofDays(30)));
        courier.verify(alice, one);
        return one;
    }

    private PushSubscription confirm(PushSubscription one) {
        return subscriptions.put(
                actor,
                new PushSubscription(
                        one.number(),
                        one.origin(),
                        one.target(),
                        one.types(),
                        one.expires(),
                        one.code(),
                        true));
    }

    private void change() {
        made++;
        house.box().create(new MailboxName(List.of("M" + made)), null);
        courier.changed(alice);
        courier.work();
    }

    @Test
    void nothingIsToldBeforeTheCodeCameBack() {
        PushSubscription one = subscribe(null);
        assertThat(messages).hasSize(1);
        assertThat(messages.getFirst())
                .contains("PushVerification", "\"P" + one.number() + "\"", one.code());
        assertThat(fields.getFirst().get("Authorization")).startsWith("vapid t=");
        change();
        assertThat(messages).hasSize(1);
        confirm(one);
        change();
        assertThat(messages).hasSize(2);
        assertThat(messages.getLast()).contains("StateChange", "\"A1\"", "\"Mailbox\"");
    }

    @Test
    void changesCloseTogetherAreToldTogether() {
        confirm(subscribe(null));
        change();
        change();
        change();
        assertThat(messages).hasSize(2);
        house.later(Duration.ofSeconds(3));
        courier.work();
        assertThat(messages).hasSize(3);
        house.later(Duration.ofSeconds(3));
        courier.work();
        assertThat(messages).hasSize(3);
    }

    @Test
    void onlyTheKindsThatAreOfInterestAreTold() {
        confirm(subscribe(List.of("Email")));
        change();
        assertThat(messages).hasSize(1);
    }

    @Test
    void aServiceThatFailsIsAskedAgainLaterAndOneThatIsGoneIsForgotten() {
        confirm(subscribe(null));
        status = 503;
        change();
        assertThat(messages).hasSize(2);
        change();
        assertThat(messages).hasSize(2);
        house.later(Duration.ofSeconds(31));
        courier.work();
        assertThat(messages).hasSize(3);
        house.later(Duration.ofSeconds(61));
        status = 410;
        courier.work();
        assertThat(messages).hasSize(4);
        assertThat(subscriptions.list(alice)).isEmpty();
    }

    @Test
    void subscriptionsEndAfterSevenDays() {
        PushSubscription one = confirm(subscribe(null));
        assertThat(one.expires()).isEqualTo(house.now().plus(Duration.ofDays(7)));
        house.later(Duration.ofDays(8));
        change();
        assertThat(messages).hasSize(1);
    }

    @Test
    void aSubscriptionEndsWithTheCredentialThatMadeIt() {
        confirm(subscribe(null));
        welcome = false;
        change();
        assertThat(messages).hasSize(1);
        assertThat(subscriptions.list(alice)).isEmpty();
    }

    @Test
    void soManyAreMadeInAnHour() {
        for (int i = 0; i < PushSubscriptions.AN_HOUR; i++) {
            subscribe(null);
        }
        assertThatThrownBy(() -> subscribe(null)).isInstanceOf(Refusal.class);
        assertThat(subscriptions.list(alice)).hasSize(1);
        house.later(Duration.ofHours(2));
        subscribe(null);
    }

    @Test
    void theKeyStays() {
        String key = courier.applicationServerKey();
        assertThat(new PushKey(house.store()).get().shown()).hasSize(65);
        assertThat(
                        java.util.Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(new PushKey(house.store()).get().shown()))
                .isEqualTo(key);
    }
}
