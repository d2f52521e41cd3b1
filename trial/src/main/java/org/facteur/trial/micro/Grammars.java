package org.facteur.trial.micro;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.facteur.wire.imap.ImapDialect;
import org.facteur.wire.imap.ImapLimits;
import org.facteur.wire.imap.ImapParser;
import org.facteur.wire.imap.TaggedCommand;
import org.facteur.wire.smtp.SmtpCommand;
import org.facteur.wire.smtp.SmtpLimits;
import org.facteur.wire.smtp.SmtpParser;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// One command line each, as clients send them.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Grammars {
    private final byte[] mail = bytes("MAIL FROM:<friend@example.net> SIZE=10240 BODY=8BITMIME");
    private final byte[] rcpt = bytes("RCPT TO:<reader+lists@mail.example.org>");
    private final byte[] fetch =
            bytes(
                    "A142 UID FETCH 1:50,77,90:* (UID FLAGS BODY.PEEK[HEADER.FIELDS (FROM TO DATE)])");
    private final byte[] search =
            bytes("A143 UID SEARCH UNSEEN SINCE 1-Nov-2026 OR FROM \"friend\" SUBJECT \"lantern\"");
    private final SmtpParser smtp = new SmtpParser(SmtpLimits.STANDARD);
    private final ImapParser imap =
            new ImapParser(ImapLimits.AFTER_LOGIN.grammar(), ImapDialect.server(false));

    private static byte[] bytes(String line) {
        return line.getBytes(StandardCharsets.US_ASCII);
    }

    @Benchmark
    public SmtpCommand smtpMail() {
        return smtp.parse(mail, false);
    }

    @Benchmark
    public SmtpCommand smtpRcpt() {
        return smtp.parse(rcpt, false);
    }

    @Benchmark
    public TaggedCommand imapFetch() {
        return imap.parse(fetch);
    }

    @Benchmark
    public TaggedCommand imapSearch() {
        return imap.parse(search);
    }
}
