package org.facteur.edge.jmap;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterId;
import org.facteur.core.mailbox.WholeLetter;
import org.facteur.wire.jmap.Arguments;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.MethodFault;
import org.facteur.wire.jmap.SetFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Blob/upload, Blob/get and Blob/lookup (RFC 9404 §4).
final class BlobMethods {
    /// What one call may bring or fetch, in octets.
    static final int MOST_OCTETS = 5 << 20;

    static final int MOST_SOURCES = 64;

    private static final int MOST_BLOBS = 50;
    private static final Map<String, String> DIGESTS =
            Map.of("sha", "SHA-1", "sha-256", "SHA-256", "sha-512", "SHA-512");
    private static final Set<String> DATA = Set.of("data:asText", "data:asBase64", "data", "size");

    private BlobMethods() {}

    static Iterable<String> digests() {
        return List.of("sha", "sha-256", "sha-512");
    }

    static ObjectNode upload(Call call) throws IOException {
        LetterBox box = call.box();
        Map<String, ObjectNode> create = call.arguments().objects("create");
        call.arguments().end();
        if (create.size() > MOST_BLOBS) {
            throw MethodFault.requestTooLarge("at most " + MOST_BLOBS + " blobs");
        }
        ObjectNode created = JmapText.object();
        ObjectNode notCreated = JmapText.object();
        for (Map.Entry<String, ObjectNode> each : create.entrySet()) {
            try {
                byte[] octets = joined(call, box, each.getValue());
                JsonNode type = each.getValue().get("type");
                Uploads.Upload made =
                        call.services()
                                .extras()
                                .uploads()
                                .take(
                                        box,
                                        new ByteArrayInputStream(octets),
                                        type == null ? "" : type.asString(""),
                                        call.services().clock().instant());
                created.set(
                        each.getKey(),
                        JmapText.object()
                                .put("id", made.blobId())
                                .put("type", made.type())
                                .put("size", made.size()));
                call.createdIds().put(each.getKey(), made.blobId());
            } catch (SetFault fault) {
                notCreated.set(each.getKey(), fault.toJson());
            } catch (Refusal refusal) {
                notCreated.set(each.getKey(), SetAnswer.fault(refusal).toJson());
            }
        }
        ObjectNode answer = JmapText.object().put("accountId", ObjectIds.of(box.owner()));
        answer.set("created", created.isEmpty() ? null : created);
        answer.set("notCreated", notCreated.isEmpty() ? null : notCreated);
        return answer;
    }

