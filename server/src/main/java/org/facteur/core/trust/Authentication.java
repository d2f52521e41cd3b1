package org.facteur.core.trust;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.facteur.wire.address.Domain;
import org.facteur.wire.auth.ArcResult;
import org.facteur.wire.auth.AuthCode;
import org.facteur.wire.auth.AuthenticationResults;
import org.facteur.wire.auth.AuthenticationResults.Finding;
import org.facteur.wire.auth.AuthenticationResults.Property;
import org.facteur.wire.auth.DkimResult;
import org.facteur.wire.auth.DmarcResult;
import org.facteur.wire.auth.ReverseCheck;
import org.facteur.wire.auth.SpfResult;

/// What was found out about who wrote a letter.
///
/// @param dmarc what the domains in From say, the worst first; empty where From names none
/// @param treatment what follows from it
public record Authentication(
        Visitor visitor,
        ReverseCheck.Result reverse,
        SpfResult spf,
        List<DkimResult> dkim,
        ArcResult arc,
        List<DmarcResult> dmarc,
        Treatment treatment) {
    /// What the author's domain asks for, as far as we follow it.
    public enum Treatment {
        /// Like any other.
        ACCEPT,
        /// Among the junk.
        APART,
        /// Not at all.
        REFUSE
    }

    public Authentication {
        Objects.requireNonNull(visitor);
        Objects.requireNonNull(reverse);
        Objects.requireNonNull(spf);
        dkim = List.copyOf(dkim);
        Objects.requireNonNull(arc);
        dmarc = List.copyOf(dmarc);
        Objects.requireNonNull(treatment);
    }

    Authentication with(Treatment newTreatment) {
        return new Authentication(visitor, reverse, spf, dkim, arc, dmarc, newTreatment);
    }

    /// Whether all domains in From confirm that they sent it.
    public boolean confirmed() {
        return !dmarc.isEmpty() && dmarc.stream().allMatch(each -> each.code() == AuthCode.PASS);
    }

    /// The worst of what the domains in From say.
    public AuthCode authors() {
        return dmarc.isEmpty() ? AuthCode.PERMERROR : dmarc.getFirst().code();
    }

    /// The domain in From that says the worst; empty for none.
    public String author() {
        return dmarc.isEmpty() ? "" : dmarc.getFirst().author();
    }

    /// For people who read headers, and their programs.
    ///
    /// @param host who found it out
    public AuthenticationResults results(Domain host) {
        List<Finding> findings = new ArrayList<>();
        findings.add(
                new Finding(
                        "iprev",
                        reverse.code().word(),
                        "",
                        List.of(new Property("policy.iprev", visitor.client().toString()))));
        findings.add(new Finding("spf", spf.code().word(), "", List.of(path())));
        for (DkimResult each : dkim) {
            findings.add(signature(each));
        }
        if (dkim.isEmpty()) {
            findings.add(new Finding("dkim", AuthCode.NONE.word(), "", List.of()));
        }
        if (arc.code() != AuthCode.NONE) {
            boolean holds = arc.code() == AuthCode.PASS;
            findings.add(new Finding("arc", holds ? "pass" : "fail", arc.why(), List.of()));
        }
        for (DmarcResult each : dmarc) {
            findings.add(
                    new Finding(
                            "dmarc",
                            each.code().word(),
                            each.record() == null ? "" : "p=" + each.policy().word(),
                            List.of(new Property("header.from", each.author()))));
        }
        if (dmarc.isEmpty()) {
            findings.add(
                    new Finding(
                            "dmarc", AuthCode.PERMERROR.word(), "no author's domain", List.of()));
        }
        return new AuthenticationResults(host.name(), findings);
    }

    private Property path() {
        return visitor.sender() == null
                ? new Property("smtp.helo", visitor.greeting())
                : new Property("smtp.mailfrom", visitor.sender().toString());
    }

    private static Finding signature(DkimResult result) {
        List<Property> properties = new ArrayList<>();
        if (!result.domain().isEmpty()) {
            properties.add(new Property("header.d", result.domain()));
            properties.add(new Property("header.s", result.selector()));
            properties.add(new Property("header.a", result.algorithm()));
            properties.add(new Property("header.b", result.mark()));
        }
        return new Finding("dkim", result.code().word(), result.why(), properties);
    }

    /// In one line for the log.
    public String summary() {
        StringBuilder line = new StringBuilder("spf=").append(spf.code().word());
        for (DkimResult each : dkim) {
            line.append(" dkim=").append(each.code().word());
        }
        if (arc.code() != AuthCode.NONE) {
            line.append(" arc=").append(arc.code().word());
        }
        return line.append(" dmarc=").append(authors().word()).toString();
    }
}
