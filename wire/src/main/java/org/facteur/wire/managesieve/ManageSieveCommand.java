package org.facteur.wire.managesieve;

import java.util.Objects;
import org.facteur.wire.text.Octets;
import org.jspecify.annotations.Nullable;

/// What a client asks (RFC 5804 §2). Names of scripts are as written; who acts on them checks them.
public sealed interface ManageSieveCommand {
    /// @param initial the first response, base64 taken off; null for none
    record Authenticate(String mechanism, @Nullable Octets initial) implements ManageSieveCommand {
        public Authenticate {
            Objects.requireNonNull(mechanism);
        }
    }

    record StartTls() implements ManageSieveCommand {}

    record Logout() implements ManageSieveCommand {}

    record Capability() implements ManageSieveCommand {}

    record HaveSpace(String name, long sizeBytes) implements ManageSieveCommand {
        public HaveSpace {
            Objects.requireNonNull(name);
        }
    }

    record PutScript(String name, Octets script) implements ManageSieveCommand {
        public PutScript {
            Objects.requireNonNull(name);
            Objects.requireNonNull(script);
        }
    }

    record ListScripts() implements ManageSieveCommand {}

    /// @param name empty for none
    record SetActive(String name) implements ManageSieveCommand {
        public SetActive {
            Objects.requireNonNull(name);
        }
    }

    record GetScript(String name) implements ManageSieveCommand {
        public GetScript {
            Objects.requireNonNull(name);
        }
    }

    record DeleteScript(String name) implements ManageSieveCommand {
        public DeleteScript {
            Objects.requireNonNull(name);
        }
    }

    record RenameScript(String from, String to) implements ManageSieveCommand {
        public RenameScript {
            Objects.requireNonNull(from);
            Objects.requireNonNull(to);
        }
    }

    record CheckScript(Octets script) implements ManageSieveCommand {
        public CheckScript {
            Objects.requireNonNull(script);
        }
    }

    /// @param tag to be given back; null for none
    record Noop(@Nullable String tag) implements ManageSieveCommand {}

    record Unauthenticate() implements ManageSieveCommand {}
}
