package org.facteur.wire.auth;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// One letter's questions, each asked once; at most as many as a letter may cause. Any thread.
final class RememberedLookup implements DnsLookup {
    private static final int MOST = 300;

    private final DnsLookup names;
    private final ConcurrentMap<Question, Answer> known = new ConcurrentHashMap<>();

    RememberedLookup(DnsLookup names) {
        this.names = names;
    }

    @Override
    public Answer ask(Question question) {
        Answer before = known.get(question);
        if (before != null) {
            return before;
        }
        if (known.size() >= MOST) {
            return new Failed();
        }
        Answer answer = names.ask(question);
        known.putIfAbsent(question, answer);
        return answer;
    }
}
