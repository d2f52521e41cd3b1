package org.facteur.core.trust;

import java.util.List;
import java.util.Set;
import org.facteur.wire.auth.ArcResult;
import org.facteur.wire.auth.AuthCode;
import org.facteur.wire.auth.AuthenticationResults;
import org.facteur.wire.text.SyntaxFault;

/// Forwarders whose word counts: when such a one sealed that the letter was its author's before it
/// passed it on, that is believed (RFC 8617 §5.4). Any thread.
///
/// @param domains as they seal, canonical
public record KnownForwarders(Set<String> domains) {
    /// Large services that seal what they pass on, and say what they found.
    public static final KnownForwarders STANDARD =
            new KnownForwarders(
                    Set.of(
                            "google.com",
                            "microsoft.com",
                            "outlook.com",
                            "fastmail.com",
                            "messagingengine.com",
                            "icloud.com",
                            "yahoo.com",
                            "zohomail.com",
                            "mailbox.org",
                            "ietf.org",
                            "ietfa.amsl.com",
                            "lists.debian.org"));

    public KnownForwarders {
        domains = Set.copyOf(domains);
    }

    /// Whether the chain holds, all who sealed are known, and the first of them saw the letter in
    /// order.
    boolean vouchFor(ArcResult chain) {
        List<ArcResult.Link> links = chain.links();
        return chain.code() == AuthCode.PASS
                && links.stream().allMatch(each -> domains.contains(each.domain()))
                && links.stream().findFirst().filter(KnownForwarders::sawInOrder).isPresent();
    }

    private static boolean sawInOrder(ArcResult.Link link) {
        try {
            return AuthenticationResults.parse(link.results()).findings().stream()
                    .anyMatch(
                            each -> each.method().equals("dmarc") && each.result().equals("pass"));
        } catch (SyntaxFault _) {
            return false;
        }
    }
}
