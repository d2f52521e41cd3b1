package org.facteur.edge.jmap;

import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.Directory;
import org.facteur.core.bulk.BulkDesk;
import org.facteur.core.contact.People;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.login.CredentialEditor;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.core.search.SearchIndex;
import org.facteur.core.shelf.Shelf;
import org.facteur.core.sieve.Scripts;
import org.facteur.core.snooze.SnoozeDesk;
import org.facteur.core.submission.SubmissionDesk;

/// What the conversation needs of the post office.
///
/// @param authenticators asked in order
/// @param letters makes what takes a letter in
public record JmapServices(
        List<Authenticator> authenticators,
        Directory directory,
        LetterBoxes boxes,
        Supplier<LetterWriter> letters,
        SearchIndex index,
        InstantSource clock,
        Extras extras) {
    /// What does things for accounts, also when nobody is signed in.
    ///
    /// @param submissions sends letters
    /// @param snoozes brings letters back later
    /// @param bulk does one deed to many letters
    public record Desks(SubmissionDesk submissions, SnoozeDesk snoozes, BulkDesk bulk) {
        public Desks {
            Objects.requireNonNull(submissions);
            Objects.requireNonNull(snoozes);
            Objects.requireNonNull(bulk);
        }
    }

    /// What stands beside letters and mailboxes.
    ///
    /// @param devices makes and revokes passwords of devices
    /// @param push tells clients that are not connected
    public record Extras(
            Shelf shelf,
            Desks desks,
            CredentialEditor devices,
            Scripts scripts,
            People people,
            PushCourier push) {
        public Extras {
            Objects.requireNonNull(shelf);
            Objects.requireNonNull(desks);
            Objects.requireNonNull(devices);
            Objects.requireNonNull(scripts);
            Objects.requireNonNull(people);
            Objects.requireNonNull(push);
        }

        SubmissionDesk desk() {
            return desks.submissions();
        }

        SnoozeDesk snoozes() {
            return desks.snoozes();
        }

        BulkDesk bulk() {
            return desks.bulk();
        }

        /// What clients brought.
        Uploads uploads() {
            return new Uploads(shelf);
        }
    }

    public JmapServices {
        authenticators = List.copyOf(authenticators);
        Objects.requireNonNull(directory);
        Objects.requireNonNull(boxes);
        Objects.requireNonNull(letters);
        Objects.requireNonNull(index);
        Objects.requireNonNull(clock);
        Objects.requireNonNull(extras);
    }

    /// A letter box the caller may look at; empty for any other, there or not.
    Optional<LetterBox> findBox(Caller caller, String accountId) {
        return ObjectIds.account(accountId)
                .flatMap(
                        id -> {
                            try {
                                return Optional.of(boxes.open(caller.actor(), id));
                            } catch (Refusal _) {
                                return Optional.empty();
                            }
                        });
    }
}
