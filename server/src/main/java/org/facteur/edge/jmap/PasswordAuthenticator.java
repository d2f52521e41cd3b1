package org.facteur.edge.jmap;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.facteur.core.account.Door;
import org.facteur.core.login.Login;
import org.facteur.core.login.LoginResult;
import org.facteur.core.login.Password;
import org.facteur.core.login.TokenCheck;
import org.facteur.net.http.Exchange;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// Name and password, or an access token, in the Authorization field (RFC 7617, RFC 6750 §2.1).
public final class PasswordAuthenticator implements Authenticator {
    private static final int LONGEST = 8192;

    private final Login login;
    private final @Nullable TokenCheck tokens;

    /// @param tokens who checks tokens; null for nobody
    public PasswordAuthenticator(Login login, @Nullable TokenCheck tokens) {
        this.login = login;
        this.tokens = tokens;
    }

    @Override
    public Optional<Caller> find(Exchange exchange) {
        String field = exchange.header("authorization").orElse("");
        int blank = field.indexOf(' ');
        if (blank < 0 || field.length() > LONGEST) {
            return Optional.empty();
        }
        String value = field.substring(blank + 1).strip();
        LoginResult result =
                switch (field.substring(0, blank).toLowerCase(Locale.ROOT)) {
                    case "basic" -> password(value, exchange);
                    case "bearer" -> token(value, exchange);
                    default -> null;
                };
        return switch (result) {
            case LoginResult.Granted(var actor, var account) ->
                    Optional.of(new Caller(actor, account));
            case LoginResult.Denied(Duration delay) -> {
                hold(delay);
                yield Optional.empty();
            }
            case LoginResult.Blocked _ -> Optional.empty();
            case null -> Optional.empty();
        };
    }

    private LoginResult password(String value, Exchange exchange) {
        byte[] plain;
        try {
            plain = Base64.getDecoder().decode(value);
        } catch (IllegalArgumentException _) {
            throw SyntaxFault.at(0, "base64", "RFC 7617 §2");
        }
        String text = new String(plain, StandardCharsets.UTF_8);
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw SyntaxFault.at(0, "name:password", "RFC 7617 §2");
        }
        return login.check(
                text.substring(0, colon),
                Password.of(text.substring(colon + 1)),
                Door.JMAP,
                exchange.source());
    }

    private @Nullable LoginResult token(String value, Exchange exchange) {
        TokenCheck checker = tokens;
        return checker == null ? null : checker.check(null, value, Door.JMAP, exchange.source());
    }

    /// Holds an answer back.
    private static void hold(Duration delay) {
        try {
            boolean _ = new CountDownLatch(1).await(delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