    /// Texts, base64 and ranges of other blobs, one behind the other.
    private static byte[] joined(Call call, LetterBox box, ObjectNode object) throws IOException {
        JsonNode sources = object.get("data");
        if (sources == null || !sources.isArray() || sources.size() > MOST_SOURCES) {
            throw SetFault.invalidProperties("at most " + MOST_SOURCES + " sources", "data");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (JsonNode source : sources) {
            JsonNode text = source.get("data:asText");
            JsonNode base64 = source.get("data:asBase64");
            JsonNode blobId = source.get("blobId");
            if (text != null && text.isString()) {
                out.writeBytes(text.stringValue().getBytes(StandardCharsets.UTF_8));
            } else if (base64 != null && base64.isString()) {
                try {
                    out.writeBytes(Base64.getDecoder().decode(base64.stringValue()));
                } catch (IllegalArgumentException _) {
                    throw SetFault.invalidProperties("base64 is wanted", "data");
                }
            } else if (blobId != null && blobId.isString()) {
                out.writeBytes(range(call, box, source, blobId.stringValue()));
            } else {
                throw SetFault.invalidProperties("a text, base64 or a blob is wanted", "data");
            }
            if (out.size() > MOST_OCTETS) {
                throw new SetFault("tooLarge", "at most " + MOST_OCTETS + " octets");
            }
        }
        return out.toByteArray();
    }

    private static byte[] range(Call call, LetterBox box, JsonNode source, String blobId)
            throws IOException {
        String real = call.resolve(blobId);
        try (OpenBlob blob = call.blobs().find(box, real == null ? "" : real).orElse(null)) {
            if (blob == null) {
                throw EmailDraft.missing(List.of(blobId));
            }
            long offset = source.path("offset").asLong(0);
            long length = source.path("length").asLong(MOST_OCTETS + 1L);
            try (InputStream in = blob.open()) {
                if (offset < 0 || length < 0 || skipped(in, offset) < offset) {
                    throw SetFault.invalidProperties("the range lies outside the blob", "data");
                }
                byte[] octets = in.readNBytes((int) Math.min(length, MOST_OCTETS + 1L));
                boolean asked = source.has("length") && !source.get("length").isNull();
                if (asked && octets.length < length) {
                    throw SetFault.invalidProperties("the range lies outside the blob", "data");
                }
                return octets;
            }
        }
    }

    private static long skipped(InputStream in, long wanted) throws IOException {
        byte[] piece = new byte[8192];
        long skipped = 0;
        while (skipped < wanted) {
            int count = in.read(piece, 0, (int) Math.min(piece.length, wanted - skipped));
            if (count < 0) {
                return skipped;
            }
            skipped += count;
        }
        return skipped;
    }

    static ObjectNode get(Call call) throws IOException {
        LetterBox box = call.box();
        List<String> ids = call.arguments().findIds("ids");
        List<String> named = call.arguments().findTexts("properties");
        Long offset = call.arguments().findUnsigned("offset");
        Long length = call.arguments().findUnsigned("length");
        call.arguments().end();
        if (ids == null) {
            throw MethodFault.invalidArguments("ids are missing");
        }
        if (ids.size() > MOST_BLOBS) {
            throw MethodFault.requestTooLarge("at most " + MOST_BLOBS + " blobs");
        }
        List<String> properties = named == null ? List.of("data", "size") : named;
        for (String each : properties) {
            boolean digest = each.startsWith("digest:") && DIGESTS.containsKey(each.substring(7));
            if (!digest && !DATA.contains(each)) {
                throw MethodFault.invalidArguments("there is no property " + each);
            }
        }
        ArrayNode list = JmapText.array();
        ArrayNode notFound = JmapText.array();
        for (String id : new LinkedHashSet<>(ids)) {
            String real = call.resolve(id);
            try (OpenBlob blob = call.blobs().find(box, real == null ? "" : real).orElse(null)) {
                if (blob == null || real == null) {
                    notFound.add(id);
                } else {
                    list.add(one(real, blob, properties, new Range(offset, length)));
                }
            }
        }
        ObjectNode answer = JmapText.object().put("accountId", ObjectIds.of(box.owner()));
        answer.set("list", list);
        answer.set("notFound", notFound);
        return answer;
    }

    /// What part of each blob is asked for; null for its beginning or end.
    private record Range(@Nullable Long offset, @Nullable Long length) {}

    private static ObjectNode one(String id, OpenBlob blob, List<String> properties, Range range)
            throws IOException {
        long from = range.offset() == null ? 0 : range.offset();
        long most = range.length() == null ? Long.MAX_VALUE : range.length();
        long size = blob.size() >= 0 ? blob.size() : measured(blob);
        ObjectNode json = JmapText.object().put("id", id);
        byte[] octets;
        try (InputStream in = blob.open()) {
            skipped(in, from);
            octets = in.readNBytes((int) Math.min(most, MOST_OCTETS + 1L));
        }
        if (octets.length > MOST_OCTETS) {
            throw MethodFault.requestTooLarge("ask for a range of at most " + MOST_OCTETS);
        }
        if (from + (range.length() == null ? 0 : most) > size) {
            json.put("isTruncated", true);
        }
        for (String property : properties) {
            switch (property) {
                case "size" -> json.put("size", size);
                case "data", "data:asText", "data:asBase64" -> data(json, property, octets);
                default -> json.put(property, digest(DIGESTS.get(property.substring(7)), octets));
            }
        }
        return json;
    }

    private static long measured(OpenBlob blob) throws IOException {
        try (InputStream in = blob.open()) {
            return skipped(in, Long.MAX_VALUE);
        }
    }

    private static void data(ObjectNode json, String property, byte[] octets) {
        String text = property.equals("data:asBase64") ? null : text(octets);
        if (text != null) {
            json.put("data:asText", text);
        } else if (property.equals("data:asText")) {
            json.putNull("data:asText").put("isEncodingProblem", true);
        } else {
            json.put("data:asBase64", Base64.getEncoder().encodeToString(octets));
        }
    }

    private static @Nullable String text(byte[] octets) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException _) {
            return null;
        }
    }

    private static String digest(@Nullable String algorithm, byte[] octets) {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance(algorithm == null ? "SHA-256" : algorithm)
                                    .digest(octets));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has these", missing);
        }
    }

    static ObjectNode lookup(Call call) {
        LetterBox box = call.box();
        Arguments arguments = call.arguments();
        List<String> types = arguments.findTexts("typeNames");
        List<String> ids = arguments.findIds("ids");
        arguments.end();
        if (ids == null || types == null || ids.size() > MOST_BLOBS) {
            throw MethodFault.invalidArguments("typeNames and at most 50 ids are wanted");
        }
        for (String type : types) {
            if (!Set.of("Email", "Thread", "Mailbox").contains(type)) {
                throw new MethodFault("unknownDataType", type);
            }
        }
        ArrayNode list = JmapText.array();
        ArrayNode notFound = JmapText.array();
        for (String id : new LinkedHashSet<>(ids)) {
            BlobIds.Name name = BlobIds.parse(id).orElse(null);
            WholeLetter letter =
                    name == null || !name.letter()
                            ? null
                            : box.catalog()
                                    .find(List.of(new LetterId(name.number())))
                                    .letters()
                                    .getFirst();
            if (letter == null) {
                notFound.add(id);
            } else {
                list.add(matched(id, letter, types));
            }
        }
        ObjectNode answer = JmapText.object().put("accountId", ObjectIds.of(box.owner()));
        answer.set("list", list);
        answer.set("notFound", notFound);
        return answer;
    }

    private static ObjectNode matched(String id, WholeLetter letter, List<String> types) {
        ObjectNode matched = JmapText.object();
        for (String type : types) {
            matched.set(
                    type,
                    switch (type) {
                        case "Email" -> JmapText.array(List.of(ObjectIds.of(letter.letter().id())));
                        case "Thread" ->
                                JmapText.array(List.of(ObjectIds.of(letter.letter().thread())));
                        default ->
                                JmapText.array(
                                        letter.mailboxes().stream().map(ObjectIds::of).toList());
                    });
        }
        ObjectNode json = JmapText.object().put("id", id);
        json.set("matchedIds", matched);
        return json;
    }
}
