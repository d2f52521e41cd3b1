package org.facteur.main;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.facteur.core.account.DomainKeys;
import org.facteur.wire.address.Domain;
import org.jspecify.annotations.Nullable;

/// What a domain publishes in the DNS so that letters find their way.
final class DnsRecords {
    private DnsRecords() {}

    /// The name under which a domain's letters are received: as the node file tells, else `mail` in
    /// the domain.
    static String host(Domain domain, @Nullable String told) {
        return told == null ? "mail." + domain.name() : told;
    }

    /// Rows of name, type and value.
    static List<Map<String, @Nullable Object>> of(Domain domain, String hostname, DomainKeys keys) {
        String name = domain.name();
        List<Map<String, @Nullable Object>> records = new ArrayList<>();
        records.add(record(name, "MX", "10 " + hostname + "."));
        records.add(record(name, "TXT", "v=spf1 mx -all"));
        for (DomainKeys.Published key : keys.published(domain)) {
            records.add(key(domain, key));
        }
        records.add(
                record(
                        "_dmarc." + name,
                        "TXT",
                        "v=DMARC1; p=quarantine; rua=mailto:postmaster@" + name));
        records.add(
                record("_smtp._tls." + name, "TXT", "v=TLSRPTv1; rua=mailto:postmaster@" + name));
        records.add(record("_imaps._tcp." + name, "SRV", "0 1 993 " + hostname + "."));
        records.add(record("_submissions._tcp." + name, "SRV", "0 1 465 " + hostname + "."));
        records.add(record("_pop3s._tcp." + name, "SRV", "10 1 995 " + hostname + "."));
        return records;
    }

    /// The row of a key.
    static Map<String, @Nullable Object> key(Domain domain, DomainKeys.Published key) {
        return record(key.selector() + "._domainkey." + domain.name(), "TXT", key.record());
    }

    private static Map<String, @Nullable Object> record(String name, String type, String value) {
        return Printout.row("name", name + ".", "type", type, "value", value);
    }
}
