package org.facteur.edge.imap;

import java.io.IOException;
import org.facteur.core.mailbox.LetterFacts;
import org.facteur.core.search.IndexAnswer;

/// One question a search asks about a letter.
sealed interface SearchTest {
    /// What asking costs.
    Cost cost();

    /// What must be read for an answer, cheapest first.
    enum Cost {
        /// The columns of the view.
        VIEW,
        /// The letter's row.
        ROW,
        /// The octets of its header.
        HEADER,
        /// All its text.
        BODY
    }

    /// A question the view answers.
    record OfView(ViewProbe probe) implements SearchTest {
        @Override
        public Cost cost() {
            return Cost.VIEW;
        }
    }

    /// A question the letter answers.
    record OfLetter(Cost cost, LetterProbe probe) implements SearchTest {}

    /// A question the index may answer, else the letter.
    record OfIndex(IndexAnswer answer, OfLetter otherwise) implements SearchTest {
        @Override
        public Cost cost() {
            return otherwise.cost();
        }
    }

    /// A question that what is kept in memory may answer, else the letter.
    record OfFacts(LetterFacts.Containing answer, OfLetter otherwise) implements SearchTest {
        @Override
        public Cost cost() {
            return otherwise.cost();
        }
    }

    /// Asks the view.
    @FunctionalInterface
    interface ViewProbe {
        /// @param place in the view shown to the client
        /// @param at in the view of now
        boolean test(int place, int at);
    }

    /// Asks the letter.
    @FunctionalInterface
    interface LetterProbe {
        boolean test(LetterReader letter) throws IOException;
    }
}
