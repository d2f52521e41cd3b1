package org.facteur.edge.jmap;

import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.Directory;
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
    /// What stands beside letters and mailboxes.
    ///
    /// @param desk sends letters
    /// @param snoozes brings letters back later
    /// @param devices makes and revokes passwords of devices
    public record Extras(
            Shelf shelf,
            Uploads uploads,
            SubmissionDesk desk,
            SnoozeDesk snoozes,
            CredentialEditor devices,
            Scripts scripts,
            People people) {
        public Extras {
            Objects.requireNonNull(shelf);
            Objects.requireNonNull(uploads);
            Objects.requireNonNull(desk);
            Objects.requireNonNull(snoozes);
            Objects.requireNonNull(devices);
            Objects.requireNonNull(scripts);
            Objects.requireNonNull(people);
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
