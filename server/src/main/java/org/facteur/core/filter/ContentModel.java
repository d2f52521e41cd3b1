package org.facteur.core.filter;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// How much each feature speaks for junk or against it: one octet per feature, a quarter of a
/// megabyte in all. Any thread.
public final class ContentModel {
    private static final int FORMAT = 1;
    private static final int SIZE = 1 << Features.BITS;
    private static final int EXPLAINED = 10;
    private static final String SHIPPED = "content-model.bin.gz";

    private final byte[] weights;
    private final float unit;
    private final float bias;

    /// A word or two that spoke.
    ///
    /// @param weight above 0 for junk
    public record Token(String words, double weight) {
        public Token {
            Objects.requireNonNull(words);
        }
    }

    ContentModel(byte[] weights, float unit, float bias) {
        this.weights = weights.clone();
        this.unit = unit;
        this.bias = bias;
        if (weights.length != SIZE) {
            throw new IllegalArgumentException("a weight for each feature");
        }
    }

    /// The one that comes with the program.
    public static ContentModel shipped() {
        try (InputStream in = ContentModel.class.getResourceAsStream(SHIPPED)) {
            return read(Objects.requireNonNull(in, "the model is not in the program"));
        } catch (IOException damaged) {
            throw new UncheckedIOException("the model in the program is damaged", damaged);
        }
    }

    static ContentModel read(InputStream packed) throws IOException {
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(packed))) {
            if (in.readInt() != FORMAT) {
                throw new IOException("a model of another version");
            }
            float unit = in.readFloat();
            float bias = in.readFloat();
            return new ContentModel(in.readNBytes(SIZE), unit, bias);
        }
    }

    /// Writes it as it is shipped.
    public void write(OutputStream packed) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(packed))) {
            out.writeInt(FORMAT);
            out.writeFloat(unit);
            out.writeFloat(bias);
            out.write(weights);
        }
    }

    /// How a letter sounds: below 0 as other letters, above as junk; in natural logarithms of odds.
    double judge(Features.Found features) {
        return bias + say(features.marks()) + say(features.words());
    }

    private double say(int[] features) {
        long weight = 0;
        for (int feature : features) {
            weight += weights[feature];
        }
        return weight * unit / Math.sqrt(Math.max(1, features.length));
    }

    /// What spoke the loudest, the loudest first.
    List<Token> explain(ReadLetter letter) {
        List<Token> tokens = new ArrayList<>();
        Features.collect(
                letter,
                (feature, first, second) ->
                        tokens.add(
                                new Token(
                                        second.isEmpty() ? first : first + " " + second,
                                        weights[feature] * unit)));
        tokens.sort(Comparator.comparingDouble(token -> -Math.abs(token.weight())));
        return List.copyOf(tokens.subList(0, Math.min(EXPLAINED, tokens.size())));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContentModel that
                && Arrays.equals(weights, that.weights)
                && Float.compare(unit, that.unit) == 0
                && Float.compare(bias, that.bias) == 0;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(weights);
    }
}
