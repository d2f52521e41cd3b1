package org.facteur.edge.pop3;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.facteur.base.event.Event;
import org.facteur.base.fault.Busy;
import org.facteur.base.fault.Incident;
import org.facteur.base.fault.Refusal;
import org.facteur.base.word.Language;
import org.facteur.base.word.Sentence;
import org.facteur.core.account.Door;
import org.facteur.core.deliver.OwnerNotices;
import org.facteur.core.login.LoginResult;
import org.facteur.core.login.Password;
import org.facteur.core.login.SignIn;
import org.facteur.core.mailbox.LetterContent;
import org.facteur.core.mailbox.PopHabit;
import org.facteur.core.mailbox.PopReceipt;
import org.facteur.edge.pop3.Pop3Connection.Next;
import org.facteur.wire.pop3.Pop3Capability;
import org.facteur.wire.pop3.Pop3Code;
import org.facteur.wire.pop3.Pop3Command;
import org.facteur.wire.pop3.Pop3Line;
import org.facteur.wire.pop3.Pop3Reply;
import org.facteur.wire.pop3.Pop3Top;
import org.facteur.wire.pop3.Pop3Writer;
import org.facteur.wire.sasl.SaslMechanism;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One session: what each command does in each state. One thread.
final class Pop3Session {
    private static final Logger LOG = LoggerFactory.getLogger(Pop3Session.class);

    private final Pop3Server server;
    private final Pop3Connection line;
    private final Pop3Writer out;
    private Pop3State state = Pop3State.Authorization.FRESH;
    private Language language = Language.ENGLISH;
    private boolean utf8;
    private long retrieved;

    Pop3Session(Pop3Server server, Pop3Connection line) {
        this.server = server;
        this.line = line;
        this.out = line.writer();
    }

    boolean signedIn() {
        return state instanceof Pop3State.Transaction;
    }

    /// Does a command and writes its reply.
    Next act(Pop3Command command) throws IOException {
        try {
            return switch (state) {
                case Pop3State.Authorization authorization -> before(command, authorization);
                case Pop3State.Transaction transaction -> after(command, transaction);
            };
        } catch (Refusal refusal) {
            return say(new Pop3Reply.Err(null, refusal.sentence().in(language)));
        } catch (Busy busy) {
            LOG.warn("{} busy: {}", line.id(), busy.getMessage());
            return err(Pop3Code.SYS_TEMP, Pop3Words.TRY_LATER);
        } catch (RuntimeException bug) {
            Incident incident = Incident.create();
            LOG.error("{} incident {}", line.id(), incident, bug);
            return err(Pop3Code.SYS_TEMP, Pop3Words.incident(incident));
        }
    }

    // AUTHORIZATION state

    private Next before(Pop3Command command, Pop3State.Authorization authorization)
            throws IOException {
        return switch (command) {
            case Pop3Command.User(String name) -> user(name);
            case Pop3Command.Pass(String password) -> pass(authorization, password);
            case Pop3Command.Auth auth -> auth(auth);
            case Pop3Command.AuthList _ -> mechanisms();
            case Pop3Command.StartTls _ -> startTls();
            case Pop3Command.Utf8 _ -> {
                utf8 = true;
                yield ok(Pop3Words.UTF8);
            }
            case Pop3Command.Lang(String tag) -> lang(tag, Language.ENGLISH);
            case Pop3Command.Capabilities _ -> capabilities();
            case Pop3Command.Quit _ -> bye(Pop3Words.GOODBYE);
            case Pop3Command.Noop _,
                    Pop3Command.Status _,
                    Pop3Command.Sizes _,
                    Pop3Command.Uids _,
                    Pop3Command.Retrieve _,
                    Pop3Command.Top _,
                    Pop3Command.Delete _,
                    Pop3Command.Reset _ ->
                    wrong(Pop3Words.SIGN_IN_FIRST);
        };
    }

    private Next user(String name) throws IOException {
        if (!line.mayLogin()) {
            return wrong(Pop3Words.AFTER_STLS);
        }
        state = new Pop3State.Authorization(name);
        return ok(Pop3Words.PASSWORD);
    }

