package org.facteur.wire.auth;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// Asks a domain whether a host may send in its name (RFC 7208 §4). Used once, by one thread; waits
/// for as long as its [DnsLookup] does.
///
/// Asked about are at most 10 terms that need the DNS, of them at most 2 that lead nowhere, and 10
/// servers of a term (RFC 7208 §4.6.4).
public final class SpfCheck {
    private static final int MOST_TERMS = 10;
    private static final int MOST_VOID = 2;
    private static final int MOST_HOSTS = 10;

    private final DnsLookup names;
    private final Question question;
    private final String local;
    private final String sender;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private int terms;
    private int voids;
    private @Nullable Frame ended;

    /// Who sends, and who wants to know.
    ///
    /// @param sender the reverse path; empty for the null path
    /// @param greeting how the client called itself
    /// @param receiver the name of the host that asks
    public record Question(
            IpAddress client, String sender, String greeting, String receiver, Instant now) {
        public Question {
            Objects.requireNonNull(client);
            Objects.requireNonNull(sender);
            Objects.requireNonNull(greeting);
            Objects.requireNonNull(receiver);
            Objects.requireNonNull(now);
        }
    }

    /// A policy on the way.
    private static final class Frame {
        private final String domain;
        private final SpfRecord record;
        private int next;

        Frame(String domain, SpfRecord record) {
            this.domain = domain;
            this.record = record;
        }

        SpfRecord.Directive last() {
            return record.directives().get(next - 1);
        }
    }

    private enum Match {
        YES,
        NO,
        LATER,
        BROKEN
    }

    private SpfCheck(DnsLookup names, Question question) {
        this.names = names;
        this.question = question;
        int at = question.sender().lastIndexOf('@');
        this.local = at > 0 ? question.sender().substring(0, at) : "postmaster";
        this.sender =
                question.sender().isEmpty()
                        ? question.greeting()
                        : question.sender().substring(at + 1);
    }

    /// Judges a reverse path, or the greeting where that is empty (RFC 7208 §2.4).
    public static SpfResult of(Question question, DnsLookup names) {
        return new SpfCheck(names, question).run();
    }

    private SpfResult run() {
        String domain = DnsNames.canonical(sender);
        if (domain.indexOf('.') < 0 || domain.startsWith("[")) {
            return new SpfResult(SpfResult.Code.NONE, "", null);
        }
        SpfResult.Code code = evaluate(domain);
        Frame last = ended;
        String words = code == SpfResult.Code.FAIL && last != null ? explanation(last) : null;
        return new SpfResult(code, domain, words);
    }

    private SpfResult.Code evaluate(String domain) {
        SpfResult.Code result = load(domain);
        while (true) {
            Frame frame = frames.peek();
            if (result != null) {
                if (frame == null) {
                    return result;
                }
                result = included(frame, result);
            } else {
                result = step(Objects.requireNonNull(frame));
            }
        }
    }

    /// What the policy that includes another makes of the other's result (RFC 7208 §5.2).
    private SpfResult.@Nullable Code included(Frame frame, SpfResult.Code result) {
        return switch (result) {
            case PASS -> end(frame, frame.last().result());
            case FAIL, SOFTFAIL, NEUTRAL -> null;
            case TEMPERROR -> end(frame, SpfResult.Code.TEMPERROR);
            case PERMERROR, NONE -> end(frame, SpfResult.Code.PERMERROR);
        };
    }

    private SpfResult.Code end(Frame frame, SpfResult.Code result) {
        frames.pop();
        ended = frame;
        return result;
    }

    /// One directive, or what follows the last.
    private SpfResult.@Nullable Code step(Frame frame) {
        if (frame.next == frame.record.directives().size()) {
            return redirected(frame);
        }
        SpfRecord.Directive directive = frame.record.directives().get(frame.next++);
        if (directive.mechanism() instanceof SpfRecord.Include(String domain)) {
            if (++terms > MOST_TERMS) {
                return end(frame, SpfResult.Code.PERMERROR);
            }
            return load(target(domain, frame));
        }
        return switch (match(directive.mechanism(), frame)) {
            case YES -> end(frame, directive.result());
            case NO -> null;
            case LATER -> end(frame, SpfResult.Code.TEMPERROR);
            case BROKEN -> end(frame, SpfResult.Code.PERMERROR);
        };
    }

