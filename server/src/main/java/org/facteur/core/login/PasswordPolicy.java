package org.facteur.core.login;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.wire.address.EmailAddress;

/// Which passwords are good enough: 8 to 1,024 octets, and not to be guessed in a day by somebody
/// who knows the words of both languages, the passwords that leaked, and the owner's name.
///
/// Strength is zxcvbn's estimate, its word lists and leaked passwords included, with French words
/// added.
final class PasswordPolicy {
    private static final int SHORTEST = 8;

    /// zxcvbn is superlinear; the start of a long password tells enough.
    private static final int MEASURED = 72;

    /// On zxcvbn's scale of 0 to 4: safe against unthrottled guessing online.
    private static final int ENOUGH = 2;

    private static final Set<String> FRENCH = frenchWords();

    private PasswordPolicy() {}

    /// @throws Refusal INVALID
    static void check(Password password, EmailAddress address, String name) {
        if (password.octets().length < SHORTEST || !password.possible()) {
            throw new Refusal(
                    Refusal.Reason.INVALID,
                    "A password has 8 to 1,024 characters.",
                    "Un mot de passe compte de 8 à 1 024 caractères.");
        }
        String text = password.text();
        String measured = text.substring(0, Math.min(MEASURED, text.length()));
        List<String> own = new ArrayList<>(FRENCH);
        own.add(address.local().value().toLowerCase(Locale.ROOT));
        own.add(address.domain().name());
        own.add(name.toLowerCase(Locale.ROOT));
        own.add("facteur");
        if (onlyWord(measured) || new Zxcvbn().measure(measured, own).getScore() < ENOUGH) {
            throw new Refusal(
                    Refusal.Reason.INVALID,
                    "This password is easily guessed, or known from a leak. Several unrelated words"
                            + " make a good one.",
                    "Ce mot de passe se devine facilement, ou figure dans une fuite connue."
                            + " Plusieurs mots sans rapport en font un bon.");
        }
    }

    /// One French word with digits or signs around it.
    private static boolean onlyWord(String text) {
        StringBuilder letters = new StringBuilder();
        text.codePoints().filter(Character::isLetter).forEach(letters::appendCodePoint);
        return FRENCH.contains(plain(letters.toString()));
    }

    private static Set<String> frenchWords() {
        try (InputStream in = PasswordPolicy.class.getResourceAsStream("french-words.txt")) {
            if (in == null) {
                throw new IllegalStateException("the list of French words is missing");
            }
            Set<String> words = new HashSet<>();
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                words.add(plain(line.strip()));
            }
            return Set.copyOf(words);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// Lower case, without accents.
    private static String plain(String word) {
        StringBuilder plain = new StringBuilder();
        Normalizer.normalize(word.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
                .codePoints()
                .filter(point -> Character.getType(point) != Character.NON_SPACING_MARK)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }
}
