package org.facteur.edge.sieve;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.facteur.base.fault.Busy;
import org.facteur.base.fault.Incident;
import org.facteur.base.fault.Refusal;
import org.facteur.base.word.Language;
import org.facteur.base.word.Sentence;
import org.facteur.core.account.Account;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Door;
import org.facteur.core.login.LoginResult;
import org.facteur.core.login.SignIn;
import org.facteur.core.sieve.ScriptName;
import org.facteur.core.sieve.StoredScript;
import org.facteur.wire.managesieve.ManageSieveCommand;
import org.facteur.wire.managesieve.ManageSieveLimits;
import org.facteur.wire.managesieve.ManageSieveReply;
import org.facteur.wire.managesieve.ManageSieveReply.Code;
import org.facteur.wire.managesieve.ManageSieveReply.Ended;
import org.facteur.wire.sasl.SaslMechanism;
import org.facteur.wire.sieve.SieveCompilation;
import org.facteur.wire.sieve.SieveExtension;
import org.facteur.wire.sieve.SieveProblem;
import org.facteur.wire.text.LineFault;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The state of one conversation, and what its commands do. One thread, the connection's.
final class ManageSieveSession {
    private static final Logger LOG = LoggerFactory.getLogger(ManageSieveSession.class);

    private final ManageSieveConnection connection;
    private final ManageSieveServices services;
    private @Nullable Owner owner;
    private long checkedVersion = -1;

    /// Who signed in, and when.
    private record Owner(Actor actor, Account account, Instant since) {}

    ManageSieveSession(ManageSieveConnection connection, ManageSieveServices services) {
        this.connection = connection;
        this.services = services;
    }

    boolean signedIn() {
        return owner != null;
    }

    /// What the server can do here (RFC 5804 §1.7), with an OK behind it.
    void announce() throws IOException {
        tell("IMPLEMENTATION", services.product());
        tell("SIEVE", String.join(" ", SieveExtension.announced()));
        tell("NOTIFY", "mailto");
        boolean open = owner == null && connection.mayLogin();
        tell(
                "SASL",
                open
                        ? String.join(
                                " ", mechanisms().stream().map(SaslMechanism::keyword).toList())
                        : "");
        if (owner == null && connection.canStartTls()) {
            tell("STARTTLS", null);
        }
        tell("MAXREDIRECTS", Integer.toString(services.scripts().limits().run().redirects()));
        tell("UNAUTHENTICATE", null);
        Owner known = owner;
        if (known != null) {
            tell("LANGUAGE", known.account().language().tag());
            tell("OWNER", known.account().address().toString());
        }
        tell("VERSION", "1.0");
        connection.write(Ended.ok(""));
    }

    /// How to sign in on this line: the mechanism LOGIN is no part of this protocol.
    private List<SaslMechanism> mechanisms() {
        return SaslMechanism.offered(connection.channelBinding().isPresent(), false).stream()
                .filter(mechanism -> mechanism != SaslMechanism.LOGIN)
                .toList();
    }

    private void tell(String name, @Nullable String value) throws IOException {
        connection.write(new ManageSieveReply.Announced(name, value));
    }

    ManageSieveConnection.Next act(ManageSieveCommand command) throws IOException {
        try {
            if (!stillGood()) {
                connection.write(Ended.bye(Code.NONE, "This login does not hold any more."));
                return ManageSieveConnection.Next.CLOSE;
            }
            return perform(command);
        } catch (Refusal refusal) {
            connection.write(Ended.no(code(refusal.reason()), said(refusal.sentence())));
        } catch (Busy busy) {
            LOG.warn("sieve {} busy", connection.id(), busy);
            connection.write(Ended.no(Code.TRYLATER, "Try again later."));
        } catch (SyntaxFault fault) {
            boolean on = connection.fault(Code.NONE, "Not understood: " + fault.getMessage() + ".");
            return on ? ManageSieveConnection.Next.COMMAND : ManageSieveConnection.Next.CLOSE;
        } catch (LineFault broken) {
            // Ends the conversation; the loop says so.
            throw broken;
        } catch (RuntimeException bug) {
            Incident incident = Incident.create();
            LOG.error("incident {} in sieve {}", incident, connection.id(), bug);
            connection.write(
                    Ended.no(
                            Code.TRYLATER,
                            "Something went wrong here; tell the postmaster " + incident + "."));
        }
        return ManageSieveConnection.Next.COMMAND;
    }

