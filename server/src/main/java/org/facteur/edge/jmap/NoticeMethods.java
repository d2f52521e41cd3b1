package org.facteur.edge.jmap;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.facteur.base.fault.Busy;
import org.facteur.base.fault.Refusal;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.WholeLetter;
import org.facteur.wire.address.AddressList;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.address.HeaderAddress;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.MethodFault;
import org.facteur.wire.jmap.SetFault;
import org.facteur.wire.mime.BodyPart;
import org.facteur.wire.mime.HeaderText;
import org.facteur.wire.mime.MessageBuilder;
import org.facteur.wire.mime.NamedAddress;
import org.facteur.wire.mime.Part;
import org.facteur.wire.report.Disposition;
import org.facteur.wire.report.DispositionNotice;
import org.facteur.wire.report.DispositionNoticeFormat;
import org.facteur.wire.text.HeaderFolding;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// MDN/send and MDN/parse (RFC 9007 §2). One call.
final class NoticeMethods {
    private static final String SENT = "$mdnsent";
    private static final int MOST = 50;
    private static final int LONGEST_TEXT = 100_000;
    private static final int MOST_ORIGINAL = 1 << 20;
    private static final Set<String> PROPERTIES = Shapes.MDN.names();

    private final Call call;
    private final LetterBox box;

    private NoticeMethods(Call call) {
        this.call = call;
        this.box = call.ownBox();
    }

    static ObjectNode parse(Call call) throws IOException {
        NoticeMethods one = new NoticeMethods(call);
        List<String> ids = call.arguments().findIds("blobIds");
        call.arguments().end();
        if (ids == null) {
            throw MethodFault.invalidArguments("blobIds are missing");
        }
        if (ids.size() > MOST) {
            throw MethodFault.requestTooLarge("at most " + MOST + " blobs");
        }
        ObjectNode parsed = JmapText.object();
        ArrayNode notParsable = JmapText.array();
        ArrayNode notFound = JmapText.array();
        for (String id : new LinkedHashSet<>(ids)) {
            String real = call.resolve(id);
            try (OpenBlob blob =
                    call.blobs().find(one.box, real == null ? "" : real).orElse(null)) {
                if (blob == null || real == null) {
                    notFound.add(id);
                    continue;
                }
                Optional<ObjectNode> notice = one.read(blob, real);
                if (notice.isEmpty()) {
                    notParsable.add(id);
                } else {
                    parsed.set(id, notice.get());
                }
            }
        }
        ObjectNode answer = JmapText.object().put("accountId", ObjectIds.of(one.box.owner()));
        answer.set("parsed", parsed.isEmpty() ? null : parsed);
        answer.set("notParsable", notParsable.isEmpty() ? null : notParsable);
        answer.set("notFound", notFound.isEmpty() ? null : notFound);
        return answer;
    }

    private Optional<ObjectNode> read(OpenBlob blob, String blobId) throws IOException {
        MessageSource message = ParsedMessage.read(blob, blobId).orElse(null);
        if (message == null) {
            return Optional.empty();
        }
        String text = null;
        byte[] notice = null;
        boolean original = false;
        for (Part part : message.anatomy().parts()) {
            String type = part.type().toString().toLowerCase(Locale.ROOT);
            if (type.equals("message/disposition-notification")
                    || type.equals("message/global-disposition-notification")) {
                notice = octets(BlobIds.part(blobId, part.number()));
            } else if (type.equals("text/plain") && text == null) {
                text =
                        new String(
                                octets(BlobIds.part(blobId, part.number())),
                                StandardCharsets.UTF_8);
            } else {
                original |= type.equals("message/rfc822") || type.equals("text/rfc822-headers");
            }
        }
        if (notice == null) {
            return Optional.empty();
        }
        try {
            ObjectNode json = json(DispositionNoticeFormat.read(notice));
            json.put("subject", message.listing().summary().subject());
            json.put("textBody", text);
            return Optional.of(json.put("includeOriginalMessage", original));
        } catch (SyntaxFault _) {
            return Optional.empty();
        }
    }

    private byte[] octets(String blobId) throws IOException {
        try (OpenBlob part = call.blobs().find(box, blobId).orElse(null)) {
            if (part == null) {
                return new byte[0];
            }
            try (InputStream in = part.open()) {
                return in.readNBytes(LONGEST_TEXT);
            }
        }
    }

