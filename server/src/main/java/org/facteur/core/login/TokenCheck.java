package org.facteur.core.login;

import java.net.InetAddress;
import org.facteur.core.account.Door;
import org.jspecify.annotations.Nullable;

/// Says whose an access token is (RFC 6750). Where no one can, mechanisms that carry tokens are not
/// offered. Any thread.
@FunctionalInterface
public interface TokenCheck {
    /// @param name whom the client wants to be; null where it leaves that to the token. A token of
    ///   another is denied
    /// @param source who is guessing, should it be wrong
    LoginResult check(@Nullable String name, String token, Door door, InetAddress source);
}
