package org.facteur.core.trust;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.facteur.base.forks.Forks;
import org.facteur.core.mailbox.NewLetter;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.auth.ArcResult;
import org.facteur.wire.auth.ArcVerifier;
import org.facteur.wire.auth.AuthCode;
import org.facteur.wire.auth.DkimResult;
import org.facteur.wire.auth.DkimVerifier;
import org.facteur.wire.auth.DmarcCheck;
import org.facteur.wire.auth.DmarcRecord;
import org.facteur.wire.auth.DmarcResult;
import org.facteur.wire.auth.DnsLookup;
import org.facteur.wire.auth.ReverseCheck;
import org.facteur.wire.auth.SignedLetter;
import org.facteur.wire.auth.SpfCheck;
import org.facteur.wire.auth.SpfResult;

/// Finds out who wrote a letter that comes in from outside. Any thread; waits for the DNS, for ten
/// seconds at most: what is not known by then counts as a fault of the moment, and for that no
/// letter is refused.
public final class Authenticator {
    private static final Duration TIME = Duration.ofSeconds(10);
    private static final int SIDE_BY_SIDE = 8;

    private final Domain host;
    private final DnsLookup names;
    private final KnownForwarders forwarders;
    private final Supplier<Rules> rules;
    private final InstantSource clock;
    private final Watch watch;

    /// What an administrator wants.
    ///
    /// @param judge whether letters are looked at
    /// @param follow whether letters are refused or kept apart where their author's domain asks for
    ///   that
    /// @param loopback whether also those that programs of this machine bring
    public record Rules(boolean judge, boolean follow, boolean loopback) {}

    /// Hears of each letter that was looked at. Must be quick.
    @FunctionalInterface
    public interface Watch {
        void judged(Authentication authentication);
    }

    /// @param host who asks, as the DNS of others is told
    /// @param rules in force at the moment
    public Authenticator(
            Domain host,
            DnsLookup names,
            KnownForwarders forwarders,
            Supplier<Rules> rules,
            InstantSource clock) {
        this(host, names, forwarders, rules, clock, found -> {});
    }

    private Authenticator(
            Domain host,
            DnsLookup names,
            KnownForwarders forwarders,
            Supplier<Rules> rules,
            InstantSource clock,
            Watch watch) {
        this.host = Objects.requireNonNull(host);
        this.names = Objects.requireNonNull(names);
        this.forwarders = Objects.requireNonNull(forwarders);
        this.rules = Objects.requireNonNull(rules);
        this.clock = Objects.requireNonNull(clock);
        this.watch = Objects.requireNonNull(watch);
    }

    /// The same, watched by somebody.
    public Authenticator watchedBy(Watch newWatch) {
        return new Authenticator(host, names, forwarders, rules, clock, newWatch);
    }

    /// Whether letters from there are looked at.
    public boolean judges(InetAddress client) {
        Rules now = rules.get();
        return now.judge() && (now.loopback() || !client.isLoopbackAddress());
    }

    /// One thing found out.
    private sealed interface Fact {}

    private record Reverse(ReverseCheck.Result result) implements Fact {}

    private record Path(SpfResult result) implements Fact {}

    private record Signature(DkimResult result) implements Fact {}

    private record Chain(ArcResult result) implements Fact {}