    private boolean stillGood() {
        Owner known = owner;
        if (known == null) {
            return true;
        }
        long version = services.login().version();
        if (version != checkedVersion) {
            checkedVersion = version;
            return services.login().stillGood(known.actor(), known.since());
        }
        return true;
    }

    private static Code code(Refusal.Reason reason) {
        return switch (reason) {
            case NOT_FOUND -> Code.NONEXISTENT;
            case ALREADY_EXISTS -> Code.ALREADYEXISTS;
            case CANNOT -> Code.ACTIVE;
            case OVER_QUOTA -> Code.QUOTA;
            case TOO_LARGE -> Code.MAXSIZE;
            case LIMIT -> Code.MAXSCRIPTS;
            case NOT_ALLOWED, INVALID, LOOP -> Code.NONE;
        };
    }

    private String said(Sentence sentence) {
        Owner known = owner;
        return sentence.in(known == null ? Language.ENGLISH : known.account().language());
    }

    private ManageSieveConnection.Next perform(ManageSieveCommand command) throws IOException {
        switch (command) {
            case ManageSieveCommand.Capability _ -> announce();
            case ManageSieveCommand.Noop(String tag) ->
                    connection.write(
                            tag == null
                                    ? Ended.ok("Done.")
                                    : new Ended(
                                            ManageSieveReply.Outcome.OK, Code.TAG, tag, "Done."));
            case ManageSieveCommand.Logout _ -> {
                connection.write(Ended.ok("Goodbye."));
                return ManageSieveConnection.Next.CLOSE;
            }
            case ManageSieveCommand.StartTls _ -> {
                if (owner == null && connection.canStartTls()) {
                    return ManageSieveConnection.Next.START_TLS;
                }
                connection.write(Ended.no(Code.NONE, "TLS cannot begin here."));
            }
            case ManageSieveCommand.Authenticate(String mechanism, Octets initial) -> {
                return authenticate(mechanism, initial);
            }
            case ManageSieveCommand.Unauthenticate _,
                    ManageSieveCommand.HaveSpace _,
                    ManageSieveCommand.PutScript _,
                    ManageSieveCommand.CheckScript _,
                    ManageSieveCommand.ListScripts _,
                    ManageSieveCommand.SetActive _,
                    ManageSieveCommand.GetScript _,
                    ManageSieveCommand.DeleteScript _,
                    ManageSieveCommand.RenameScript _ -> {
                Owner known = owner;
                if (known == null) {
                    connection.write(Ended.no(Code.NONE, "Sign in first."));
                } else {
                    serve(known, command);
                }
            }
        }
        return ManageSieveConnection.Next.COMMAND;
    }

    /// Commands of those who have signed in.
    private void serve(Owner known, ManageSieveCommand command) throws IOException {
        Actor actor = known.actor();
        switch (command) {
            case ManageSieveCommand.HaveSpace(String name, long size) -> {
                services.scripts().checkSpace(actor, new ScriptName(name), size);
                connection.write(Ended.ok("There is room."));
            }
            case ManageSieveCommand.PutScript(String name, Octets script) -> {
                ScriptName valid = new ScriptName(name);
                services.scripts().checkSpace(actor, valid, script.length());
                byte[] octets = script.toArray();
                check(known, octets, () -> services.scripts().put(actor, valid, octets));
            }
            case ManageSieveCommand.CheckScript(Octets script) ->
                    check(known, script.toArray(), () -> {});
            case ManageSieveCommand.ListScripts _ -> {
                for (StoredScript script : services.scripts().list(actor)) {
                    connection.write(
                            new ManageSieveReply.Listed(script.name().value(), script.active()));
                }
                connection.write(Ended.ok("That is all."));
            }
            case ManageSieveCommand.SetActive(String name) -> {
                services.scripts().activate(actor, name.isEmpty() ? null : new ScriptName(name));
                connection.write(Ended.ok("Done."));
            }
            case ManageSieveCommand.GetScript(String name) -> {
                byte[] script = services.scripts().get(actor, new ScriptName(name));
                connection.write(new ManageSieveReply.Script(Octets.copyOf(script)));
                connection.write(Ended.ok(""));
            }
            case ManageSieveCommand.DeleteScript(String name) -> {
                services.scripts().delete(actor, new ScriptName(name));
                connection.write(Ended.ok("Removed."));
            }
            case ManageSieveCommand.RenameScript(String from, String to) -> {
                services.scripts().rename(actor, new ScriptName(from), new ScriptName(to));
                connection.write(Ended.ok("Renamed."));
            }
            case ManageSieveCommand.Unauthenticate _ -> {
                owner = null;
                connection.allow(ManageSieveLimits.BEFORE_LOGIN);
                connection.write(Ended.ok("Signed out."));
            }
            case ManageSieveCommand.Authenticate _,
                    ManageSieveCommand.StartTls _,
                    ManageSieveCommand.Logout _,
                    ManageSieveCommand.Capability _,
                    ManageSieveCommand.Noop _ ->
                    throw new IllegalStateException("these need no sign-in");
        }
    }

