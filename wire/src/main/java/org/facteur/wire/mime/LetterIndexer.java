package org.facteur.wire.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.facteur.wire.text.OctetBuffer;
import org.facteur.wire.text.OctetScan;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// Reads a letter once, in pieces of any size, and gives its [LetterIndex].
///
/// Lines end with CRLF or LF. Memory stays flat: headers, delimiters and two windows of text are
/// kept, nothing else. Bodies are only searched for line ends, and looked at where a line begins
/// with a hyphen. Used by one thread, for one letter.
public final class LetterIndexer {
    /// The longest boundary taken; RFC 2046 §5.1.1 allows 70.
    static final int LONGEST_BOUNDARY = 256;

    private static final int LONGEST_DELIMITER = LONGEST_BOUNDARY + 128;
    private static final int PART_HEADER = 64 * 1024;
    private static final int SPARE = 4096;
    private static final int ALL_PART_HEADERS = 2 * 1024 * 1024;
    private static final int PART_FIELDS = 1000;
    private static final String MIME_RULE = "RFC 2046 §5.1.1";

    private final IndexLimits limits;
    private final List<PartDraft> kept = new ArrayList<>();
    private final List<PartDraft> open = new ArrayList<>();
    private final SummaryCollector summary = new SummaryCollector();
    private final OctetBuffer held = new OctetBuffer(LONGEST_DELIMITER);
    private OctetBuffer header;
    private List<HeaderField> rootFields = List.of();
    private PartDraft current;
    private @Nullable PartDraft matched;
    private boolean matchedClose;
    private boolean inHeader = true;
    private boolean holding;
    private boolean atLineStart = true;
    private boolean finished;
    private int delimiters;
    private final int[] firstOctets = new int[256];
    private int headerLine;
    private int started;
    private int headerBudget = ALL_PART_HEADERS;
    private int lineEndLength = 2;
    private byte last;
    private long lineStart;
    private long position;
    private long lineEnds;

    public LetterIndexer(IndexLimits limits) {
        this.limits = limits;
        this.header = new OctetBuffer(limits.headerBlockOctets() + SPARE);
        this.current = begin(null, true, 0);
    }

    /// Takes the next octets; the array may be used again afterwards.
    ///
    /// @throws SyntaxFault when a limit says the letter is to be refused; the indexer is then
    ///   useless
    public void feed(byte[] bytes, int offset, int length) {
        if (finished) {
            throw new IllegalStateException("finished");
        }
        consume(bytes, offset, offset + length);
    }