    /// @param signed the letter's octets as they came, whatever was taken off its header since
    public Authentication judge(SignedLetter signed, NewLetter letter, Visitor visitor) {
        Instant now = clock.instant();
        DnsLookup bounded = DnsLookup.remembering(new BoundedLookup(names, TIME));
        DkimVerifier verifier = new DkimVerifier(signed, bounded, now);
        List<Callable<Fact>> tasks = new ArrayList<>();
        tasks.add(() -> new Reverse(ReverseCheck.of(visitor.client(), bounded)));
        tasks.add(() -> new Path(SpfCheck.of(question(visitor, now), bounded)));
        for (int i = 0; i < signed.signatures(); i++) {
            int number = i;
            tasks.add(() -> new Signature(verifier.judge(number)));
        }
        if (signed.forwarded()) {
            tasks.add(() -> new Chain(ArcVerifier.judge(signed, bounded, now)));
        }
        Authentication found = gathered(visitor, Forks.all(tasks, SIDE_BY_SIDE));
        DmarcCheck check = new DmarcCheck(bounded);
        List<Callable<DmarcResult>> authors = new ArrayList<>();
        for (Domain author : Authors.of(letter)) {
            authors.add(() -> check.judge(author.name(), found.spf(), found.dkim()));
        }
        List<DmarcResult> dmarc =
                authors.isEmpty()
                        ? List.of()
                        : new ArrayList<>(Forks.all(authors, SIDE_BY_SIDE))
                                .stream()
                                        .sorted(
                                                Comparator.comparingInt(Authenticator::badness)
                                                        .reversed())
                                        .toList();
        Authentication judged =
                new Authentication(
                        visitor,
                        found.reverse(),
                        found.spf(),
                        found.dkim(),
                        found.arc(),
                        dmarc,
                        Authentication.Treatment.ACCEPT);
        Authentication treated =
                judged.with(
                        rules.get().follow()
                                ? treatment(judged, letter)
                                : Authentication.Treatment.ACCEPT);
        watch.judged(treated);
        return treated;
    }

    private SpfCheck.Question question(Visitor visitor, Instant now) {
        EmailAddress sender = visitor.sender();
        return new SpfCheck.Question(
                visitor.client(),
                sender == null ? "" : sender.local() + "@" + sender.domain().name(),
                visitor.greeting(),
                host.name(),
                now);
    }

    private static Authentication gathered(Visitor visitor, List<Fact> facts) {
        ReverseCheck.Result reverse = new ReverseCheck.Result(AuthCode.NONE, "");
        SpfResult spf = new SpfResult(SpfResult.Code.NONE, "", null);
        ArcResult arc = new ArcResult(AuthCode.NONE, List.of(), "");
        List<DkimResult> dkim = new ArrayList<>();
        for (Fact each : facts) {
            switch (each) {
                case Reverse(var result) -> reverse = result;
                case Path(var result) -> spf = result;
                case Signature(var result) -> dkim.add(result);
                case Chain(var result) -> arc = result;
            }
        }
        return new Authentication(
                visitor, reverse, spf, dkim, arc, List.of(), Authentication.Treatment.ACCEPT);
    }

    private static int badness(DmarcResult result) {
        return switch (result.code()) {
            case FAIL -> 10 + result.policy().ordinal();
            case PERMERROR -> 5;
            case TEMPERROR -> 4;
            case NONE -> 3;
            case POLICY, NEUTRAL -> 2;
            case PASS -> 0;
        };
    }

    /// What the author's domain asks for (RFC 9989 §5.4). Lists and forwarders change letters and
    /// are no forgers; whoever looks like one gets its letter into the junk at worst.
    private Authentication.Treatment treatment(Authentication found, NewLetter letter) {
        if (found.dmarc().isEmpty() || found.authors() != AuthCode.FAIL) {
            return Authentication.Treatment.ACCEPT;
        }
        DmarcRecord.Policy policy = found.dmarc().getFirst().policy();
        if (policy == DmarcRecord.Policy.NONE || forwarders.vouchFor(found.arc())) {
            return Authentication.Treatment.ACCEPT;
        }
        boolean passedOn = found.arc().code() == AuthCode.PASS || isListed(letter);
        return policy == DmarcRecord.Policy.QUARANTINE || passedOn
                ? Authentication.Treatment.APART
                : Authentication.Treatment.REFUSE;
    }

    /// Whether a letter has the marks of a mailing list (RFC 2369, RFC 2919).
    private static boolean isListed(NewLetter letter) {
        return letter.index().anatomy().fields().stream()
                .map(field -> field.name().strip())
                .anyMatch(
                        name ->
                                name.equalsIgnoreCase("List-Id")
                                        || name.equalsIgnoreCase("List-Post"));
    }
}
