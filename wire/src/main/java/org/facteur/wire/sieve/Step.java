package org.facteur.wire.sieve;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One instruction of a program. Tests leave their answer in one flag, which jumps look at.
sealed interface Step {
    /// Where to go on.
    sealed interface Flow extends Step {}

    record Jump(int label) implements Flow {}

    /// Jumps when the flag is as wanted.
    record JumpIf(boolean wanted, int label) implements Flow {}

    record Not() implements Flow {}

    /// Sets the flag.
    record Answer(boolean value) implements Flow {}

    record Stop() implements Flow {}

    record Return() implements Flow {}

    /// RFC 6609 §3.1
    record Include(boolean global, Template name, boolean once, boolean optional) implements Flow {}

    /// Begins to go over the parts below the present one.
    record LoopBegin() implements Flow {}

    /// Takes the next part, or ends the loop and jumps.
    record LoopNext(int end) implements Flow {}

    /// Ends some loops and jumps.
    record LoopBreak(int loops, int label) implements Flow {}

    /// Sets the flag by looking at something.
    sealed interface Check extends Step {}

    /// What part of an address counts.
    enum AddressPart {
        ALL,
        LOCALPART,
        DOMAIN,
        USER,
        DETAIL
    }

    /// Which fields of a name count.
    ///
    /// @param index from 1; 0 for all
    /// @param last whether the index counts from the end
    /// @param mime null for the letter's own header
    record Fields(List<Template> names, int index, boolean last, @Nullable MimeFields mime) {}

    /// Headers of parts (RFC 5703 §4).
    ///
    /// @param anyChild whether parts below count too
    /// @param parameters for [Piece#PARAMETER]
    record MimeFields(boolean anyChild, Piece piece, List<Template> parameters) {
        enum Piece {
            WHOLE,
            TYPE,
            SUBTYPE,
            CONTENT_TYPE,
            PARAMETER
        }
    }

    /// What is compared with what is found.
    record Keys(Match match, List<Template> texts) {}

    record AddressCheck(Fields fields, AddressPart part, Keys keys) implements Check {}

    record EnvelopeCheck(List<Template> parts, AddressPart part, Keys keys) implements Check {}

    record ExistsCheck(Fields fields) implements Check {}

    record HeaderCheck(Fields fields, Keys keys) implements Check {}

    record SizeCheck(boolean over, long octets) implements Check {}

    record BodyCheck(Kind kind, List<Template> types, Keys keys) implements Check {
        enum Kind {
            RAW,
            CONTENT,
            TEXT
        }
    }

    record EnvironmentCheck(Template name, Keys keys) implements Check {}

    record StringCheck(List<Template> sources, Keys keys) implements Check {}

    /// @param variables empty for the internal one
    record HasFlagCheck(List<Template> variables, Keys keys) implements Check {}

    /// @param field null for the present time
    /// @param zone null for the server's own; empty for the field's
    record DateCheck(@Nullable Fields field, @Nullable String zone, Template part, Keys keys)
            implements Check {}

    record MailboxExistsCheck(List<Template> names) implements Check {}

    /// @param mailbox null for the account itself
    record MetadataCheck(@Nullable Template mailbox, Template name, Keys keys) implements Check {}

    /// @param mailbox null for the account itself
    record MetadataExistsCheck(@Nullable Template mailbox, List<Template> names) implements Check {}

    record MailboxIdExistsCheck(List<Template> ids) implements Check {}

    record SpecialUseExistsCheck(@Nullable Template mailbox, List<Template> uses)
            implements Check {}

    /// @param header null for the Message-ID or where `unique` is given
    /// @param seconds 0 for the standard time
    record DuplicateCheck(
            @Nullable Template handle,
            @Nullable Template header,
            @Nullable Template unique,
            long seconds,
            boolean last)
            implements Check {}

    /// @param percent whether it is in hundredths (RFC 5235 §2.1.1)
    record ScoreCheck(boolean virus, boolean percent, Keys keys) implements Check {}

    record ValidNotifyCheck(List<Template> methods) implements Check {}

    record NotifyCapabilityCheck(Template method, Template capability, Keys keys)
            implements Check {}

    record ValidListCheck(List<Template> lists) implements Check {}

    /// Does or plans something.
    sealed interface Deed extends Step {}

    /// Where a letter goes.
    ///
    /// @param mailbox null for the inbox
    /// @param flags null for those of the internal variable
    record Target(
            @Nullable Template mailbox,
            @Nullable List<Template> flags,
            boolean create,
            @Nullable Template specialUse,
            @Nullable Template mailboxId) {}

    record KeepDeed(@Nullable List<Template> flags) implements Deed {}

    record FileIntoDeed(Target target, boolean copy) implements Deed {}

    record RedirectDeed(Template address, boolean copy, boolean list) implements Deed {}

    record DiscardDeed() implements Deed {}

    record RejectDeed(Template reason, boolean inProtocol) implements Deed {}

    /// @param handle null to be made of the words
    record VacationDeed(
            VacationWords words,
            long seconds,
            @Nullable Template handle,
            List<Template> addresses,
            @Nullable Target copy)
            implements Deed {}

    record VacationWords(
            Template reason, boolean mime, @Nullable Template subject, @Nullable Template from) {}

    record NotifyDeed(
            Template method,
            @Nullable Template from,
            @Nullable Template importance,
            List<Template> options,
            @Nullable Template message,
            @Nullable Target copy)
            implements Deed {}

    /// @param modifiers in the order they are applied
    record SetDeed(String name, boolean global, List<Modifier> modifiers, Template value)
            implements Deed {}

    /// RFC 5229 §4.1, and `:encodeurl` of RFC 5435 §6
    enum Modifier {
        LOWER(40),
        UPPER(40),
        LOWERFIRST(30),
        UPPERFIRST(30),
        QUOTEWILDCARD(20),
        ENCODEURL(15),
        LENGTH(10);

        private final int precedence;

        Modifier(int precedence) {
            this.precedence = precedence;
        }

        int precedence() {
            return precedence;
        }
    }

    /// @param variable null for the internal one
    record FlagDeed(Kind kind, @Nullable Template variable, List<Template> flags) implements Deed {
        enum Kind {
            SET,
            ADD,
            REMOVE
        }
    }

    record ErrorDeed(Template message) implements Deed {}

    record AddHeaderDeed(boolean last, Template name, Template value) implements Deed {}

    /// @param keys null to remove whatever the value
    record DeleteHeaderDeed(Fields field, @Nullable Keys keys) implements Deed {}

    /// RFC 5703 §5
    record ReplaceDeed(
            Template replacement, boolean mime, @Nullable Template subject, @Nullable Template from)
            implements Deed {}

    /// RFC 5703 §6
    record EncloseDeed(@Nullable Template subject, List<Template> headers, Template text)
            implements Deed {}

    /// RFC 5703 §7
    record ExtractDeed(String name, boolean global, List<Modifier> modifiers, long first)
            implements Deed {}
}
