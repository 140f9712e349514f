package org.cldcb.e2e.bench;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Panels in two columns, drawn as SVG: logarithmic to the right, and the two panels of a row with
 * the same scale upwards. Its colours follow those of the reader, light or dark.
 *
 * @param panels an even number; the left one of a row has the legend for both
 */
record Chart(String title, List<Panel> panels) {
  private static final int WIDTH = 900;
  private static final int TOP = 50;
  private static final int ROW = 290;
  private static final int PLOT_TOP = 48;
  private static final int PLOT_WIDTH = 350;
  private static final int PLOT_HEIGHT = 180;
  private static final int[] PLOT_LEFT = {72, 510};
  private static final int LEGEND_LINE = 22;
  private static final double LEGEND_LETTER = 6.4;

  private static final String STYLE =
      """
      <style>
        text { font: 12px system-ui, sans-serif; fill: #1f2328; }
        .title { font-size: 16px; font-weight: 600; }
        .panel { font-size: 13px; font-weight: 600; }
        .paper { fill: #ffffff; }
        .grid { stroke: #d8dee4; }
        .axis { stroke: #59636e; }
        .line { fill: none; stroke-width: 2; }
        .s0 { stroke: #0969da; } circle.s0 { fill: #0969da; }
        .s1 { stroke: #bc4c00; } circle.s1 { fill: #bc4c00; }
        .s2 { stroke: #6e7781; stroke-dasharray: 4 3; } circle.s2 { fill: #6e7781; }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3; }
          .paper { fill: #0d1117; }
          .grid { stroke: #30363d; }
          .axis { stroke: #9198a1; }
          .s0 { stroke: #58a6ff; } circle.s0 { fill: #58a6ff; }
          .s1 { stroke: #f0883e; } circle.s1 { fill: #f0883e; }
          .s2 { stroke: #9198a1; } circle.s2 { fill: #9198a1; }
        }
      </style>
      """;

  Chart {
    panels = List.copyOf(panels);
  }

  /** A point; x is over 0. */
  record Point(double x, double y) {}

  /** A curve with its name. */
  record Series(String name, List<Point> points) {
    Series {
      points = List.copyOf(points);
    }
  }

  /** How values go upwards. */
  enum Upwards {
    LINEAR,
    LOGARITHMIC
  }

  /** What is drawn between two axes. */
  record Panel(String title, String xLabel, String yUnit, Upwards upwards, List<Series> series) {
    Panel {
      series = List.copyOf(series);
    }

    private DoubleStream xs() {
      return series.stream().flatMap(s -> s.points().stream()).mapToDouble(Point::x);
    }

    private DoubleStream ys() {
      return series.stream().flatMap(s -> s.points().stream()).mapToDouble(Point::y);
    }
  }

  /** The whole file. */
  String svg() {
    int height = TOP + panels.size() / 2 * ROW;
    StringBuilder svg = new StringBuilder();
    add(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">",
        WIDTH,
        height);
    add(svg, "<title>%s</title>", escaped(title));
    svg.append(STYLE);
    add(svg, "<rect class=\"paper\" width=\"%d\" height=\"%d\"/>", WIDTH, height);
    text(svg, PLOT_LEFT[0], 32, "title", "start", title);
    for (int i = 0; i < panels.size(); i++) {
      drawPanel(svg, i);
    }
    return svg.append("</svg>\n").toString();
  }

  private void drawPanel(StringBuilder svg, int index) {
    Panel panel = panels.get(index);
    Scale x = Scale.powersOfTen(panel.xs().min().orElse(1), panel.xs().max().orElse(1));
    Scale y = upwards(panels.get(index - index % 2), panels.get(index - index % 2 + 1));
    add(
        svg,
        "<g transform=\"translate(%d %d)\">",
        PLOT_LEFT[index % 2],
        TOP + index / 2 * ROW + PLOT_TOP);
    text(svg, 0, -30, "panel", "start", panel.title());
    if (index % 2 == 0) {
      legend(svg, panel);
    }
    grid(svg, panel, x, y);
    for (int i = 0; i < panel.series().size(); i++) {
      curve(svg, panel.series().get(i), i, x, y);
    }
    svg.append("</g>\n");
  }

  /** The same for both of a row. */
  private static Scale upwards(Panel left, Panel right) {
    DoubleSummaryStatistics ys = DoubleStream.concat(left.ys(), right.ys()).summaryStatistics();
    if (ys.getCount() == 0) {
      return Scale.linear(1);
    }
    return left.upwards() == Upwards.LINEAR
        ? Scale.linear(ys.getMax())
        : Scale.logarithmic(ys.getMin(), ys.getMax());
  }

  private static void legend(StringBuilder svg, Panel panel) {
    double at = 0;
    for (int i = 0; i < panel.series().size(); i++) {
      String name = panel.series().get(i).name();
      add(
          svg,
          "<line class=\"line s%d\" x1=\"%.0f\" x2=\"%.0f\" y1=\"-14\" y2=\"-14\"/>",
          i,
          at,
          at + LEGEND_LINE);
      text(svg, at + LEGEND_LINE + 5, -10, "name", "start", name);
      at += LEGEND_LINE + 20 + name.length() * LEGEND_LETTER;
    }
  }

  private static void grid(StringBuilder svg, Panel panel, Scale x, Scale y) {
    for (double tick : y.ticks()) {
      double at = down(y, tick);
      String kind = at == PLOT_HEIGHT ? "axis" : "grid";
      add(svg, "<path class=\"%s\" d=\"M0 %.1fH%d\"/>", kind, at, PLOT_WIDTH);
      text(svg, -8, at + 4, "tick", "end", number(tick));
    }
    for (double tick : x.ticks()) {
      double at = x.at(tick) * PLOT_WIDTH;
      add(svg, "<path class=\"axis\" d=\"M%.1f %dv5\"/>", at, PLOT_HEIGHT);
      text(svg, at, PLOT_HEIGHT + 19, "tick", "middle", number(tick));
    }
    text(svg, PLOT_WIDTH / 2.0, PLOT_HEIGHT + 38, "label", "middle", panel.xLabel());
    add(
        svg,
        "<text transform=\"translate(-56 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>",
        PLOT_HEIGHT / 2,
        escaped(panel.yUnit()));
  }

  private static void curve(StringBuilder svg, Series series, int index, Scale x, Scale y) {
    StringBuilder path = new StringBuilder();
    StringBuilder dots = new StringBuilder();
    for (Point point : series.points()) {
      double right = x.at(point.x()) * PLOT_WIDTH;
      double down = down(y, point.y());
      path.append(format("%s%.1f %.1f", path.isEmpty() ? "M" : "L", right, down));
      add(dots, "<circle class=\"s%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\"/>", index, right, down);
    }
    add(svg, "<path class=\"line s%d\" d=\"%s\"/>", index, path);
    svg.append(dots);
  }

  private static double down(Scale y, double value) {
    return PLOT_HEIGHT * (1 - y.at(value));
  }

  private static void text(
      StringBuilder svg, double x, double y, String kind, String anchor, String text) {
    add(
        svg,
        "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
        kind,
        x,
        y,
        anchor,
        escaped(text));
  }

  private static String number(double value) {
    return format(value == Math.rint(value) ? "%,.0f" : "%,.2f", value);
  }

  private static void add(StringBuilder svg, String format, Object... values) {
    svg.append(format(format, values)).append('\n');
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