    private Next pass(Pop3State.Authorization authorization, String password) throws IOException {
        String name = authorization.name();
        if (name == null) {
            return wrong(Pop3Words.USER_FIRST);
        }
        state = Pop3State.Authorization.FRESH;
        return conclude(
                server.services()
                        .login()
                        .check(name, Password.of(password), Door.POP3, line.source()));
    }

    /// One exchange, to its end (RFC 5034 §4).
    private Next auth(Pop3Command.Auth auth) throws IOException {
        Optional<SaslMechanism> mechanism =
                SaslMechanism.find(auth.mechanism(), offer().mechanisms());
        if (!line.mayLogin()) {
            return wrong(Pop3Words.AFTER_STLS);
        }
        if (mechanism.isEmpty()) {
            return wrong(Pop3Words.UNKNOWN_MECHANISM);
        }
        state = Pop3State.Authorization.FRESH;
        SignIn signIn =
                new SignIn(
                        server.services().login(),
                        mechanism.get(),
                        Door.POP3,
                        line.source(),
                        offer());
        SignIn.Step step = signIn.begin(auth.initial());
        while (step instanceof SignIn.Step.Challenge(var octets)) {
            Optional<byte[]> response = line.ask(octets.toArray());
            if (response.isEmpty()) {
                return wrong(Pop3Words.GIVEN_UP);
            }
            step = signIn.respond(response.get());
        }
        return step instanceof SignIn.Step.Done(var result) ? conclude(result) : Next.CLOSE;
    }

    private SignIn.Offer offer() {
        return new SignIn.Offer(null, server.services().extras().tokens());
    }

    private Next mechanisms() throws IOException {
        if (!line.mayLogin()) {
            return wrong(Pop3Words.AFTER_STLS);
        }
        ok(Pop3Words.MECHANISMS);
        for (SaslMechanism mechanism : offer().mechanisms()) {
            out.write(new Pop3Line.Mechanism(mechanism.keyword()));
        }
        out.end();
        return Next.COMMAND;
    }

    private Next conclude(LoginResult result) throws IOException {
        return switch (result) {
            case LoginResult.Granted(var actor, var account) -> {
                if (!server.delay().admit(actor)) {
                    yield line.fault(
                                    Pop3Code.LOGIN_DELAY,
                                    Pop3Words.tooSoon(server.delay().least().toSeconds())
                                            .in(language))
                            ? Next.COMMAND
                            : Next.CLOSE;
                }
                Pop3Services services = server.services();
                Maildrop maildrop =
                        Maildrop.open(
                                services.boxes().open(actor), services.device(actor, account));
                state =
                        new Pop3State.Transaction(
                                actor,
                                maildrop,
                                account.language(),
                                server.services().clock().instant());
                LOG.info(
                        "{} sign-in account={} credential={} letters={}",
                        line.id(),
                        account.id(),
                        actor.credential(),
                        maildrop.letters());
                yield ok(Pop3Words.welcome(maildrop.letters()));
            }
            case LoginResult.Denied(var delay) -> {
                line.pause(delay);
                yield line.fault(Pop3Code.AUTH, Pop3Words.WRONG_PASSWORD.in(language))
                        ? Next.COMMAND
                        : Next.CLOSE;
            }
            case LoginResult.Blocked _ -> {
                err(Pop3Code.AUTH, Pop3Words.TOO_MANY_FAILURES);
                yield Next.CLOSE;
            }
        };
    }

    /// Which languages there are, or which one from now on (RFC 6856 §3).
    ///
    /// @param usual what `*` means
    private Next lang(@Nullable String tag, Language usual) throws IOException {
        if (tag == null) {
            ok(Pop3Words.LANGUAGES);
            for (Language each : Language.values()) {
                out.write(new Pop3Line.LanguageName(each.tag(), Pop3Words.name(each)));
            }
            out.end();
            return Next.COMMAND;
        }
        Optional<Language> wished =
                tag.equals("*") ? Optional.of(usual) : Pop3Words.findLanguage(tag);
        if (wished.isEmpty()) {
            return err(null, Pop3Words.NO_LANGUAGE);
        }
        language = wished.get();
        out.beginUtf8Text();
        return say(
                new Pop3Reply.Ok(language.tag() + " " + Pop3Words.LANGUAGE_CHANGED.in(language)));
    }

