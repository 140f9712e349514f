package org.cldcb.e2e.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.cldcb.e2e.rig.Trace;

/**
 * How the latency of a hook and the server's memory depend on what the server holds.
 *
 * @param overRecords of one node, in one chain without compaction
 * @param overNodes connected at the same time
 */
record Growth(List<Point> overRecords, List<Point> overNodes) {
  Growth {
    overRecords = List.copyOf(overRecords);
    overNodes = List.copyOf(overNodes);
  }

  private static final Aspect LATENCY =
      new Aspect(
          "µs",
          Chart.Upwards.LOGARITHMIC,
          List.of(
              new Curve("hook, p50", Point::hookP50Micros),
              new Curve("hook, p99", Point::hookP99Micros),
              new Curve("fdatasync append, p50", Point::appendP50Micros)));

  private static final Aspect MEMORY =
      new Aspect(
          "MiB",
          Chart.Upwards.LINEAR,
          List.of(new Curve("server's memory (RSS)", Point::serverMib)));

  /** What a panel shows of the points. */
  private record Aspect(String unit, Chart.Upwards upwards, List<Curve> curves) {}

  private record Curve(String name, ToDoubleFunction<Point> value) {}

  /**
   * What was measured with so much there.
   *
   * @param count records, or nodes
   * @param hookP50 nanoseconds
   * @param hookP99 nanoseconds
   * @param appendP50 nanoseconds: fdatasync append of the same SQL, in turn with the hooks
   * @param serverBytes resident memory
   */
  record Point(int count, long hookP50, long hookP99, long appendP50, long serverBytes) {
    static Point of(int count, HookTimes times, long serverBytes) {
      return new Point(
          count,
          times.hooks().quantile(0.5),
          times.hooks().quantile(0.99),
          times.appends().quantile(0.5),
          serverBytes);
    }

    private double hookP50Micros() {
      return Unit.MICROSECONDS.in(hookP50);
    }

    private double hookP99Micros() {
      return Unit.MICROSECONDS.in(hookP99);
    }

    private double appendP50Micros() {
      return Unit.MICROSECONDS.in(appendP50);
    }

    private double serverMib() {
      return Unit.MEBIBYTES.in(serverBytes);
    }

    private String line(String what) {
      return String.format(
          Locale.ROOT,
          "%,10d %-8s %9s %9s %9s %9s",
          count,
          what,
          Unit.MICROSECONDS.format(hookP50),
          Unit.MICROSECONDS.format(hookP99),
          Unit.MICROSECONDS.format(appendP50),
          Unit.MEBIBYTES.format(serverBytes));
    }
  }

  /** Takes some minutes. */
  static Growth measure() throws IOException {
    try (Context context = Context.open(Trace.load(Trace.NODE_A))) {
      return new Growth(GrowthOverRecords.measure(context), GrowthOverNodes.measure(context));
    }
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%10s %-8s %9s %9s %9s %9s",
            "growth",
            "",
            "hook p50",
            "hook p99",
            "append",
            "server"));
    overRecords.forEach(point -> lines.add(point.line("records")));
    overNodes.forEach(point -> lines.add(point.line("nodes")));
    return lines;
  }

  ObjectNode toJson() {
    ObjectNode node = new ObjectMapper().createObjectNode();
    overRecords.forEach(point -> toJson(point, node.withArray("over_records")));
    overNodes.forEach(point -> toJson(point, node.withArray("over_nodes")));
    return node;
  }

  private static void toJson(Point point, ArrayNode array) {
    array
        .addObject()
        .put("count", point.count())
        .put("hook_p50_us", point.hookP50Micros())
        .put("hook_p99_us", point.hookP99Micros())
        .put("append_p50_us", point.appendP50Micros())
        .put("server_rss_mib", point.serverMib());
  }

  /** The picture: latency above, memory below; records to the left, nodes to the right. */
  String svg() {
    return new Chart(
            "Hook latency and the server's memory as the backup grows",
            List.of(
                panel("over records in one chain", "records", overRecords, LATENCY),
                panel("over nodes connected", "nodes", overNodes, LATENCY),
                panel("", "records", overRecords, MEMORY),
                panel("", "nodes", overNodes, MEMORY)))
        .svg();
  }

  private static Chart.Panel panel(String title, String xLabel, List<Point> points, Aspect aspect) {
    return new Chart.Panel(
        title,
        xLabel,
        aspect.unit(),
        aspect.upwards(),
        aspect.curves().stream()
            .map(
                curve ->
                    new Chart.Series(
                        curve.name(),
                        points.stream()
                            .map(
                                point ->
                                    new Chart.Point(
                                        point.count(), curve.value().applyAsDouble(point)))
                            .toList()))
            .toList());
  }
}
