package org.facteur.core.filter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.facteur.core.account.AccountId;
import org.facteur.core.mailbox.NewLetter;
import org.facteur.core.trust.Authentication;
import org.facteur.store.blob.Blob;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.auth.AuthCode;
import org.facteur.wire.auth.SpfResult;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// Tells junk from letters: what its words sound like, whether somebody answers for it, and whether
/// it carries programs. Any thread; takes no more than some milliseconds.
public final class Judge {
    /// Odds of one to four are enough where nobody answers for a letter.
    private static final double SUSPICION = 1.386;

    /// A sender that is proved must sound like junk all the same.
    private static final double PROVED = -3.6;

    /// Whoever people here write to is welcome.
    private static final double WELCOME = -10;

    /// The same, where nothing proves that it is really that one.
    private static final double PERHAPS_WELCOME = -4;

    private static final double FORGED = 2;
    private static final double REFUSED_PATH = 1;
    private static final double NAMELESS = 0.7;

    private final Supplier<ContentModel> models;
    private final Supplier<Rules> rules;
    private final Acquaintance acquaintance;
    private volatile @Nullable ContentModel model;

    /// What an administrator wants.
    ///
    /// @param content whether letters are judged by what they sound like and who answers for them
    /// @param attachments whether they are judged by programs they carry
    public record Rules(boolean content, boolean attachments) {}

    /// Knows whom people write to.
    @FunctionalInterface
    public interface Acquaintance {
        /// Nobody writes to anybody.
        Acquaintance NONE = (account, sender) -> false;

        boolean isKnown(AccountId account, EmailAddress sender);
    }

    /// @param models gives the model when the first letter is judged; may be asked more than once
    /// @param rules in force at the moment
    public Judge(Supplier<ContentModel> models, Supplier<Rules> rules, Acquaintance acquaintance) {
        this.models = models;
        this.rules = rules;
        this.acquaintance = acquaintance;
    }

    private ContentModel model() {
        ContentModel known = model;
        if (known == null) {
            known = models.get();
            model = known;
        }
        return known;
    }

    /// Judges a letter that has arrived whole.
    ///
    /// @param proofs what was found out about who wrote it
    /// @param receivers for whom it is
    /// @return empty where there is nothing to say, or nobody wants to hear it
    public Optional<Verdict> judge(
            NewLetter letter, Authentication proofs, Supplier<Set<AccountId>> receivers) {
        Rules now = rules.get();
        try (Blob blob = letter.octets().open()) {
            List<Fact> facts =
                    now.attachments()
                            ? Attachments.of(letter.index().anatomy(), blob::open)
                            : List.of();
            if (now.content()) {
                ReadLetter read = ReadLetter.of(letter.index(), blob::open);
                Verdict words = judge(read, proofs);
                List<Fact> all = new ArrayList<>(words.facts());
                welcome(read.sender(), proofs, receivers).ifPresent(all::add);
                all.addAll(facts);
                return Optional.of(new Verdict(all, words.tokens()));
            }
            return facts.isEmpty() ? Optional.empty() : Optional.of(new Verdict(facts, List.of()));
        } catch (IOException impossible) {
            throw new UncheckedIOException("blobs do no I/O of this kind", impossible);
        }
    }

    Verdict judge(ReadLetter letter, @Nullable Authentication proofs) {
        List<Fact> facts = new ArrayList<>();
        ContentModel known = model();
        double content = known.judge(Features.of(letter)) + SUSPICION;
        facts.add(FactWords.fact("content", content, ""));
        if (proofs != null) {
            facts.addAll(proofs(proofs));
        }
        return new Verdict(facts, known.explain(letter));
    }

    private Optional<Fact> welcome(
            String sender, Authentication proofs, Supplier<Set<AccountId>> receivers) {
        boolean unsaid = proofs.authors() == AuthCode.NONE;
        if (!proofs.confirmed() && !unsaid) {
            return Optional.empty();
        }
        try {
            EmailAddress address = EmailAddress.parse(sender);
            return receivers.get().stream().anyMatch(each -> acquaintance.isKnown(each, address))
                    ? Optional.of(
                            FactWords.fact("correspondent", unsaid ? PERHAPS_WELCOME : WELCOME, ""))
                    : Optional.empty();
        } catch (SyntaxFault _) {
            return Optional.empty();
        }
    }

    private static List<Fact> proofs(Authentication proofs) {
        List<Fact> facts = new ArrayList<>();
        String author = proofs.author();
        if (proofs.confirmed()) {
            facts.add(FactWords.fact("author-confirmed", PROVED, author));
        } else if (proofs.authors() == AuthCode.FAIL) {
            facts.add(FactWords.fact("author-denies", FORGED, author));
        } else if (proofs.spf().code() == SpfResult.Code.FAIL) {
            facts.add(FactWords.fact("path-refused", REFUSED_PATH, ""));
        }
        if (proofs.reverse().code() == AuthCode.FAIL
                || proofs.reverse().code() == AuthCode.PERMERROR) {
            facts.add(FactWords.fact("server-nameless", NAMELESS, ""));
        }
        return facts;
    }
}