    private Next startTls() throws IOException {
        return line.canStartTls() ? Next.START_TLS : wrong(Pop3Words.NO_TLS);
    }

    // TRANSACTION state

    private Next after(Pop3Command command, Pop3State.Transaction transaction) throws IOException {
        if (!stillGood(transaction)) {
            err(Pop3Code.AUTH, Pop3Words.PASSWORD_CHANGED);
            return Next.CLOSE;
        }
        Maildrop drop = transaction.maildrop();
        return switch (command) {
            case Pop3Command.User _,
                    Pop3Command.Pass _,
                    Pop3Command.Auth _,
                    Pop3Command.AuthList _,
                    Pop3Command.Utf8 _,
                    Pop3Command.StartTls _ ->
                    wrong(Pop3Words.SIGNED_IN);
            case Pop3Command.Capabilities _ -> capabilities();
            case Pop3Command.Lang(String tag) -> lang(tag, transaction.language());
            case Pop3Command.Noop _ -> ok(Pop3Words.NOTHING);
            case Pop3Command.Status _ -> say(new Pop3Reply.Status(drop.letters(), drop.octets()));
            case Pop3Command.Sizes(int number) -> sizes(drop, number);
            case Pop3Command.Uids(int number) -> uids(drop, number);
            case Pop3Command.Retrieve(int number) -> letter(drop, number, Pop3Top.WHOLE);
            case Pop3Command.Top(int number, int lines) -> letter(drop, number, lines);
            case Pop3Command.Delete(int number) -> delete(drop, number);
            case Pop3Command.Reset _ -> {
                drop.reset();
                yield ok(Pop3Words.NOTHING_DELETED);
            }
            case Pop3Command.Quit _ -> quit(transaction);
        };
    }

    private boolean stillGood(Pop3State.Transaction transaction) {
        Instant now = server.services().clock().instant();
        if (now.isBefore(transaction.checked().plus(server.settings().recheck()))) {
            return true;
        }
        state = transaction.checkedAt(now);
        return server.services().login().stillGood(transaction.actor(), transaction.checked());
    }

    private Next sizes(Maildrop drop, int number) throws IOException {
        if (number != 0) {
            return drop.has(number)
                    ? say(new Pop3Reply.One(new Pop3Line.Size(number, drop.sizeBytes(number))))
                    : none();
        }
        ok(Pop3Words.sizes(drop.letters(), drop.octets()));
        for (int each = 1; each <= drop.highest(); each++) {
            if (drop.has(each)) {
                out.write(new Pop3Line.Size(each, drop.sizeBytes(each)));
            }
        }
        out.end();
        return Next.COMMAND;
    }

    private Next uids(Maildrop drop, int number) throws IOException {
        if (number != 0) {
            return drop.has(number)
                    ? say(new Pop3Reply.One(new Pop3Line.Uid(number, drop.uid(number))))
                    : none();
        }
        ok(Pop3Words.UIDS);
        for (int each = 1; each <= drop.highest(); each++) {
            if (drop.has(each)) {
                out.write(new Pop3Line.Uid(each, drop.uid(each)));
            }
        }
        out.end();
        return Next.COMMAND;
    }

    private Next letter(Maildrop drop, int number, int bodyLines) throws IOException {
        if (!drop.has(number)) {
            return none();
        }
        Optional<LetterContent> found = drop.findContent(number);
        if (found.isEmpty()) {
            return wrong(Pop3Words.GONE);
        }
        try (LetterContent content = found.get();
                InputStream octets = content.open(0, content.size())) {
            line.deadlineFor(content.size());
            ok(Pop3Words.octets(content.size()));
            try {
                out.letter(octets, bodyLines, utf8);
            } catch (RuntimeException damaged) {
                // Half a letter is on the line: an -ERR would be read as its text.
                LOG.error("{} incident {}", line.id(), Incident.create(), damaged);
                return Next.CLOSE;
            }
        }
        if (bodyLines == Pop3Top.WHOLE) {
            retrieved++;
        }
        return Next.COMMAND;
    }

