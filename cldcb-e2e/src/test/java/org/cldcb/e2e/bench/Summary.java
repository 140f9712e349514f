package org.cldcb.e2e.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The same row over some runs.
 *
 * @param rows one for each run that gave it, at least one
 */
record Summary(List<Row> rows) {
  Summary {
    rows = List.copyOf(rows);
  }

  /** One summary for each figure, in the order in which the figures first came. */
  static List<Summary> of(List<List<Row>> runs) {
    Map<String, List<Row>> byFigure = new LinkedHashMap<>();
    for (List<Row> run : runs) {
      run.forEach(
          row -> byFigure.computeIfAbsent(row.figure(), first -> new ArrayList<>()).add(row));
    }
    return byFigure.values().stream().map(Summary::new).toList();
  }

  String figure() {
    return rows.get(0).figure();
  }

  Goal goal() {
    return rows.get(0).goal();
  }

  double min() {
    return sorted()[0];
  }

  /** The middle one; the higher of the two in the middle. */
  double median() {
    double[] sorted = sorted();
    return sorted[sorted.length / 2];
  }

  double max() {
    return sorted()[rows.size() - 1];
  }

  /** In how many runs the target held. */
  long held() {
    return rows.stream().filter(Row::holds).count();
  }

  boolean holdsInAll() {
    return held() == rows.size();
  }

  boolean aimHoldsInAll() {
    return rows.stream().allMatch(Row::aimHolds);
  }

  private double[] sorted() {
    return rows.stream().mapToDouble(Row::judged).sorted().toArray();
  }
}
