package org.cldcb.e2e.bench;

/**
 * A line of the table.
 *
 * @param figure what was measured
 * @param measured with its unit
 * @param against what it is compared with, with its unit; empty if nothing
 * @param ratio measured ÷ against; 0 if there is none
 */
record Row(String figure, String measured, String against, double ratio) {
  static Row plain(String figure, String measured) {
    return new Row(figure, measured, "", 0);
  }

  @Override
  public String toString() {
    return String.format(
        "%-42s %14s %26s %8s",
        figure, measured, against, ratio == 0 ? "" : String.format("%.2f", ratio));
  }
}
