package org.facteur.edge.jmap;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.facteur.wire.mime.Anatomy;
import org.facteur.wire.mime.Disposition;
import org.facteur.wire.mime.Part;
import org.jspecify.annotations.Nullable;

/// Which parts of a message are its text, its HTML and its attachments (RFC 8621 §4.1.4).
///
/// @param text to show where plain text is wanted
/// @param html to show where HTML is wanted
/// @param attachments everything else
record BodyLists(List<Part> text, List<Part> html, List<Part> attachments) {
    static BodyLists of(Anatomy anatomy) {
        return new Sorting(anatomy).run();
    }

    /// A multipart whose parts are being sorted, with the lists it may add to.
    private static final class Frame {
        private final List<Part> parts;
        private final String multipart;
        private final boolean inAlternative;
        private final int textBefore;
        private final int htmlBefore;
        private @Nullable List<Part> text;
        private @Nullable List<Part> html;
        private int next;

        Frame(
                List<Part> parts,
                String multipart,
                boolean inAlternative,
                @Nullable List<Part> text,
                @Nullable List<Part> html) {
            this.parts = parts;
            this.multipart = multipart;
            this.inAlternative = inAlternative;
            this.text = text;
            this.html = html;
            this.textBefore = text == null ? -1 : text.size();
            this.htmlBefore = html == null ? -1 : html.size();
        }
    }

    /// Goes through the tree without recursion.
    private static final class Sorting {
        private final Anatomy anatomy;
        private final List<Part> text = new ArrayList<>();
        private final List<Part> html = new ArrayList<>();
        private final List<Part> attachments = new ArrayList<>();
        private final Deque<Frame> open = new ArrayDeque<>();

        Sorting(Anatomy anatomy) {
            this.anatomy = anatomy;
        }

        BodyLists run() {
            open.push(new Frame(List.of(anatomy.root()), "mixed", false, text, html));
            while (!open.isEmpty()) {
                Frame frame = open.element();
                if (frame.next == frame.parts.size()) {
                    open.pop();
                    complete(frame);
                } else {
                    sort(frame, frame.parts.get(frame.next), frame.next++);
                }
            }
            return new BodyLists(text, html, attachments);
        }

        private void sort(Frame frame, Part part, int place) {
            if (part.type().isMultipart()) {
                String inner = part.type().subtype();
                open.push(
                        new Frame(
                                anatomy.childrenOf(part),
                                inner,
                                frame.inAlternative || inner.equals("alternative"),
                                frame.text,
                                frame.html));
            } else if (inline(frame, part, place)) {
                show(frame, part);
            } else {
                attachments.add(part);
            }
        }

        private static boolean inline(Frame frame, Part part, int place) {
            Disposition disposition = part.details().disposition();
            boolean attached = disposition != null && disposition.kind().equals("attachment");
            boolean showable = isPlain(part) || isHtml(part) || isMedia(part);
            return !attached
                    && showable
                    && (place == 0
                            || (!frame.multipart.equals("related")
                                    && (isMedia(part) || part.findFileName().isEmpty())));
        }

        private void show(Frame frame, Part part) {
            if (frame.multipart.equals("alternative")) {
                List<Part> only =
                        isPlain(part) ? frame.text : isHtml(part) ? frame.html : attachments;
                if (only != null) {
                    only.add(part);
                }
                return;
            }
            if (frame.inAlternative) {
                if (isPlain(part)) {
                    frame.html = null;
                }
                if (isHtml(part)) {
                    frame.text = null;
                }
            }
            List<Part> toText = frame.text;
            List<Part> toHtml = frame.html;
            if (toText != null) {
                toText.add(part);
            }
            if (toHtml != null) {
                toHtml.add(part);
            }
            if ((toText == null || toHtml == null) && isMedia(part)) {
                attachments.add(part);
            }
        }

        /// Where an alternative offers one form only, it stands for both.
        private void complete(Frame frame) {
            List<Part> toText = frame.text;
            List<Part> toHtml = frame.html;
            if (!frame.multipart.equals("alternative") || toText == null || toHtml == null) {
                return;
            }
            boolean noText = toText.size() == frame.textBefore;
            boolean noHtml = toHtml.size() == frame.htmlBefore;
            if (noText && !noHtml) {
                toText.addAll(List.copyOf(toHtml.subList(frame.htmlBefore, toHtml.size())));
            } else if (noHtml && !noText) {
                toHtml.addAll(List.copyOf(toText.subList(frame.textBefore, toText.size())));
            }
        }

        private static boolean isPlain(Part part) {
            return part.type().is("text", "plain");
        }

        private static boolean isHtml(Part part) {
            return part.type().is("text", "html");
        }

        private static boolean isMedia(Part part) {
            return switch (part.type().type()) {
                case "image", "audio", "video" -> true;
                default -> false;
            };
        }
    }
}