    /// Says what is wrong with a script, or keeps it.
    private void check(Owner known, byte[] script, Runnable keep) throws IOException {
        Language language = known.account().language();
        switch (services.scripts().compile(script)) {
            case SieveCompilation.Faulty(List<SieveProblem> problems) ->
                    connection.write(Ended.no(Code.NONE, lines(problems, language)));
            case SieveCompilation.Ready(_, List<SieveProblem> warnings) -> {
                keep.run();
                connection.write(
                        warnings.isEmpty()
                                ? Ended.ok("The script is good.")
                                : new Ended(
                                        ManageSieveReply.Outcome.OK,
                                        Code.WARNINGS,
                                        null,
                                        lines(warnings, language)));
            }
        }
    }

    private static String lines(List<SieveProblem> problems, Language language) {
        return String.join(
                "\r\n",
                problems.stream()
                        .map(
                                problem ->
                                        new Sentence(problem.english(), problem.french())
                                                .in(language))
                        .toList());
    }

    private ManageSieveConnection.Next authenticate(String mechanism, @Nullable Octets initial)
            throws IOException {
        if (owner != null) {
            connection.write(Ended.no(Code.NONE, "Somebody has signed in already."));
            return ManageSieveConnection.Next.COMMAND;
        }
        if (!connection.mayLogin()) {
            connection.write(Ended.no(Code.ENCRYPT_NEEDED, "Passwords travel only over TLS here."));
            return ManageSieveConnection.Next.COMMAND;
        }
        Optional<SaslMechanism> known = SaslMechanism.find(mechanism, mechanisms());
        if (known.isEmpty()) {
            connection.write(Ended.no(Code.NONE, "There is no such mechanism here."));
            return ManageSieveConnection.Next.COMMAND;
        }
        SignIn signIn =
                new SignIn(
                        services.login(),
                        known.get(),
                        Door.SIEVE,
                        connection.source(),
                        new SignIn.Offer(connection.channelBinding().orElse(null), null));
        SignIn.Step step = signIn.begin(initial == null ? null : initial.toArray());
        while (step instanceof SignIn.Step.Challenge(Octets challenge)) {
            Octets response = connection.ask(challenge);
            if (response == null) {
                connection.write(Ended.no(Code.NONE, "Taken back."));
                return ManageSieveConnection.Next.COMMAND;
            }
            step = signIn.respond(response.toArray());
        }
        return conclude(((SignIn.Step.Done) step).result());
    }

    private ManageSieveConnection.Next conclude(LoginResult result) throws IOException {
        return switch (result) {
            case LoginResult.Granted(Actor actor, Account account) -> {
                owner = new Owner(actor, account, services.clock().instant());
                checkedVersion = -1;
                connection.allow(ManageSieveLimits.STANDARD);
                LOG.info(
                        "sieve {} account {} logged in with credential {}",
                        connection.id(),
                        actor.account(),
                        actor.credential());
                connection.write(Ended.ok("Welcome."));
                yield ManageSieveConnection.Next.COMMAND;
            }
            case LoginResult.Denied(var delay) -> {
                connection.pause(delay);
                boolean on = connection.fault(Code.NONE, "Name or password is wrong.");
                yield on ? ManageSieveConnection.Next.COMMAND : ManageSieveConnection.Next.CLOSE;
            }
            case LoginResult.Blocked() -> {
                connection.write(
                        Ended.bye(
                                Code.TRYLATER, "Too many wrong passwords came from your address."));
                yield ManageSieveConnection.Next.CLOSE;
            }
        };
    }
}