    private static ObjectNode json(DispositionNotice notice) {
        DispositionNotice.Details details = notice.details();
        ObjectNode json = JmapText.object().putNull("forEmailId");
        json.put("reportingUA", text(details.reportingUa()));
        ObjectNode disposition =
                JmapText.object()
                        .put(
                                "actionMode",
                                notice.disposition().manualAction()
                                        ? "manual-action"
                                        : "automatic-action")
                        .put(
                                "sendingMode",
                                notice.disposition().manualSending()
                                        ? "mdn-sent-manually"
                                        : "mdn-sent-automatically")
                        .put("type", notice.disposition().type().keyword());
        json.set("disposition", disposition);
        json.put("mdnGateway", text(details.gateway()));
        json.put("originalRecipient", text(notice.originalRecipient()));
        json.put("finalRecipient", notice.finalRecipient().value());
        json.put("originalMessageId", text(notice.originalMessageId()));
        ArrayNode errors = JmapText.array();
        details.errors().forEach(each -> errors.add(each.value()));
        json.set("error", errors.isEmpty() ? null : errors);
        ObjectNode more = JmapText.object();
        details.extensions().forEach((name, value) -> more.put(name, value.value()));
        json.set("extensionFields", more.isEmpty() ? null : more);
        return json;
    }

    private static @Nullable String text(@Nullable HeaderText text) {
        return text == null ? null : text.value();
    }

    static ObjectNode send(Call call) throws IOException {
        NoticeMethods one = new NoticeMethods(call);
        String identityId = call.resolve(call.arguments().text("identityId"));
        Map<String, ObjectNode> send = call.arguments().objects("send");
        Map<String, ObjectNode> update = call.arguments().objects("onSuccessUpdateEmail");
        call.arguments().end();
        if (send.size() > MOST) {
            throw MethodFault.requestTooLarge("at most " + MOST + " notices");
        }
        Identities.Chosen identity =
                Identities.find(call, one.box, identityId == null ? "" : identityId)
                        .orElseThrow(
                                () ->
                                        MethodFault.invalidArguments(
                                                "identityId: there is no such identity"));
        ObjectNode sent = JmapText.object();
        ObjectNode notSent = JmapText.object();
        Map<String, ObjectNode> patches = new LinkedHashMap<>();
        for (Map.Entry<String, ObjectNode> each : send.entrySet()) {
            try {
                WholeLetter letter = one.letter(each.getValue());
                String recipient = one.send(identity.address(), letter, each.getValue());
                sent.set(each.getKey(), JmapText.object().put("finalRecipient", recipient));
                ObjectNode patch = JmapText.object().put("keywords/" + SENT, true);
                ObjectNode wanted = update.get("#" + each.getKey());
                if (wanted != null) {
                    patch.setAll(wanted);
                }
                patches.put(ObjectIds.of(letter.letter().id()), patch);
            } catch (SetFault fault) {
                notSent.set(each.getKey(), fault.toJson());
            } catch (SyntaxFault fault) {
                notSent.set(
                        each.getKey(),
                        SetFault.invalidProperties(String.valueOf(fault.getMessage())).toJson());
            } catch (Refusal refusal) {
                notSent.set(each.getKey(), fault(refusal).toJson());
            } catch (Busy _) {
                notSent.set(each.getKey(), new SetFault("serverUnavailable", "try again").toJson());
            }
        }
        if (!patches.isEmpty()) {
            call.also()
                    .accept(
                            "Email/set",
                            EmailSet.run(
                                    call,
                                    one.box,
                                    new SetArguments(null, Map.of(), patches, Set.of())));
        }
        ObjectNode answer = JmapText.object().put("accountId", ObjectIds.of(one.box.owner()));
        answer.set("sent", sent.isEmpty() ? null : sent);
        answer.set("notSent", notSent.isEmpty() ? null : notSent);
        return answer;
    }

    private static SetFault fault(Refusal refusal) {
        String text = refusal.sentence().english();
        return switch (refusal.reason()) {
            case LIMIT -> new SetFault("rateLimit", text);
            case TOO_LARGE -> new SetFault("tooLarge", text);
            case OVER_QUOTA -> new SetFault("overQuota", text);
            case NOT_FOUND, ALREADY_EXISTS, NOT_ALLOWED, INVALID, LOOP, CANNOT ->
                    new SetFault("forbidden", text);
        };
    }

    private WholeLetter letter(ObjectNode object) {
        for (String property : object.propertyNames()) {
            if (!PROPERTIES.contains(property)) {
                throw SetFault.invalidProperties("there is no such property", property);
            }
        }
        JsonNode id = object.get("forEmailId");
        String real = id == null || !id.isString() ? null : call.resolve(id.stringValue());
        WholeLetter letter =
                ObjectIds.letter(real == null ? "" : real)
                        .map(each -> box.catalog().find(List.of(each)).letters().getFirst())
                        .orElseThrow(SetFault::notFound);
        if (letter.keywords().stream().anyMatch(each -> each.name().equals(SENT))) {
            throw new SetFault("mdnAlreadySent", null);
        }
        return letter;
    }

