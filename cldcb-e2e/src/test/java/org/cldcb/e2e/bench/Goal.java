package org.cldcb.e2e.bench;

import java.util.Locale;

/**
 * What a figure has to reach.
 *
 * @param target what it must reach
 * @param aim what it is to reach in the end
 * @param atLeast whether more is better
 */
record Goal(double target, double aim, boolean atLeast) {

  static Goal atMost(double target, double aim) {
    return new Goal(target, aim, false);
  }

  static Goal atLeast(double target, double aim) {
    return new Goal(target, aim, true);
  }

  boolean holds(double judged) {
    return within(judged, target);
  }

  boolean aimHolds(double judged) {
    return within(judged, aim);
  }

  private boolean within(double judged, double bound) {
    return atLeast ? judged >= bound : judged <= bound;
  }

  String targetText() {
    return text(target);
  }

  String aimText() {
    return text(aim);
  }

  private String text(double bound) {
    String number =
        bound == Math.rint(bound)
            ? String.format(Locale.ROOT, "%.0f", bound)
            : Double.toString(bound);
    return (atLeast ? "≥ " : "≤ ") + number;
  }
}
