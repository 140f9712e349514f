package org.cldcb.e2e.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The table as it is printed. */
final class Table {
  private static final String ONE_RUN = "%-44s %14s %30s %8s %9s %8s %-7s %7s %s";
  private static final String MANY_RUNS = "%-44s %8s %8s %8s %8s %-16s %7s %s";

  private Table() {}

  /** The lines for these rows. */
  static List<String> of(List<List<Row>> runs) {
    return runs.size() == 1 ? ofOne(runs.get(0)) : ofMany(Summary.of(runs));
  }

  private static List<String> ofOne(List<Row> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(
        line(
            ONE_RUN,
            "figure",
            "measured",
            "against",
            "ratio",
            "added µs",
            "target",
            "",
            "aim",
            ""));
    rows.forEach(row -> lines.add(one(row)));
    return lines;
  }

  private static String one(Row row) {
    Quantity against = row.against();
    return line(
        ONE_RUN,
        row.figure(),
        row.measured(),
        against == null ? "" : against,
        number("%.2f", row.ratio()),
        number("%,.0f", row.addedMicros()),
        row.goal().targetText(),
        row.holds() ? "holds" : "MISSED",
        row.goal().aimText(),
        row.aimHolds() ? "reached" : "");
  }

  private static List<String> ofMany(List<Summary> summaries) {
    List<String> lines = new ArrayList<>();
    lines.add(line(MANY_RUNS, "ratio, or value", "min", "median", "max", "target", "", "aim", ""));
    summaries.forEach(summary -> lines.add(many(summary)));
    return lines;
  }

  private static String many(Summary summary) {
    int runs = summary.rows().size();
    return line(
        MANY_RUNS,
        summary.figure(),
        number(summary.min()),
        number(summary.median()),
        number(summary.max()),
        summary.goal().targetText(),
        summary.holdsInAll() ? "holds in all" : "MISSED in " + (runs - summary.held()) + "/" + runs,
        summary.goal().aimText(),
        summary.aimHoldsInAll() ? "reached in all" : "");
  }

  private static String number(double value) {
    return number("%.2f", OptionalDouble.of(value));
  }

  private static String number(String format, OptionalDouble value) {
    return value.isEmpty() ? "" : String.format(Locale.ROOT, format, value.getAsDouble());
  }

  private static String line(String format, Object... cells) {
    return String.format(Locale.ROOT, format, cells).stripTrailing();
  }
}
