package org.facteur.wire.push;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import org.facteur.wire.text.SyntaxFault;

/// Keys on the curve P-256 in the form push uses: 65 octets, the point not compressed. Pure.
public final class P256 {
    /// Octets of a public key.
    public static final int PUBLIC_OCTETS = 65;

    private static final int COORDINATE = 32;
    private static final BigInteger THREE = BigInteger.valueOf(3);

    private P256() {}

    private static ECParameterSpec curve() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /// A new pair.
    public static KeyPair generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /// Reads a public key.
    ///
    /// @throws SyntaxFault for octets that are no point of the curve
    public static ECPublicKey publicKey(byte[] octets) {
        if (octets.length != PUBLIC_OCTETS || octets[0] != 4) {
            throw new SyntaxFault(0, "65 octets of a P-256 point", "RFC 8291 §3.1");
        }
        BigInteger x = new BigInteger(1, octets, 1, COORDINATE);
        BigInteger y = new BigInteger(1, octets, 1 + COORDINATE, COORDINATE);
        ECParameterSpec parameters = curve();
        if (!onCurve(parameters.getCurve(), x, y)) {
            throw new SyntaxFault(0, "a point of P-256", "RFC 8291 §3.1");
        }
        try {
            return (ECPublicKey)
                    KeyFactory.getInstance("EC")
                            .generatePublic(new ECPublicKeySpec(new ECPoint(x, y), parameters));
        } catch (GeneralSecurityException _) {
            throw new SyntaxFault(0, "a point of P-256", "RFC 8291 §3.1");
        }
    }

    /// Whether y² = x³ - 3x + b: whoever takes another point gives their own key away.
    private static boolean onCurve(EllipticCurve curve, BigInteger x, BigInteger y) {
        BigInteger prime = ((java.security.spec.ECFieldFp) curve.getField()).getP();
        if (x.compareTo(prime) >= 0 || y.compareTo(prime) >= 0) {
            return false;
        }
        BigInteger right =
                x.modPow(THREE, prime).add(curve.getA().multiply(x)).add(curve.getB()).mod(prime);
        return y.multiply(y).mod(prime).equals(right);
    }

    /// A private key from its number.
    public static PrivateKey privateKey(byte[] number) {
        try {
            return KeyFactory.getInstance("EC")
                    .generatePrivate(new ECPrivateKeySpec(new BigInteger(1, number), curve()));
        } catch (GeneralSecurityException broken) {
            throw new IllegalArgumentException(broken);
        }
    }

    /// The 65 octets of a public key.
    public static byte[] octets(ECPublicKey key) {
        byte[] octets = new byte[PUBLIC_OCTETS];
        octets[0] = 4;
        put(key.getW().getAffineX(), octets, 1);
        put(key.getW().getAffineY(), octets, 1 + COORDINATE);
        return octets;
    }

    static void put(BigInteger number, byte[] target, int at) {
        byte[] octets = number.toByteArray();
        int from = Math.max(0, octets.length - COORDINATE);
        int length = octets.length - from;
        System.arraycopy(octets, from, target, at + COORDINATE - length, length);
    }
}
