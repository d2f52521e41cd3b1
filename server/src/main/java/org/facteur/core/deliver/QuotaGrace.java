package org.facteur.core.deliver;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.Account;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Directory;
import org.facteur.core.account.Door;
import org.facteur.core.account.Quota;
import org.facteur.core.mailbox.Arrival;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.core.mailbox.Usage;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.Key;
import org.facteur.store.kv.Partition;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.Store;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;

/// How far letters may fill a box past its quota, and for how long. Any thread.
///
/// Boxes that are over are remembered in the store from the first letter that made them so; their
/// owners are told once, and [#review] forgets those that have room again.
public final class QuotaGrace {
    private static final PartitionId WHERE = new PartitionId(PartitionId.Realm.SYSTEM, 0);
    private static final int FORMAT = 1;
    private static final int PAGE = 500;
    private static final int WHOLE = 100;

    private final Partition partition;
    private final Directory directory;
    private final LetterBoxes boxes;
    private final InstantSource clock;
    private final Supplier<Rule> rules;

    /// How much and how long.
    ///
    /// @param percent of the quota on top of it, 0 to 100; 0 for no grace
    public record Rule(int percent, Duration time) {
        public Rule {
            Objects.requireNonNull(time);
            if (percent < 0 || percent > WHOLE || time.isNegative()) {
                throw new IllegalArgumentException("percent " + percent);
            }
        }
    }

    private record Over(Instant since, boolean told) {
        byte[] encode() {
            return new Encoder(FORMAT).signed(since.toEpochMilli()).flag(told).toBytes();
        }

        static Over decode(byte[] row) {
            Decoder in = new Decoder(row, FORMAT);
            return new Over(Instant.ofEpochMilli(in.signed()), in.flag());
        }
    }

    /// @param rules in force when they are asked for
    public QuotaGrace(
            Store store,
            Directory directory,
            LetterBoxes boxes,
            InstantSource clock,
            Supplier<Rule> rules) {
        this.partition = store.partition(WHERE);
        this.directory = directory;
        this.boxes = boxes;
        this.clock = clock;
        this.rules = rules;
    }

    /// What an account may hold now.
    Quota now(Account account) {
        if (rules.get().percent() == 0 || expired(find(account.id()))) {
            return account.quota();
        }
        Quota quota = account.quota();
        return new Quota(stretched(quota.bytes()), stretched(quota.letters()));
    }

    private long stretched(long most) {
        return most + (long) (most * (rules.get().percent() / (double) WHOLE));
    }

    private boolean expired(Optional<Over> over) {
        return over.isPresent()
                && clock.instant().isAfter(over.get().since().plus(rules.get().time()));
    }

    /// Puts a letter into a box, past its quota where that is allowed.
    ///
    /// @throws Refusal OVER_QUOTA
    void append(LetterBox box, Account receiver, Arrival arrival) {
        try {
            box.append(arrival);
        } catch (Refusal full) {
            if (rules.get().percent() == 0 || full.reason() != Refusal.Reason.OVER_QUOTA) {
                throw full;
            }
            Optional<Over> over = find(receiver.id());
            if (expired(over)) {
                throw full;
            }
            box.append(arrival, now(receiver));
            if (over.isEmpty()) {
                put(receiver.id(), new Over(clock.instant(), false));
            }
        }
    }

    /// Forgets boxes that have room again, and tells owners of those that have none.
    public void review(OwnerNotices notices) {
        for (Row row : partition.read(view -> view.scan(Layout.all(Table.OVER_QUOTA), PAGE))) {
            AccountId id = new AccountId(Layout.number(row.key(), 0));
            Account account = directory.findAccount(id).orElse(null);
            Over over = Over.decode(row.value());
            if (account == null || hasRoom(account)) {
                partition.write(
                        tx -> {
                            tx.delete(row.key());
                            return true;
                        });
            } else if (!over.told()) {
                notices.overQuota(
                        account,
                        usage(account),
                        over.since(),
                        over.since().plus(rules.get().time()));
                put(id, new Over(over.since(), true));
            }
        }
    }

    private boolean hasRoom(Account account) {
        Usage usage = usage(account);
        return usage.bytes() < usage.quota().bytes() && usage.letters() < usage.quota().letters();
    }

    private Usage usage(Account account) {
        return boxes.open(Actor.system(account.id(), Door.SYSTEM)).usage();
    }

    private Optional<Over> find(AccountId account) {
        return partition.read(view -> view.find(key(account))).map(Over::decode);
    }

    private void put(AccountId account, Over over) {
        partition.write(
                tx -> {
                    tx.put(key(account), over.encode());
                    return true;
                });
    }

    private static Key key(AccountId account) {
        return Layout.overQuota(account.number());
    }
}