    private SpfResult.@Nullable Code redirected(Frame frame) {
        String redirect = frame.record.redirect();
        if (redirect == null) {
            return end(frame, SpfResult.Code.NEUTRAL);
        }
        String domain = target(redirect, frame);
        end(frame, SpfResult.Code.NEUTRAL);
        if (++terms > MOST_TERMS) {
            return SpfResult.Code.PERMERROR;
        }
        SpfResult.Code none = load(domain);
        return none == SpfResult.Code.NONE ? SpfResult.Code.PERMERROR : none;
    }

    /// Finds a domain's policy (RFC 7208 §4.4, RFC 7208 §4.5).
    ///
    /// @return null when it waits on top of the others
    private SpfResult.@Nullable Code load(String domain) {
        DnsLookup.Answer answer = ask(domain, DnsLookup.Kind.TXT);
        List<String> records =
                switch (answer) {
                    case DnsLookup.Found(List<String> texts) ->
                            texts.stream().filter(SpfRecord::isOne).toList();
                    case DnsLookup.NoName _ -> List.of();
                    case DnsLookup.Failed _ -> List.of("");
                };
        if (records.size() != 1) {
            return records.isEmpty() ? SpfResult.Code.NONE : SpfResult.Code.PERMERROR;
        }
        if (records.getFirst().isEmpty()) {
            return SpfResult.Code.TEMPERROR;
        }
        try {
            frames.push(new Frame(domain, SpfRecord.parse(records.getFirst())));
            return null;
        } catch (SyntaxFault _) {
            return SpfResult.Code.PERMERROR;
        }
    }

    private DnsLookup.Answer ask(String name, DnsLookup.Kind kind) {
        String canonical = DnsNames.canonical(name);
        return canonical.isEmpty()
                ? new DnsLookup.NoName()
                : names.ask(new DnsLookup.Question(canonical, kind));
    }

    private Match match(SpfRecord.Mechanism mechanism, Frame frame) {
        return switch (mechanism) {
            case SpfRecord.All _, SpfRecord.Include _ -> Match.YES;
            case SpfRecord.Network(var network, int bits) ->
                    question.client().matches(network, bits) ? Match.YES : Match.NO;
            case SpfRecord.Exists(String domain) ->
                    ++terms > MOST_TERMS ? Match.BROKEN : exists(target(domain, frame));
            case SpfRecord.Ptr(var domain) ->
                    ++terms > MOST_TERMS ? Match.BROKEN : named(target(domain, frame));
            case SpfRecord.Hosts hosts ->
                    ++terms > MOST_TERMS
                            ? Match.BROKEN
                            : hosts.mail()
                                    ? servers(hosts, target(hosts.domain(), frame))
                                    : addresses(hosts, target(hosts.domain(), frame));
        };
    }

    private Match exists(String name) {
        return switch (ask(name, DnsLookup.Kind.A)) {
            case DnsLookup.Found(List<String> found) -> found.isEmpty() ? nothing() : Match.YES;
            case DnsLookup.NoName _ -> nothing();
            case DnsLookup.Failed _ -> Match.LATER;
        };
    }

    /// A question that led nowhere.
    private Match nothing() {
        return ++voids > MOST_VOID ? Match.BROKEN : Match.NO;
    }

    private DnsLookup.Kind addressKind() {
        return question.client().isFour() ? DnsLookup.Kind.A : DnsLookup.Kind.AAAA;
    }

    private Match addresses(SpfRecord.Hosts hosts, String name) {
        return switch (ask(name, addressKind())) {
            case DnsLookup.Found(List<String> found) ->
                    found.isEmpty() ? nothing() : anyMatches(found, hosts);
            case DnsLookup.NoName _ -> nothing();
            case DnsLookup.Failed _ -> Match.LATER;
        };
    }

