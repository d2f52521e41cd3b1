package org.facteur.edge.jmap;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.Actor;
import org.facteur.core.push.PushSubscription;
import org.facteur.core.push.PushSubscriptions;
import org.facteur.wire.address.Domain;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.MethodFault;
import org.facteur.wire.jmap.SetFault;
import org.facteur.wire.jmap.UtcDate;
import org.facteur.wire.push.PushMessage;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// PushSubscription/get and /set (RFC 8620 §7.2.1, §7.2.2). They belong to no account, and each
/// credential sees its own alone. One call.
final class PushMethods {
    private static final Set<String> SECRET = Set.of("url", "keys");
    private static final Set<String> SETTABLE =
            Set.of("deviceClientId", "url", "keys", "expires", "types");
    private static final int LONGEST_URL = 2000;
    private static final int LONGEST_NAME = 255;
    private static final int MOST_TYPES = 100;

    private final Call call;
    private final Actor actor;
    private final PushCourier courier;
    private final PushSubscriptions subscriptions;

    private PushMethods(Call call) {
        this.call = call;
        this.actor = call.caller().actor();
        this.courier = call.services().extras().push();
        this.subscriptions = courier.subscriptions();
    }

    static String id(PushSubscription subscription) {
        return "P" + subscription.number();
    }

    private List<PushSubscription> own() {
        return subscriptions.list(actor.account()).stream()
                .filter(each -> each.origin().credential() == actor.credential())
                .toList();
    }

    private Optional<PushSubscription> find(String id) {
        OptionalLong number = ObjectIds.number('P', id);
        return number.isPresent()
                ? subscriptions
                        .find(actor.account(), number.getAsLong())
                        .filter(each -> each.origin().credential() == actor.credential())
                : Optional.empty();
    }

    static ObjectNode get(Call call) {
        PushMethods one = new PushMethods(call);
        List<String> named = call.arguments().findTexts("properties");
        if (named != null && named.stream().anyMatch(SECRET::contains)) {
            throw new MethodFault("forbidden", "url and keys are not given out");
        }
        ObjectGet get = new ObjectGet(call, Shapes.PUSH::has);
        call.arguments().end();
        Set<String> ids = get.ids();
        if (ids == null) {
            one.own().forEach(each -> get.foundWhole(json(each)));
        } else {
            for (String id : ids) {
                Optional<PushSubscription> found = one.find(id);
                if (found.isPresent()) {
                    get.foundWhole(json(found.get()));
                } else {
                    get.missing(id);
                }
            }
        }
        ObjectNode answer = get.answer("", "");
        answer.remove(List.of("accountId", "state"));
        return answer;
    }

    private static ObjectNode json(PushSubscription each) {
        ObjectNode json =
                JmapText.object()
                        .put("id", id(each))
                        .put("deviceClientId", each.target().device())
                        .put("verificationCode", each.confirmed() ? each.code() : null)
                        .put("expires", UtcDate.of(each.expires()));
        List<String> types = each.types();
        json.set("types", types == null ? null : JmapText.array(types));
        return json;
    }

    static ObjectNode set(Call call) {
        PushMethods one = new PushMethods(call);
        SetArguments asked = SetArguments.take(call);
        call.arguments().end();
        SetAnswer answer = new SetAnswer(call);
        asked.create().forEach((name, object) -> one.create(answer, name, object));
        asked.update().forEach((id, patch) -> one.update(answer, id, patch));
        asked.destroy().forEach(id -> one.destroy(answer, id));
        ObjectNode json = answer.json("", "", "");
        json.remove(List.of("accountId", "oldState", "newState"));
        return json;
    }

    private void create(SetAnswer answer, String name, ObjectNode object) {
        try {
            for (String property : object.propertyNames()) {
                boolean empty = object.get(property).isNull();
                if (!SETTABLE.contains(property)
                        && !(property.equals("verificationCode") && empty)) {
                    throw SetFault.invalidProperties("it cannot be set", property);
                }
            }
            Instant wanted = date(object.get("expires"));
            PushSubscription made =
                    subscriptions.add(
                            actor,
                            new PushSubscription.Target(
                                    device(object.get("deviceClientId")),
                                    url(object.get("url")),
                                    reader(object.get("keys"))),
                            types(object.get("types")),
                            subscriptions.end(wanted));
            courier.verify(actor.account(), made);
            answer.created(
                    name,
                    JmapText.object()
                            .put("id", id(made))
                            .put("expires", UtcDate.of(made.expires())));
        } catch (SetFault fault) {
            answer.notCreated(name, fault);
        } catch (Refusal refusal) {
            answer.notCreated(
                    name,
                    refusal.reason() == Refusal.Reason.LIMIT
                            ? new SetFault("rateLimit", refusal.sentence().english())
                            : SetAnswer.fault(refusal));
        }
    }