    /// @return the final recipient, with its type
    private String send(EmailAddress from, WholeLetter letter, ObjectNode object)
            throws IOException {
        try (OpenLetter original = new OpenLetter(box, letter.letter())) {
            List<EmailAddress> wanted = wanted(original);
            String type = from.isInternational() ? "utf-8; " : "rfc822; ";
            DispositionNotice notice = notice(object, type + from, original);
            MessageBuilder builder =
                    new MessageBuilder()
                            .date(
                                    call.services()
                                            .clock()
                                            .instant()
                                            .atOffset(java.time.ZoneOffset.UTC))
                            .from(NamedAddress.of(from))
                            .to(wanted.stream().map(NamedAddress::of).toList())
                            .subject(subject(object, original))
                            .text("Auto-Submitted", new HeaderText("auto-replied"));
            List<BodyPart> parts = new ArrayList<>();
            parts.add(new BodyPart.Text("plain", words(object)));
            parts.add(
                    new BodyPart.Verbatim(
                            from.isInternational()
                                    ? "message/global-disposition-notification"
                                    : "message/disposition-notification",
                            DispositionNoticeFormat.write(notice)));
            if (object.path("includeOriginalMessage").asBoolean(false)) {
                parts.add(new BodyPart.Verbatim("message/rfc822", whole(original)));
            }
            Octets whole =
                    builder.build(
                            new BodyPart.Multiple("report", "disposition-notification", parts));
            call.services()
                    .extras()
                    .desk()
                    .notice(
                            box.actor(),
                            whole,
                            wanted,
                            "mdn-" + box.owner().number() + "-" + letter.letter().id().number());
            return notice.finalRecipient().value();
        }
    }

    /// Who asked to be told; a letter that asks for nothing is answered by nothing.
    private static List<EmailAddress> wanted(OpenLetter original) {
        List<EmailAddress> all = new ArrayList<>();
        for (byte[] field : original.header().findAll("Disposition-Notification-To")) {
            for (HeaderAddress each :
                    AddressList.decode(HeaderFolding.unfold(field, 0, field.length), 10)) {
                EmailAddress address = each.mailbox();
                if (address != null && !all.contains(address)) {
                    all.add(address);
                }
            }
        }
        if (all.isEmpty()) {
            throw new SetFault("notFound", "the letter asks for no notice");
        }
        return all;
    }

    private DispositionNotice notice(ObjectNode object, String recipient, OpenLetter original) {
        JsonNode said = object.path("disposition");
        Disposition disposition =
                Disposition.parse(
                        said.path("actionMode").asString("")
                                + "/"
                                + said.path("sendingMode").asString("")
                                + ";"
                                + said.path("type").asString(""));
        List<HeaderText> errors = new ArrayList<>();
        object.path("error").forEach(each -> errors.add(new HeaderText(each.asString(""))));
        Map<String, HeaderText> more = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : object.path("extensionFields").properties()) {
            more.put(each.getKey(), new HeaderText(each.getValue().asString("")));
        }
        byte[] messageId = original.header().find("Message-ID").orElse(null);
        byte[] first = original.header().find("Original-Recipient").orElse(null);
        return new DispositionNotice(
                new HeaderText(recipient),
                first == null ? null : plain(first),
                messageId == null ? null : plain(messageId),
                disposition,
                new DispositionNotice.Details(header(object, "reportingUA"), null, errors, more));
    }

    private static HeaderText plain(byte[] value) {
        return new HeaderText(new String(value, StandardCharsets.UTF_8).strip());
    }

    private static @Nullable HeaderText header(ObjectNode object, String property) {
        JsonNode value = object.get(property);
        return value == null || value.isNull() ? null : new HeaderText(value.asString(""));
    }

    private static HeaderText subject(ObjectNode object, OpenLetter original) {
        HeaderText said = header(object, "subject");
        return said != null
                ? said
                : new HeaderText("Disposition: " + original.listing().summary().subject());
    }

    private static String words(ObjectNode object) {
        String text = object.path("textBody").asString("");
        if (text.length() > LONGEST_TEXT) {
            throw new SetFault("tooLarge", "the text is too long");
        }
        return text.isEmpty() ? "The letter has reached its reader.\n" : text;
    }

    private static Octets whole(OpenLetter original) {
        long size = original.content().size();
        if (size > MOST_ORIGINAL) {
            throw new SetFault("tooLarge", "the letter is too large to go back");
        }
        return Octets.copyOf(original.content().read(0, Math.toIntExact(size)));
    }
}
