package org.cldcb.e2e.bench;

import java.util.Locale;

/**
 * A line of the table: a figure and, where it has one, its target. What is judged is the ratio, or
 * the value itself where it is compared with nothing.
 *
 * @param figure what was measured
 * @param measured with its unit
 * @param against what it is compared with, with its unit; empty if nothing
 * @param judged the ratio measured ÷ against, or the value
 * @param target what it must reach
 * @param atLeast whether more is better
 */
record Row(
    String figure, String measured, String against, double judged, double target, boolean atLeast) {

  static Row atMost(double target, String figure, String measured, String against, double judged) {
    return new Row(figure, measured, against, judged, target, false);
  }

  static Row atLeast(double target, String figure, String measured, String against, double judged) {
    return new Row(figure, measured, against, judged, target, true);
  }

  boolean holds() {
    return atLeast ? judged >= target : judged <= target;
  }

  static String header(String title) {
    return String.format(
        Locale.ROOT, "%-40s %14s %30s %8s %8s", title, "measured", "against", "ratio", "target");
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-40s %14s %30s %8.2f %8s %s",
        figure,
        measured,
        against,
        judged,
        (atLeast ? "≥ " : "≤ ") + (target % 1 == 0 ? Math.round(target) + "" : target + ""),
        holds() ? "holds" : "MISSED");
  }
}