    private Next delete(Maildrop drop, int number) throws IOException {
        if (!drop.has(number)) {
            return none();
        }
        drop.delete(number);
        return ok(Pop3Words.DELETED);
    }

    /// The UPDATE state (RFC 1939 §6): only what QUIT confirms is deleted.
    private Next quit(Pop3State.Transaction transaction) throws IOException {
        Maildrop drop = transaction.maildrop();
        PopReceipt receipt;
        try {
            receipt = drop.commit();
        } catch (Busy busy) {
            LOG.warn("{} deletions not done: {}", line.id(), busy.getMessage());
            err(Pop3Code.SYS_TEMP, Pop3Words.NOT_ALL_DELETED);
            return Next.CLOSE;
        }
        LOG.info(
                "{} quit account={} retrieved={} deleted={} left={}",
                line.id(),
                transaction.actor().account(),
                retrieved,
                receipt.taken(),
                drop.letters());
        warn(transaction, receipt);
        return bye(Pop3Words.lettersLeft(drop.letters()));
    }

    /// Tells of a device that takes far more than it usually does.
    private void warn(Pop3State.Transaction transaction, PopReceipt receipt) {
        PopHabit alarm = receipt.alarm();
        if (alarm == null) {
            return;
        }
        LOG.warn(
                "{} account={} credential={} deleted {} letters today, usually {}",
                line.id(),
                transaction.actor().account(),
                transaction.actor().credential(),
                alarm.alarmLetters(),
                alarm.usual());
        server.services()
                .events()
                .emit(
                        new Event.DeviceDeletesMuch(
                                transaction.actor().account().number(),
                                transaction.actor().credential(),
                                alarm.alarmLetters(),
                                alarm.usual()));
        OwnerNotices notices = server.services().extras().notices();
        if (notices != null) {
            notices.deviceDeletesMuch(
                    transaction.actor(),
                    server.services().deviceName(transaction.actor()),
                    alarm.alarmLetters(),
                    alarm.usual());
        }
    }

    // Both states

    private Next capabilities() throws IOException {
        ok(Pop3Words.CAPABILITIES);
        offer(Pop3Capability.TOP);
        offer(Pop3Capability.UIDL);
        offer(Pop3Capability.RESP_CODES);
        offer(Pop3Capability.AUTH_RESP_CODE);
        offer(Pop3Capability.PIPELINING);
        offer(Pop3Capability.EXPIRE, "NEVER");
        offer(Pop3Capability.UTF8, "USER");
        offer(Pop3Capability.LANG);
        if (server.delay().enforced()) {
            offer(Pop3Capability.LOGIN_DELAY, Long.toString(server.delay().least().toSeconds()));
        }
        if (line.mayLogin()) {
            offer(Pop3Capability.USER);
            List<String> mechanisms =
                    offer().mechanisms().stream().map(SaslMechanism::keyword).toList();
            out.write(new Pop3Line.Capability(Pop3Capability.SASL, mechanisms));
        }
        if (line.canStartTls()) {
            offer(Pop3Capability.STLS);
        }
        offer(Pop3Capability.IMPLEMENTATION, "Facteur");
        out.end();
        return Next.COMMAND;
    }

    private void offer(Pop3Capability capability, String... parameters) throws IOException {
        out.write(new Pop3Line.Capability(capability, List.of(parameters)));
    }

    private Next none() throws IOException {
        return wrong(Pop3Words.NO_LETTER);
    }

    private Next ok(Sentence text) throws IOException {
        return say(new Pop3Reply.Ok(text.in(language)));
    }

    private Next err(@Nullable Pop3Code code, Sentence text) throws IOException {
        return say(new Pop3Reply.Err(code, text.in(language)));
    }

    /// A command that makes no sense now counts against the client.
    private Next wrong(Sentence text) throws IOException {
        return line.fault(null, text.in(language)) ? Next.COMMAND : Next.CLOSE;
    }

    private Next say(Pop3Reply reply) throws IOException {
        out.write(reply);
        return Next.COMMAND;
    }

    private Next bye(Sentence text) throws IOException {
        ok(text);
        return Next.CLOSE;
    }
}