    private void consume(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (inHeader) {
                at = header(bytes, at, to);
            } else if (holding) {
                at = delimiter(bytes, at, to);
            } else if (delimiters == 0) {
                at = plainBody(bytes, at, to);
            } else if (atLineStart && bytes[at] == '-') {
                holding = true;
                held.clear();
                lineStart = position;
            } else {
                at = body(bytes, at, to);
            }
        }
    }

    /// Ends the letter. To be called once.
    ///
    /// @throws SyntaxFault when a limit says the letter is to be refused
    public LetterIndex finish() {
        if (inHeader) {
            endHeaderLine(true);
        }
        if (holding) {
            endHeld(true);
        }
        while (inHeader) {
            endHeader(position);
        }
        finished = true;
        lineStart = position;
        closeDownTo(0, position);
        close(current, position, lineEnds);
        List<Part> parts = new ArrayList<>();
        for (PartDraft draft : kept) {
            draft.number = parts.size();
            PartDraft around = draft.parent;
            String section =
                    around == null
                            ? AnatomyCodec.section("", true, draft.type, 1)
                            : AnatomyCodec.section(
                                    parts.get(around.number).section(),
                                    draft.letter,
                                    draft.type,
                                    draft.place);
            parts.add(draft.toPart(section));
        }
        PartDraft root = kept.getFirst();
        Listing listing =
                new Listing(
                        summary.finish(parts),
                        Objects.requireNonNull(root.envelope),
                        BodyStructureWriter.write(root, true),
                        BodyStructureWriter.write(root, false));
        return new LetterIndex(new Anatomy(position, rootFields, parts), listing);
    }

    private int header(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != '\n') {
            at++;
        }
        boolean whole = at < to;
        int end = whole ? at + 1 : to;
        header.accept(bytes, from, end - from);
        position += end - from;
        if (open.size() == 1 && header.size() > limits.headerBlockOctets()) {
            throw new SyntaxFault(
                    header.size(),
                    "a header of at most " + limits.headerBlockOctets() + " octets",
                    null);
        }
        if (whole) {
            endHeaderLine(false);
        }
        return end;
    }

    private void endHeaderLine(boolean lastOne) {
        int from = headerLine;
        int to = header.size();
        if (from == to && !header.overflowed()) {
            return;
        }
        byte[] line = header.toArray(from, to);
        lineStart = position - line.length;
        if (!header.overflowed()
                && line.length > 2
                && line[0] == '-'
                && line[1] == '-'
                && delimiterLine(line)) {
            header.truncate(from);
            takeDelimiter(line[line.length - 1] != '\n');
            return;
        }
        if (header.overflowed() || (open.size() > 1 && to > PART_HEADER)) {
            current.ambiguities.add(Ambiguity.HEADER_CUT);
            boolean cutLine = header.overflowed();
            header.truncate(from);
            lineEnds += lastOne ? 0 : 1;
            if (!cutLine && HeaderBlock.isBlank(line, 0, line.length)) {
                endHeader(position);
            }
            return;
        }
        boolean blank = HeaderBlock.isBlank(line, 0, line.length);
        boolean continuation = line[0] == ' ' || line[0] == '\t';
        if (blank) {
            lineEnds++;
            endHeader(position);
        } else if (continuation
                || HeaderBlock.colonOf(line, 0, line.length) > 0
                || mboxLine(line, from)) {
            lineEnds += lastOne && line[line.length - 1] != '\n' ? 0 : 1;
            headerLine = to;
        } else {
            current.ambiguities.add(Ambiguity.NO_SEPARATOR);
            header.truncate(from);
            position = lineStart;
            endHeader(position);
            consume(line, 0, line.length);
        }
    }

    private boolean mboxLine(byte[] line, int from) {
        return from == 0
                && current.letter
                && line.length > 5
                && new String(line, 0, 6, StandardCharsets.ISO_8859_1).contains("From ");
    }

    /// The header of the current part is whole; its body begins at `bodyStart`.
    private void endHeader(long bodyStart) {
        byte[] octets = header.toArray();
        header.clear();
        headerLine = 0;
        boolean root = open.size() == 1;
        HeaderBlock block =
                HeaderBlock.parse(octets, root ? limits.headerFields() + 1 : PART_FIELDS);
        if (root) {
            checkRoot(block);
            header = new OctetBuffer(PART_HEADER + SPARE);
        } else {
            headerBudget -= octets.length;
        }
        PartDraft part = current;
        part.read(block);
        part.bodyStart = bodyStart;
        part.linesBefore = lineEnds;
        inHeader = false;
        atLineStart = true;
        if (part.letter && part.kept) {
            part.envelope = EnvelopeWriter.write(block);
        }
        if (root) {
            rootFields = block.fields();
            summary.header(block);
            for (String name : List.of("From", "Subject", "Date", "Message-ID")) {
                if (block.count(name) > 1) {
                    part.ambiguities.add(Ambiguity.REPEATED_FIELD);
                }
            }
        }
        for (byte b : octets) {
            if (b == 0) {
                part.ambiguities.add(Ambiguity.NUL);
                break;
            }
        }
        if (part.type.isMessage()) {
            begin(part, true, bodyStart);
        } else if (part.boundary != null) {
            expect(part.boundary, 1);
        } else if (part.kept && !part.type.isMultipart()) {
            part.capture = summary.window(part);
        }
    }

    /// Counts the boundaries that may come, all together and by their first octet.
    private void expect(byte[] boundary, int change) {
        delimiters += change;
        firstOctets[boundary[0] & 0xFF] += change;
    }

    private void checkRoot(HeaderBlock block) {
        if (block.fields().size() > limits.headerFields()) {
            throw new SyntaxFault(0, "at most " + limits.headerFields() + " header fields", null);
        }
        for (HeaderField field : block.fields()) {
            if (field.length() > limits.headerFieldOctets()) {
                throw new SyntaxFault(
                        field.offset(),
                        "a header field of at most " + limits.headerFieldOctets() + " octets",
                        null);
            }
        }
    }

    /// Opens a part whose header begins at `headerStart`.
    private PartDraft begin(@Nullable PartDraft around, boolean letter, long headerStart) {
        if (open.size() >= limits.depthRefused()) {
            throw new SyntaxFault(
                    -1, "parts nested less than " + limits.depthRefused() + " deep", null);
        }
        if (++started > limits.partsRefused()) {
            throw new SyntaxFault(-1, "at most " + limits.partsRefused() + " parts", null);
        }
        boolean keep = around == null || around.kept;
        if (around != null && keep && open.size() >= limits.depth()) {
            around.ambiguities.add(Ambiguity.TOO_DEEP);
            keep = false;
        }
        if (around != null && keep && (kept.size() >= limits.parts() || headerBudget <= 0)) {
            around.ambiguities.add(Ambiguity.TOO_MANY_PARTS);
            kept.getFirst().ambiguities.add(Ambiguity.TOO_MANY_PARTS);
            keep = false;
        }
        PartDraft part = new PartDraft(around, letter, keep, headerStart);
        if (around != null) {
            around.anyChild = true;
        }
        if (keep) {
            keep(part);
        }
        open.add(part);
        current = part;
        inHeader = true;
        header.clear();
        headerLine = 0;
        return part;
    }

    private void keep(PartDraft part) {
        part.number = kept.size();
        kept.add(part);
        PartDraft around = part.parent;
        if (around != null) {
            around.children.add(part);
            part.place = around.children.size();
        }
    }

    /// No delimiter can come: only line ends are counted.
    private int plainBody(byte[] bytes, int from, int to) {
        lineEnds += OctetScan.count((byte) '\n', bytes, from, to);
        capture(bytes, from, to);
        position += to - from;
        last = bytes[to - 1];
        return to;
    }

    /// Runs to the next line that begins with a hyphen, or to the end of the piece.
    private int body(byte[] bytes, int from, int to) {
        int count = 0;
        int at = from;
        boolean stopped = false;
        while (at < to) {
            if (bytes[at++] == '\n') {
                count++;
                if (at == to || bytes[at] == '-') {
                    stopped = true;
                    break;
                }
            }
        }
        atLineStart = stopped;
        if (stopped) {
            byte before = at - 2 >= from ? bytes[at - 2] : last;
            lineEndLength = before == '\r' ? 2 : 1;
        }
        lineEnds += count;
        capture(bytes, from, at);
        position += at - from;
        last = bytes[at - 1];
        return at;
    }

    private void capture(byte[] bytes, int from, int to) {
        OctetBuffer window = current.capture;
        if (window != null) {
            window.accept(bytes, from, to - from);
            if (window.overflowed()) {
                current.capture = null;
            }
        }
    }

    /// Gathers a line that begins with a hyphen until it is whole or too long to be a delimiter.
    private int delimiter(byte[] bytes, int from, int to) {
        int room = LONGEST_DELIMITER - held.size();
        int at = from;
        while (at < to && at - from < room && bytes[at] != '\n') {
            at++;
        }
        boolean whole = at < to && at - from < room;
        int end = whole ? at + 1 : at;
        held.accept(bytes, from, end - from);
        position += end - from;
        if (whole || held.size() >= LONGEST_DELIMITER) {
            endHeld(false);
        }
        return end;
    }

    private void endHeld(boolean lastOne) {
        byte[] line = held.toArray();
        holding = false;
        boolean whole = line[line.length - 1] == '\n';
        if ((whole || lastOne) && delimiterLine(line)) {
            takeDelimiter(!whole);
            return;
        }
        atLineStart = whole;
        lineEnds += whole ? 1 : 0;
        lineEndLength = line.length > 1 && line[line.length - 2] == '\r' ? 2 : 1;
        last = line[line.length - 1];
        capture(line, 0, line.length);
    }

    // delimiter := "--" boundary    close-delimiter := delimiter "--"    transport-padding :=
    // *LWSP-char
    /// Whether the line is a delimiter of an open multipart, innermost first; keeps which.
    private boolean delimiterLine(byte[] line) {
        int end = line.length;
        while (end > 0
                && (line[end - 1] == '\n'
                        || line[end - 1] == '\r'
                        || line[end - 1] == ' '
                        || line[end - 1] == '\t')) {
            end--;
        }
        if (end < 3 || line[0] != '-' || line[1] != '-' || firstOctets[line[2] & 0xFF] == 0) {
            return false;
        }
        PartDraft near = null;
        for (int i = open.size() - 1; i >= 0; i--) {
            PartDraft part = open.get(i);
            byte @Nullable [] boundary = part.boundary;
            if (boundary == null || part.closed) {
                continue;
            }
            int tail = end - 2 - boundary.length;
            if (tail < 0
                    || line[2] != boundary[0]
                    || !Arrays.equals(line, 2, 2 + boundary.length, boundary, 0, boundary.length)) {
                continue;
            }
            boolean closing = tail == 2 && line[end - 1] == '-' && line[end - 2] == '-';
            if (tail == 0 || closing) {
                matched = part;
                matchedClose = closing;
                return true;
            }
            near = part;
        }
        if (near != null) {
            near.ambiguities.add(Ambiguity.NEAR_BOUNDARY);
        }
        return false;
    }

    private void takeDelimiter(boolean unended) {
        PartDraft multipart = Objects.requireNonNull(matched, MIME_RULE);
        while (inHeader) {
            endHeader(lineStart);
        }
        closeDownTo(open.indexOf(multipart), lineStart);
        current = multipart;
        lineEnds += unended ? 0 : 1;
        atLineStart = true;
        if (matchedClose) {
            multipart.closed = true;
            expect(Objects.requireNonNull(multipart.boundary), -1);
            lineEndLength = 2;
        } else {
            begin(multipart, false, position);
        }
    }

    /// Closes every open part above a level at the start of a delimiter line.
    private void closeDownTo(int level, long at) {
        long end = finished ? at : at - lineEndLength;
        for (int i = open.size() - 1; i > level; i--) {
            PartDraft part = open.removeLast();
            end = Math.max(end, part.bodyStart);
            close(part, end, end < at ? lineEnds - 1 : lineEnds);
        }
        current = open.getLast();
    }

    private void close(PartDraft part, long end, long lines) {
        part.end = end;
        part.lines = Math.max(0, lines - part.linesBefore);
        if (!part.type.isMultipart()) {
            return;
        }
        if (part.boundary != null && !part.closed) {
            expect(part.boundary, -1);
            part.ambiguities.add(Ambiguity.NOT_CLOSED);
        }
        if (!part.anyChild) {
            part.ambiguities.add(Ambiguity.NO_BOUNDARY);
        }
        if (part.kept && part.children.isEmpty()) {
            PartDraft text = new PartDraft(part, false, true, part.bodyStart);
            text.bodyStart = part.bodyStart;
            text.linesBefore = part.linesBefore;
            text.end = part.end;
            text.lines = part.lines;
            keep(text);
        }
    }
}
