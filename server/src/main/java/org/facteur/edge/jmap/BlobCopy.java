package org.facteur.edge.jmap;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import org.facteur.base.fault.Refusal;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.MethodFault;
import org.facteur.wire.jmap.SetFault;
import tools.jackson.databind.node.ObjectNode;

/// Blob/copy (RFC 8620 §6.3): octets of one account as an upload of another.
final class BlobCopy {
    private BlobCopy() {}

    static ObjectNode run(Call call) throws IOException {
        LetterBox from = call.box("fromAccountId");
        LetterBox to = call.box();
        List<String> ids = call.arguments().findIds("blobIds");
        call.arguments().end();
        if (ids == null) {
            throw MethodFault.invalidArguments("blobIds are missing");
        }
        if (ids.size() > call.settings().calls()) {
            throw MethodFault.requestTooLarge("at most " + call.settings().calls() + " blobs");
        }
        ObjectNode copied = JmapText.object();
        ObjectNode notCopied = JmapText.object();
        for (String id : new LinkedHashSet<>(ids)) {
            try (OpenBlob blob = call.blobs().find(from, id).orElse(null)) {
                if (blob == null) {
                    notCopied.set(id, SetFault.notFound().toJson());
                    continue;
                }
                try (InputStream in = blob.open()) {
                    copied.put(
                            id,
                            call.services()
                                    .extras()
                                    .uploads()
                                    .take(to, in, blob.type(), call.services().clock().instant())
                                    .blobId());
                }
            } catch (Refusal refusal) {
                notCopied.set(id, SetAnswer.fault(refusal).toJson());
            }
        }
        ObjectNode answer =
                JmapText.object()
                        .put("fromAccountId", ObjectIds.of(from.owner()))
                        .put("accountId", ObjectIds.of(to.owner()));
        answer.set("copied", copied.isEmpty() ? null : copied);
        answer.set("notCopied", notCopied.isEmpty() ? null : notCopied);
        return answer;
    }
}
