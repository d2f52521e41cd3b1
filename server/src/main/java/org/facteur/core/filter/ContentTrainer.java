package org.facteur.core.filter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Makes a content model of letters people have sorted: logistic regression, each step as large as
/// a feature is rare (AdaGrad). The same letters in the same order give the same model. One thread.
public final class ContentTrainer {
    private static final int SIZE = 1 << Features.BITS;
    private static final int ROUNDS = 15;
    private static final double RATE = 0.5;
    private static final double SHRINK = 2e-6;

    private final List<Example> examples = new ArrayList<>();

    /// @param worth how bad it is to be wrong about it
    private record Example(Features.Found features, boolean junk, double worth) {}

    /// @param worth how bad it is to be wrong about it; 1 for junk
    void add(Features.Found features, boolean junk, double worth) {
        examples.add(new Example(features, junk, worth));
    }

    /// Adds letters people have sorted.
    public void add(SortedLetters letters) {
        letters.all()
                .forEach(
                        each ->
                                add(
                                        Features.of(each.letter()),
                                        each.kind().junk(),
                                        each.kind().worth()));
    }

    /// How many letters there are.
    public int size() {
        return examples.size();
    }

    /// Learns from all that was added.
    public ContentModel train() {
        double[] weights = new double[SIZE];
        double[] squares = new double[SIZE];
        double bias = 0;
        double biasSquares = 1e-6;
        List<Example> order = new ArrayList<>(examples);
        Random random = new Random(1);
        for (int round = 0; round < ROUNDS; round++) {
            Collections.shuffle(order, random);
            for (Example each : order) {
                double sum =
                        bias
                                + say(each.features().marks(), weights)
                                + say(each.features().words(), weights);
                double error = 1 / (1 + StrictMath.exp(-sum)) - (each.junk() ? 1 : 0);
                double slope = error * each.worth();
                learn(each.features().marks(), slope, weights, squares);
                learn(each.features().words(), slope, weights, squares);
                biasSquares += slope * slope;
                bias -= 0.1 * slope / StrictMath.sqrt(biasSquares);
            }
        }
        return packed(weights, bias);
    }

    private static double say(int[] features, double[] weights) {
        double sum = 0;
        for (int feature : features) {
            sum += weights[feature];
        }
        return sum / StrictMath.sqrt(Math.max(1, features.length));
    }

    private static void learn(int[] features, double slope, double[] weights, double[] squares) {
        double norm = 1 / StrictMath.sqrt(Math.max(1, features.length));
        for (int feature : features) {
            double step = slope * norm + SHRINK * weights[feature];
            squares[feature] += step * step;
            weights[feature] -= RATE * step / (StrictMath.sqrt(squares[feature]) + 1e-8);
        }
    }

    private static ContentModel packed(double[] weights, double bias) {
        double most = 1e-6;
        for (double weight : weights) {
            most = Math.max(most, Math.abs(weight));
        }
        byte[] octets = new byte[SIZE];
        for (int i = 0; i < SIZE; i++) {
            octets[i] = (byte) Math.round(weights[i] / most * 127);
        }
        return new ContentModel(octets, (float) (most / 127), (float) bias);
    }
}
