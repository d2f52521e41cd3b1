package org.facteur.net.dns;

/// Asks the DNS what it says now; nothing is remembered. Any thread; may wait for the network.
@FunctionalInterface
public interface LiveRecords {
    /// Nobody to ask.
    LiveRecords NONE = (name, kind) -> new TextRecords.Failed("no name server is asked");

    /// What kind of record.
    enum Kind {
        MX,
        TXT,
        SRV
    }

    /// Records as zone files have them: `10 mail.example.org.` for MX, `0 1 993 mail.example.org.`
    /// for SRV, a TXT record's strings joined.
    ///
    /// @param name without a dot at its end
    TextRecords.Answer find(String name, Kind kind);
}
