package org.facteur.wire.mime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.facteur.wire.text.OctetBuffer;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.ParameterValue.Parameter;
import org.jspecify.annotations.Nullable;

/// Writes IMAP's BODYSTRUCTURE and BODY (RFC 9051 §7.5.2), without recursion.
final class BodyStructureWriter {
    private static final Octets NO_ENVELOPE =
            Octets.ofLatin1("(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)");

    private final boolean extended;
    private final OctetBuffer out = new OctetBuffer(Integer.MAX_VALUE - 16);
    private final Deque<Step> steps = new ArrayDeque<>();

    private record Step(PartDraft part, boolean opening) {}

    private BodyStructureWriter(boolean extended) {
        this.extended = extended;
    }

    // body = "(" (body-type-1part / body-type-mpart) ")"
    static Octets write(PartDraft root, boolean extended) {
        BodyStructureWriter writer = new BodyStructureWriter(extended);
        writer.steps.push(new Step(root, true));
        while (!writer.steps.isEmpty()) {
            Step step = writer.steps.pop();
            if (step.opening()) {
                writer.open(step.part());
            } else {
                writer.close(step.part());
            }
        }
        return writer.out.toOctets();
    }

    private void open(PartDraft part) {
        out.append('(');
        boolean multipart = part.type.isMultipart() && !part.children.isEmpty();
        if (!multipart) {
            single(part);
        }
        steps.push(new Step(part, false));
        List<PartDraft> children = part.children;
        for (int i = children.size() - 1; i >= 0; i--) {
            steps.push(new Step(children.get(i), true));
        }
    }

    // body-type-basic = media-basic SP body-fields    body-type-msg = media-message SP body-fields
    // SP
    // envelope SP body SP body-fld-lines              body-type-text = media-text SP body-fields SP
    // body-fld-lines
    private void single(PartDraft part) {
        boolean emptyContainer =
                (part.type.isMultipart() || part.type.isMessage()) && part.children.isEmpty();
        ContentType type =
                emptyContainer
                        ? new ContentType("application", "octet-stream", List.of())
                        : part.type;
        ImapStrings.ascii(type.type(), out);
        out.append(' ');
        ImapStrings.ascii(type.subtype(), out);
        out.append(' ');
        if (!part.typeGiven && type.is("text", "plain")) {
            out.appendLatin1("(\"charset\" \"us-ascii\")");
        } else {
            parameters(type.parameters());
        }
        out.append(' ');
        ImapStrings.nstring(part.raw.id(), out);
        out.append(' ');
        ImapStrings.nstring(part.raw.description(), out);
        out.append(' ');
        ImapStrings.ascii(part.raw.encoding(), out);
        out.appendLatin1(" " + (part.end - part.bodyStart));
        if (type.isMessage()) {
            Octets envelope = part.children.getFirst().envelope;
            out.append(' ');
            out.append(envelope == null ? NO_ENVELOPE : envelope);
            out.append(' ');
        } else if (type.isText()) {
            out.appendLatin1(" " + part.lines);
        }
    }

    private void close(PartDraft part) {
        boolean multipart = part.type.isMultipart() && !part.children.isEmpty();
        if (multipart) {
            out.append(' ');
            ImapStrings.ascii(part.type.subtype(), out);
        } else if (part.type.isMessage() && !part.children.isEmpty()) {
            out.appendLatin1(" " + part.lines);
        }
        if (extended) {
            out.append(' ');
            if (multipart) {
                parameters(part.type.parameters());
            } else {
                ImapStrings.nstring(part.raw.md5(), out);
            }
            extension(part.details);
        }
        out.append(')');
    }

    // body-ext-1part = body-fld-md5 [SP body-fld-dsp [SP body-fld-lang [SP body-fld-loc ...]]]
    private void extension(PartDetails details) {
        @Nullable Disposition disposition = details.disposition();
        if (disposition == null) {
            out.appendLatin1(" NIL ");
        } else {
            out.appendLatin1(" (");
            ImapStrings.ascii(disposition.kind(), out);
            out.append(' ');
            parameters(disposition.parameters());
            out.appendLatin1(") ");
        }
        if (details.languages().isEmpty()) {
            out.appendLatin1("NIL");
        } else {
            char before = '(';
            for (String language : details.languages()) {
                out.append(before);
                ImapStrings.ascii(language, out);
                before = ' ';
            }
            out.append(')');
        }
        out.append(' ');
        String location = details.location();
        if (location == null) {
            out.appendLatin1("NIL");
        } else {
            ImapStrings.ascii(location, out);
        }
    }

    // body-fld-param = "(" string SP string *(SP string SP string) ")" / nil
    private void parameters(List<Parameter> parameters) {
        if (parameters.isEmpty()) {
            out.appendLatin1("NIL");
            return;
        }
        char before = '(';
        for (Parameter parameter : parameters) {
            out.append(before);
            ImapStrings.ascii(parameter.name(), out);
            out.append(' ');
            ImapStrings.string(parameter.value().toArray(), out);
            before = ' ';
        }
        out.append(')');
    }
}