    private static String device(@Nullable JsonNode value) {
        if (value == null || !value.isString() || value.stringValue().isBlank()) {
            throw SetFault.invalidProperties("a text is wanted", "deviceClientId");
        }
        String device = value.stringValue();
        if (device.length() > LONGEST_NAME) {
            throw SetFault.invalidProperties("at most 255 characters", "deviceClientId");
        }
        return device;
    }

    /// Only https to a host by name on its usual port; where the name leads is looked at when
    /// something is sent there.
    private static String url(@Nullable JsonNode value) {
        String text = value == null ? "" : value.asString("");
        try {
            URI uri = URI.create(text);
            boolean usable =
                    text.length() <= LONGEST_URL
                            && "https".equals(uri.getScheme())
                            && uri.getHost() != null
                            && uri.getRawUserInfo() == null
                            && uri.getRawFragment() == null
                            && (uri.getPort() < 0 || uri.getPort() == 443)
                            && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
            if (usable && named(Domain.parse(uri.getHost()).name())) {
                return text;
            }
        } catch (IllegalArgumentException | SyntaxFault _) {
            // Said below.
        }
        throw SetFault.invalidProperties("an https address of a push service is wanted", "url");
    }

    /// Whether a host is said by its name and not by an address.
    private static boolean named(String host) {
        String top = host.substring(host.lastIndexOf('.') + 1);
        return host.indexOf('.') > 0 && top.chars().anyMatch(Character::isLetter);
    }

    private static PushMessage.@Nullable Reader reader(@Nullable JsonNode keys) {
        if (keys == null || keys.isNull()) {
            return null;
        }
        try {
            return new PushMessage.Reader(octets(keys.path("p256dh")), octets(keys.path("auth")));
        } catch (IllegalArgumentException | SyntaxFault _) {
            throw SetFault.invalidProperties("p256dh and auth of RFC 8291 are wanted", "keys");
        }
    }

    private static byte[] octets(JsonNode value) {
        String text = value.asString("");
        while (text.endsWith("=")) {
            text = text.substring(0, text.length() - 1);
        }
        return Base64.getUrlDecoder().decode(text);
    }

    private static @Nullable List<String> types(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        List<String> types = new ArrayList<>();
        for (JsonNode each : value) {
            types.add(each.asString(""));
        }
        boolean fits =
                value.isArray()
                        && types.size() <= MOST_TYPES
                        && types.stream().noneMatch(t -> t.isEmpty() || t.length() > LONGEST_NAME);
        if (!fits) {
            throw SetFault.invalidProperties("a list of kinds of objects is wanted", "types");
        }
        return types;
    }

    private @Nullable Instant date(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        try {
            Instant when = UtcDate.parse(value.asString(""));
            if (when.isAfter(call.services().clock().instant())) {
                return when;
            }
        } catch (MethodFault _) {
            // Said below.
        }
        throw SetFault.invalidProperties("a UTC date that is not past is wanted", "expires");
    }

    private void update(SetAnswer answer, String id, ObjectNode patch) {
        try {
            PushSubscription known = find(id).orElseThrow(SetFault::notFound);
            Instant expires = known.expires();
            List<String> types = known.types();
            boolean confirmed = known.confirmed();
            ObjectNode told = null;
            for (Map.Entry<String, JsonNode> each : patch.properties()) {
                switch (each.getKey()) {
                    case "verificationCode" -> {
                        if (!Objects.equals(known.code(), each.getValue().asString(""))) {
                            throw SetFault.invalidProperties(
                                    "this is not the code that was sent", "verificationCode");
                        }
                        confirmed = true;
                    }
                    case "expires" -> {
                        expires = subscriptions.end(date(each.getValue()));
                        told = JmapText.object().put("expires", UtcDate.of(expires));
                    }
                    case "types" -> types = types(each.getValue());
                    default -> throw SetFault.invalidProperties("it stays", each.getKey());
                }
            }
            subscriptions.put(
                    actor,
                    new PushSubscription(
                            known.number(),
                            known.origin(),
                            known.target(),
                            types,
                            expires,
                            known.code(),
                            confirmed));
            answer.updated(id, told);
        } catch (SetFault fault) {
            answer.notUpdated(id, fault);
        } catch (Refusal refusal) {
            answer.notUpdated(id, SetAnswer.fault(refusal));
        }
    }

    private void destroy(SetAnswer answer, String id) {
        Optional<PushSubscription> known = find(id);
        if (known.isPresent()) {
            subscriptions.remove(actor, known.get().number());
            answer.destroyed(id);
        } else {
            answer.notDestroyed(id, SetFault.notFound());
        }
    }
}
