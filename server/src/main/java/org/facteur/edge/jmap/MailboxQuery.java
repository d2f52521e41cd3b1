package org.facteur.edge.jmap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.Mailbox;
import org.facteur.core.mailbox.MailboxId;
import org.facteur.core.mailbox.MailboxName;
import org.facteur.core.mailbox.MailboxTree;
import org.facteur.wire.jmap.Arguments;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.MethodFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Mailbox/query (RFC 8621 §2.3). One query.
final class MailboxQuery {
    private static final int DEPTH = 20;

    private final MailboxTree tree;
    private final Predicate<Mailbox> filter;
    private final Comparator<Mailbox> order;
    private final boolean asTree;
    private final boolean filterAsTree;

    MailboxQuery(Arguments arguments, LetterBox box) {
        this.tree = box.mailboxes();
        JsonNode node = arguments.take("filter");
        this.filter = node == null ? _ -> true : filter(node, 0);
        this.order = order(arguments.findList("sort"));
        this.asTree = arguments.flag("sortAsTree", false);
        this.filterAsTree = arguments.flag("filterAsTree", false);
    }

    static ObjectNode run(Call call) {
        LetterBox box = call.box();
        MailboxQuery query = new MailboxQuery(call.arguments(), box);
        QueryWindow window = QueryWindow.take(call.arguments());
        call.arguments().end();
        ObjectNode answer =
                JmapText.object()
                        .put("accountId", ObjectIds.of(box.owner()))
                        .put("queryState", States.of(box.version()))
                        .put("canCalculateChanges", true);
        window.cut(query.find(), answer);
        return answer;
    }

    /// Ids of those that fit, in order.
    List<String> find() {
        List<Mailbox> all = new ArrayList<>(tree.shown());
        all.sort(order);
        if (asTree) {
            all = inTree(all);
        }
        return all.stream().filter(this::fits).map(each -> ObjectIds.of(each.id())).toList();
    }

    private boolean fits(Mailbox mailbox) {
        Mailbox at = mailbox;
        while (filter.test(at)) {
            MailboxId parent = at.parent();
            Mailbox above = parent == null || !filterAsTree ? null : tree.find(parent).orElse(null);
            if (above == null) {
                return true;
            }
            at = above;
        }
        return false;
    }

    /// Children behind their parents, siblings in the given order.
    private List<Mailbox> inTree(List<Mailbox> sorted) {
        List<Mailbox> out = new ArrayList<>();
        java.util.ArrayDeque<Mailbox> open = new java.util.ArrayDeque<>();
        push(sorted, null, open);
        while (!open.isEmpty()) {
            Mailbox next = open.pop();
            out.add(next);
            push(sorted, next.id(), open);
        }
        return out;
    }

    private void push(
            List<Mailbox> sorted, @Nullable MailboxId parent, java.util.ArrayDeque<Mailbox> open) {
        for (Mailbox each : sorted.reversed()) {
            MailboxId above = each.parent();
            MailboxId shown = above != null && tree.find(above).isPresent() ? above : null;
            if (Objects.equals(shown, parent)) {
                open.push(each);
            }
        }
    }

    /// @param depth how deep in operators; bounded, so that recursion is
    private Predicate<Mailbox> filter(JsonNode node, int depth) {
        if (!(node instanceof ObjectNode object) || depth > DEPTH) {
            throw new MethodFault("unsupportedFilter", "a filter is an object");
        }
        Arguments arguments = new Arguments(object);
        if (object.has("operator")) {
            String operator = arguments.text("operator");
            List<JsonNode> conditions = arguments.findList("conditions");
            arguments.end();
            if (conditions == null) {
                throw MethodFault.invalidArguments("conditions are missing");
            }
            List<Predicate<Mailbox>> parts =
                    conditions.stream().map(each -> filter(each, depth + 1)).toList();
            return switch (operator) {
                case "AND" -> mailbox -> parts.stream().allMatch(each -> each.test(mailbox));
                case "OR" -> mailbox -> parts.stream().anyMatch(each -> each.test(mailbox));
                case "NOT" -> mailbox -> parts.stream().noneMatch(each -> each.test(mailbox));
                default -> throw MethodFault.invalidArguments("an operator is AND, OR or NOT");
            };
        }
        return condition(arguments);
    }

    private Predicate<Mailbox> condition(Arguments arguments) {
        Predicate<Mailbox> all = _ -> true;
        if (arguments.has("parentId")) {
            String parent = arguments.findId("parentId");
            all =
                    all.and(
                            each -> {
                                MailboxId above = each.parent();
                                String shown =
                                        above != null && tree.find(above).isPresent()
                                                ? ObjectIds.of(above)
                                                : null;
                                return Objects.equals(shown, parent);
                            });
        }
        String name = arguments.findText("name");
        if (name != null) {
            String wanted = Collation.UNICODE_CASEMAP.key(name);
            all = all.and(each -> Collation.UNICODE_CASEMAP.key(each.name()).contains(wanted));
        }
        if (arguments.has("role")) {
            String role = arguments.findText("role");
            all =
                    all.and(
                            each -> {
                                var own = each.role();
                                return role == null
                                        ? own == null
                                        : own != null && own.name().equals(role);
                            });
        }
        if (arguments.has("hasAnyRole")) {
            boolean any = arguments.flag("hasAnyRole", true);
            all = all.and(each -> (each.role() != null) == any);
        }
        if (arguments.has("isSubscribed")) {
            boolean subscribed = arguments.flag("isSubscribed", true);
            all = all.and(each -> each.subscribed() == subscribed);
        }
        try {
            arguments.end();
        } catch (MethodFault unknown) {
            throw new MethodFault("unsupportedFilter", unknown.getMessage());
        }
        return all;
    }

    private Comparator<Mailbox> order(@Nullable List<JsonNode> list) {
        Comparator<Mailbox> byName =
                Comparator.comparing(each -> Collation.UNICODE_CASEMAP.key(each.name()));
        Comparator<Mailbox> all = Comparator.comparingInt(_ -> 0);
        for (JsonNode each : list == null ? List.<JsonNode>of() : list) {
            if (!(each instanceof ObjectNode object)) {
                throw MethodFault.invalidArguments("a comparator is an object");
            }
            Arguments arguments = new Arguments(object);
            String property = arguments.text("property");
            boolean ascending = arguments.flag("isAscending", true);
            Collation collation = Collation.of(arguments.findText("collation"));
            arguments.end();
            Comparator<Mailbox> one =
                    switch (property) {
                        case "sortOrder" -> Comparator.comparingInt(MailboxGet::sortOrder);
                        case "name" -> Comparator.comparing(m -> collation.key(m.name()));
                        case "parentId" -> Comparator.comparing(this::parentName);
                        default ->
                                throw new MethodFault(
                                        "unsupportedSort", "there is no order by " + property);
                    };
            all = all.thenComparing(ascending ? one : one.reversed());
        }
        Comparator<Mailbox> standard =
                list == null || list.isEmpty()
                        ? Comparator.comparingInt(MailboxGet::sortOrder)
                        : all;
        return standard.thenComparing(byName).thenComparing(Mailbox::id);
    }

    private String parentName(Mailbox mailbox) {
        MailboxId parent = mailbox.parent();
        return parent == null
                ? ""
                : tree.find(parent)
                        .map(each -> tree.name(each.id()))
                        .map(MailboxName::toString)
                        .orElse("");
    }
}
