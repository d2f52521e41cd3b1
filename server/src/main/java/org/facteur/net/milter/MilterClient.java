package org.facteur.net.milter;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.facteur.net.listen.Network;
import org.facteur.net.listen.OutgoingConnection;
import org.facteur.wire.milter.MilterReply;
import org.facteur.wire.milter.MilterWriter;
import org.facteur.wire.mime.HeaderBlock;
import org.facteur.wire.mime.HeaderField;
import org.facteur.wire.smtp.SmtpReply;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks one filter about letters. Any thread; a connection for each letter.
public final class MilterClient {
    private static final Logger LOG = LoggerFactory.getLogger(MilterClient.class);
    private static final int FIELDS = 1000;
    private static final SmtpReply REJECTED =
            SmtpReply.of(550, "5.7.1", "A filter refuses this letter");
    private static final SmtpReply LATER =
            SmtpReply.of(451, "4.7.1", "A filter does not take this letter now, try again");

    private final Network network;
    private final MilterSettings settings;

    public MilterClient(Network network, MilterSettings settings) {
        this.network = network;
        this.settings = settings;
    }

    /// Holds the whole conversation. Never throws for what the filter does.
    public MilterVerdict judge(MilterLetter letter) {
        try (OutgoingConnection connection = connect()) {
            connection.deadline(settings.patience());
            return converse(new MilterTalk(connection, settings.patience()), letter);
        } catch (IOException | SyntaxFault down) {
            LOG.warn("the filter at {} is down: {}", settings.address(), down.getMessage());
            return settings.acceptWhenDown()
                    ? new MilterVerdict.Accept()
                    : new MilterVerdict.Refuse(LATER);
        }
    }

    private OutgoingConnection connect() throws IOException {
        return switch (settings.address()) {
            case UnixDomainSocketAddress file -> network.connect(file, settings.patience());
            case InetSocketAddress port -> network.connect(port, settings.patience());
            case SocketAddress odd -> throw new IOException(odd + " is no place for a filter");
        };
    }

    private MilterVerdict converse(MilterTalk talk, MilterLetter letter) throws IOException {
        talk.negotiate();
        MilterVerdict early = envelope(talk, letter);
        if (early == null) {
            early = header(talk, letter.header());
        }
        if (early == null) {
            early = body(talk, letter);
        }
        MilterVerdict verdict = early == null ? end(talk, letter) : early;
        talk.quit();
        return verdict;
    }

    private @Nullable MilterVerdict envelope(MilterTalk talk, MilterLetter letter)
            throws IOException {
        MilterLetter.Peer peer = letter.peer();
        String address = peer.address().getAddress().getHostAddress();
        String name = peer.name() == null ? "[" + address + "]" : peer.name();
        talk.macros('C', Map.of("j", settings.hostname().name()));
        MilterVerdict verdict =
                verdict(
                        talk.ask(
                                MilterTalk.Step.CONNECT,
                                MilterWriter.connect(name, peer.address().getPort(), address)));
        if (verdict == null) {
            verdict = verdict(talk.ask(MilterTalk.Step.HELO, MilterWriter.helo(name)));
        }
        if (verdict == null) {
            talk.macros('M', macros(letter.envelope()));
            verdict =
                    verdict(
                            talk.ask(
                                    MilterTalk.Step.MAIL,
                                    MilterWriter.mail("<" + letter.envelope().sender() + ">")));
        }
        for (String recipient : letter.envelope().recipients()) {
            if (verdict == null) {
                verdict =
                        verdict(
                                talk.ask(
                                        MilterTalk.Step.RCPT,
                                        MilterWriter.rcpt("<" + recipient + ">")));
            }
        }
        return verdict == null
                ? verdict(talk.ask(MilterTalk.Step.DATA, MilterWriter.data()))
                : verdict;
    }

