package org.facteur.core.deliver;

import java.util.List;
import org.facteur.base.fault.Refusal;

/// What became of a letter for one box.
sealed interface Outcome {
    record Done(List<Envelope.Recipient> recipients) implements Outcome {}

    record Later(List<Envelope.Recipient> recipients) implements Outcome {}

    /// Refused, and whoever hands it in can be told so.
    record Never(List<Envelope.Recipient> recipients, Refusal refusal) implements Outcome {}

    /// Taken, to be told of by a report.
    record Returned(List<Envelope.Recipient> recipients, Refusal refusal) implements Outcome {}
}
