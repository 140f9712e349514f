package org.cldcb.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ChartTest {
  @Test
  void growthIsDrawnWithEachPoint() throws Exception {
    Growth growth = new Growth(points(1_000, 10_000, 100_000), points(1, 1_000));

    Document svg = parse(growth.svg());

    // three curves above, one below
    assertThat(elements(svg, "circle")).hasSize(4 * 3 + 4 * 2);
    assertThat(elements(svg, "g")).hasSize(4);
    assertThat(texts(svg))
        .contains("1,000", "100,000", "records", "nodes", "hook, p99", "µs", "MiB")
        .doesNotContain("1,000,000");
  }

  @Test
  void whatIsMeasuredStandsInTheLinesAndInTheJson() {
    Growth growth = new Growth(points(1_000, 10_000), points(1));

    assertThat(growth.lines()).hasSize(4);
    assertThat(growth.lines().get(1)).contains("1,000 records", "600 µs", "1,000 µs", "140 MiB");
    assertThat(growth.toJson().at("/over_records/1/hook_p50_us").asDouble()).isEqualTo(600);
    assertThat(growth.toJson().at("/over_nodes/0/server_rss_mib").asDouble()).isEqualTo(140);
  }

  @Test
  void aNameIsEscaped() throws Exception {
    Chart.Panel panel = new Chart.Panel("a < b & c", "x", "y", Chart.Upwards.LINEAR, List.of());

    assertThat(texts(parse(new Chart("<>", List.of(panel, panel)).svg()))).contains("a < b & c");
  }

  @Test
  void aScaleOfPowersOfTen() {
    Scale scale = Scale.powersOfTen(1_000, 1_000_000);

    assertThat(scale.ticks()).containsExactly(1e3, 1e4, 1e5, 1e6);
    assertThat(scale.at(1_000)).isEqualTo(0);
    assertThat(scale.at(1_000_000)).isCloseTo(1, within(1e-9));
    assertThat(Scale.powersOfTen(3, 300).ticks()).containsExactly(1, 10, 100, 1_000);
    assertThat(Scale.powersOfTen(1, 1).ticks()).containsExactly(1, 10);
  }

  @Test
  void aLogarithmicScaleIsNotLargerThanItNeedBe() {
    Scale scale = Scale.logarithmic(130, 3_400);

    assertThat(scale.ticks()).containsExactly(100, 200, 500, 1_000, 2_000, 5_000);
    assertThat(scale.at(100)).isEqualTo(0);
    assertThat(scale.at(5_000)).isCloseTo(1, within(1e-9));
    assertThat(Scale.logarithmic(600, 600).ticks()).containsExactly(500, 1_000);
    assertThat(Scale.logarithmic(500, 500).ticks()).containsExactly(500, 1_000);
    assertThat(Scale.logarithmic(999, 1_000).ticks()).containsExactly(500, 1_000);
  }

  @Test
  void theLinearScaleHasRoundMarksAndHoldsAll() {
    assertThat(Scale.linear(930).ticks()).containsExactly(0, 200, 400, 600, 800, 1000);
    assertThat(Scale.linear(1000).ticks()).containsExactly(0, 200, 400, 600, 800, 1000);
    assertThat(Scale.linear(1001).ticks()).containsExactly(0, 500, 1000, 1500);
    IntStream.range(1, 5_000)
        .forEach(
            max -> {
              Scale scale = Scale.linear(max);
              assertThat(scale.at(max)).isBetween(0.5, 1.0 + 1e-9);
              assertThat(scale.ticks()).hasSizeBetween(2, 6);
            });
  }

  private static List<Growth.Point> points(int... counts) {
    return IntStream.of(counts)
        .mapToObj(count -> new Growth.Point(count, 600_000, 1_000_000, 200_000, 140L << 20))
        .toList();
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> texts(Document svg) {
    return elements(svg, "text").stream().map(Element::getTextContent).toList();
  }

  private static List<Element> elements(Document svg, String name) {
    NodeList nodes = svg.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }
}
