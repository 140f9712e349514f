package org.cldcb.e2e.bench;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A figure with its goal. What is judged is the ratio, or the value itself where it is compared
 * with nothing.
 *
 * @param figure what was measured: the name of the row, the same in each run
 * @param against what it is compared with, in the same run; null if with nothing
 */
record Row(String figure, Quantity measured, @Nullable Quantity against, Goal goal) {

  /** A figure that is judged by itself. */
  static Row of(String figure, Quantity measured, Goal goal) {
    return new Row(figure, measured, null, goal);
  }

  /** A figure that is judged by its ratio. */
  static Row of(String figure, Quantity measured, Quantity against, Goal goal) {
    return new Row(figure, measured, against, goal);
  }

  /** The ratio, or the value in its unit. */
  double judged() {
    return against == null ? measured.inUnit() : measured.value() / against.value();
  }

  /** The ratio. */
  OptionalDouble ratio() {
    return against == null ? OptionalDouble.empty() : OptionalDouble.of(judged());
  }

  /** Of times, what comes on top, in µs: a slow disk flatters the ratio. */
  OptionalDouble addedMicros() {
    return against == null || !measured.unit().isTime()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Unit.MICROSECONDS.in(measured.value() - against.value()));
  }

  boolean holds() {
    return goal.holds(judged());
  }

  boolean aimHolds() {
    return goal.aimHolds(judged());
  }
}