    private static Map<String, String> macros(MilterLetter.Envelope envelope) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("i", envelope.id());
        values.put("{mail_addr}", envelope.sender());
        String user = envelope.user();
        if (user != null) {
            values.put("{auth_authen}", user);
        }
        return values;
    }

    private static @Nullable MilterVerdict header(MilterTalk talk, byte[] header)
            throws IOException {
        for (HeaderField field : HeaderBlock.parse(header, FIELDS).fields()) {
            int from = field.offset() + field.valueStart();
            int to = field.offset() + field.length();
            while (to > from && (header[to - 1] == '\n' || header[to - 1] == '\r')) {
                to--;
            }
            while (from < to && (header[from] == ' ' || header[from] == '\t')) {
                from++;
            }
            byte[] value = java.util.Arrays.copyOfRange(header, from, to);
            MilterVerdict verdict =
                    verdict(
                            talk.ask(
                                    MilterTalk.Step.HEADER,
                                    MilterWriter.header(field.name(), value)));
            if (verdict != null) {
                return verdict;
            }
        }
        return verdict(talk.ask(MilterTalk.Step.END_OF_HEADER, MilterWriter.endOfHeader()));
    }

    private static @Nullable MilterVerdict body(MilterTalk talk, MilterLetter letter)
            throws IOException {
        if (!talk.wants(MilterTalk.Step.BODY)) {
            return null;
        }
        byte[] chunk = new byte[MilterWriter.CHUNK];
        try (InputStream in = letter.body().get()) {
            for (int some = in.readNBytes(chunk, 0, chunk.length);
                    some > 0;
                    some = in.readNBytes(chunk, 0, chunk.length)) {
                MilterReply reply = talk.ask(MilterTalk.Step.BODY, MilterWriter.body(chunk, some));
                if (reply instanceof MilterReply.Skip) {
                    return null;
                }
                MilterVerdict verdict = verdict(reply);
                if (verdict != null) {
                    return verdict;
                }
            }
        }
        return null;
    }

    private static MilterVerdict end(MilterTalk talk, MilterLetter letter) throws IOException {
        talk.macros('E', Map.of("i", letter.envelope().id()));
        List<MilterReply.Change> changes = new ArrayList<>();
        MilterReply last = talk.end(changes);
        MilterVerdict verdict = verdict(last);
        return verdict == null || verdict instanceof MilterVerdict.Accept
                ? new MilterVerdict.Accept(changes, talk.quarantine())
                : verdict;
    }

    /// @return null to go on
    private static @Nullable MilterVerdict verdict(MilterReply reply) {
        return switch (reply) {
            case MilterReply.Continue _ -> null;
            case MilterReply.Accept _ -> new MilterVerdict.Accept();
            case MilterReply.Reject _ -> new MilterVerdict.Refuse(REJECTED);
            case MilterReply.TempFail _ -> new MilterVerdict.Refuse(LATER);
            case MilterReply.Discard _ -> new MilterVerdict.Discard();
            case MilterReply.Text(String text) -> new MilterVerdict.Refuse(refusal(text));
            case MilterReply.Skip _,
                    MilterReply.Progress _,
                    MilterReply.Quarantine _,
                    MilterReply.Negotiated _,
                    MilterReply.Change _ ->
                    throw new SyntaxFault(0, "an answer to what was asked", null);
        };
    }

    /// The filter's own words, where they are a reply.
    private static SmtpReply refusal(String text) {
        boolean later = text.startsWith("4");
        if (text.length() < 5 || !(later || text.startsWith("5"))) {
            return REJECTED;
        }
        StringBuilder words = new StringBuilder();
        text.substring(3)
                .chars()
                .limit(400)
                .map(c -> c == '%' || c < ' ' || c > '~' ? ' ' : c)
                .forEach(c -> words.append((char) c));
        String line = words.toString().strip();
        int blank = line.indexOf(' ');
        boolean enhanced =
                blank > 4
                        && line.startsWith(later ? "4." : "5.")
                        && line.substring(0, blank)
                                .chars()
                                .allMatch(c -> c == '.' || Character.isDigit(c));
        String rest = enhanced ? line.substring(blank + 1) : line;
        return SmtpReply.of(later ? 451 : 550, later ? "4.7.1" : "5.7.1", rest);
    }
}