    private Match anyMatches(List<String> addresses, SpfRecord.Hosts hosts) {
        IpAddress client = question.client();
        int bits = client.isFour() ? hosts.fourBits() : hosts.sixBits();
        for (String each : addresses) {
            if (address(each).filter(one -> client.matches(one, bits)).isPresent()) {
                return Match.YES;
            }
        }
        return Match.NO;
    }

    private static java.util.Optional<IpAddress> address(String text) {
        return text.indexOf(':') >= 0 ? IpAddress.parseSix(text) : IpAddress.parseFour(text);
    }

    private Match servers(SpfRecord.Hosts hosts, String name) {
        return switch (ask(name, DnsLookup.Kind.MX)) {
            case DnsLookup.Found(List<String> found) ->
                    found.isEmpty() ? nothing() : servers(hosts, found);
            case DnsLookup.NoName _ -> nothing();
            case DnsLookup.Failed _ -> Match.LATER;
        };
    }

    private Match servers(SpfRecord.Hosts hosts, List<String> servers) {
        if (servers.size() > MOST_HOSTS) {
            return Match.BROKEN;
        }
        for (String server : servers) {
            Match match = server.isEmpty() ? Match.NO : addresses(hosts, server);
            if (match != Match.NO) {
                return match;
            }
        }
        return Match.NO;
    }

    private Match named(String domain) {
        return confirmed().stream().anyMatch(name -> DnsNames.within(name, domain))
                ? Match.YES
                : Match.NO;
    }

    /// The client's names that lead back to it (RFC 7208 §5.5).
    private List<String> confirmed() {
        List<String> confirmed = new ArrayList<>();
        if (ask(question.client().reverseName(), DnsLookup.Kind.PTR)
                instanceof DnsLookup.Found(List<String> found)) {
            for (String each : found.subList(0, Math.min(MOST_HOSTS, found.size()))) {
                String name = DnsNames.canonical(each);
                if (ask(name, addressKind()) instanceof DnsLookup.Found(List<String> addresses)
                        && addresses.stream()
                                .anyMatch(
                                        one ->
                                                address(one)
                                                        .filter(question.client()::equals)
                                                        .isPresent())) {
                    confirmed.add(name);
                }
            }
        }
        return confirmed;
    }

    private String target(@Nullable String spec, Frame frame) {
        if (spec == null) {
            return frame.domain;
        }
        try {
            return DnsNames.canonical(
                    DnsNames.shortened(
                            SpfMacro.expand(
                                    spec, letter -> value((char) letter, frame.domain), false)));
        } catch (SyntaxFault _) {
            return "";
        }
    }

    /// What a macro letter stands for (RFC 7208 §7.2).
    private String value(char letter, String domain) {
        return switch (letter) {
            case 's' -> local + "@" + sender;
            case 'l' -> local;
            case 'o' -> sender;
            case 'd' -> domain;
            case 'i' -> question.client().dotted();
            case 'p' -> validated(domain);
            case 'v' -> question.client().isFour() ? "in-addr" : "ip6";
            case 'h' -> question.greeting();
            case 'c' -> question.client().toString();
            case 'r' -> question.receiver();
            default -> Long.toString(question.now().getEpochSecond());
        };
    }

    private String validated(String domain) {
        List<String> names = confirmed();
        return names.contains(domain)
                ? domain
                : names.stream()
                        .filter(name -> DnsNames.within(name, domain))
                        .findFirst()
                        .or(() -> names.stream().findFirst())
                        .orElse("unknown");
    }

    // explain-string = *( macro-string / SP )
    private @Nullable String explanation(Frame frame) {
        String spec = frame.record.explanation();
        if (spec == null) {
            return null;
        }
        String name = target(spec, frame);
        if (!(ask(name, DnsLookup.Kind.TXT) instanceof DnsLookup.Found(List<String> texts))
                || texts.size() != 1) {
            return null;
        }
        try {
            SpfMacro.check(texts.getFirst(), true);
            String words =
                    SpfMacro.expand(
                            texts.getFirst(), letter -> value((char) letter, frame.domain), true);
            return words.chars().allMatch(c -> c >= ' ' && c < 0x7F) ? words : null;
        } catch (SyntaxFault _) {
            return null;
        }
    }
}
