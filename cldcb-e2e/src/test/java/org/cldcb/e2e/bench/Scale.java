package org.cldcb.e2e.bench;

import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Where a value lies on an axis: 0 is its start, 1 its end. */
interface Scale {
  double at(double value);

  /** The values that are marked. */
  double[] ticks();

  /**
   * Between powers of ten.
   *
   * @param min over 0
   */
  static Scale powersOfTen(double min, double max) {
    return logarithmic(min, max, 1);
  }

  /**
   * Between two of 1, 2, 5, 10, 20, 50, ….
   *
   * @param min over 0
   */
  static Scale logarithmic(double min, double max) {
    return logarithmic(min, max, 1, 2, 5);
  }

  private static Scale logarithmic(double min, double max, int... factors) {
    NavigableSet<Double> marks = new TreeSet<>();
    for (int i = (int) Math.floor(Math.log10(min)); i <= Math.log10(max) + 1; i++) {
      for (int factor : factors) {
        marks.add(factor * Math.pow(10, i));
      }
    }
    double from = marks.floor(min);
    double to = marks.ceiling(Math.max(max, marks.higher(from)));
    double[] ticks =
        marks.subSet(from, true, to, true).stream().mapToDouble(Double::doubleValue).toArray();
    return of(value -> Math.log(value / from) / Math.log(to / from), ticks);
  }

  /** From 0, with at most six marks at round values. */
  static Scale linear(double max) {
    double step = step(Math.max(max, 1e-9) / 5);
    int marks = (int) Math.ceil(max / step - 1e-9);
    double[] ticks = IntStream.rangeClosed(0, marks).mapToDouble(i -> i * step).toArray();
    return of(value -> value / (marks * step), ticks);
  }

  /** The next of 1, 2, 5, 10, 20, 50, …. */
  private static double step(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (int factor : new int[] {1, 2, 5}) {
      if (factor * power >= least * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private static Scale of(DoubleUnaryOperator at, double[] ticks) {
    return new Scale() {
      @Override
      public double at(double value) {
        return at.applyAsDouble(value);
      }

      @Override
      public double[] ticks() {
        return ticks;
      }
    };
  }
}
