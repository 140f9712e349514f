package org.cldcb.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A row, and what is said of rows. */
class RowTest {
  private static final Row HOOK = hook(904_000, 226_000);
  private static final Row MEMORY =
      Row.of("memory", Quantity.memory(64L << 20), Goal.atMost(80, 55));
  private static final Row ACKS =
      Row.of(
          "acks",
          Quantity.perSecond("", 12_800),
          Quantity.perSecond("one node", 1_000),
          Goal.atLeast(6, 12));

  private static Row hook(long nanos, long appendNanos) {
    return Row.of(
        "hook",
        Quantity.micros("", nanos),
        Quantity.micros("append", appendNanos),
        Goal.atMost(3, 1.7));
  }

  @Test
  void aRatioIsJudged() {
    assertThat(HOOK.judged()).isEqualTo(4);
    assertThat(HOOK.holds()).isFalse();
    assertThat(hook(300, 100).holds()).isTrue();
    assertThat(hook(300, 100).aimHolds()).isFalse();
    assertThat(hook(170, 100).aimHolds()).isTrue();
  }

  @Test
  void whereMoreIsBetterTheGoalIsALowerBound() {
    assertThat(ACKS.judged()).isEqualTo(12.8);
    assertThat(ACKS.holds()).isTrue();
    assertThat(ACKS.aimHolds()).isTrue();
    assertThat(Goal.atLeast(6, 12).holds(5.9)).isFalse();
  }

  @Test
  void aValueIsJudgedInItsUnit() {
    assertThat(MEMORY.judged()).isEqualTo(64);
    assertThat(MEMORY.ratio()).isEmpty();
    assertThat(MEMORY.holds()).isTrue();
    assertThat(MEMORY.aimHolds()).isFalse();
  }

  @Test
  void onlyOfTimesTheDifferenceIsSaid() {
    assertThat(HOOK.addedMicros()).hasValue(678);
    assertThat(ACKS.addedMicros()).isEmpty();
    assertThat(MEMORY.addedMicros()).isEmpty();
  }

  @Test
  void theTableOfOneRun() {
    assertThat(Table.of(List.of(List.of(HOOK, MEMORY, ACKS))))
        .map(line -> line.replaceAll(" {2,}", "  "))
        .containsExactly(
            "figure  measured  against  ratio  added µs  target  aim",
            "hook  904 µs  append 226 µs  4.00  678  ≤ 3 MISSED  ≤ 1.7",
            "memory  64 MiB  ≤ 80 holds  ≤ 55",
            "acks  12,800 /s  one node 1,000 /s  12.80  ≥ 6 holds  ≥ 12 reached");
  }

  @Test
  void theTableOfSomeRuns() {
    List<List<Row>> runs =
        List.of(List.of(hook(290, 100), ACKS), List.of(hook(310, 100)), List.of(hook(250, 100)));

    assertThat(Table.of(runs))
        .map(line -> line.replaceAll(" {2,}", "  "))
        .containsExactly(
            "ratio, or value  min  median  max  target  aim",
            "hook  2.50  2.90  3.10  ≤ 3 MISSED in 1/3  ≤ 1.7",
            "acks  12.80  12.80  12.80  ≥ 6 holds in all  ≥ 12 reached in all");
  }

  @Test
  void jsonHasEachFigure() {
    Report report = new Report();
    report.add(List.of(HOOK, MEMORY), List.of("a note"));

    JsonNode json = report.toJson();

    JsonNode hook = json.at("/runs/0/0");
    assertThat(hook.at("/measured/value").asDouble()).isEqualTo(904);
    assertThat(hook.at("/against/unit").asText()).isEqualTo("µs");
    assertThat(hook.get("ratio").asDouble()).isCloseTo(4, within(1e-9));
    assertThat(hook.get("added_us").asDouble()).isEqualTo(678);
    assertThat(hook.get("at_most").asDouble()).isEqualTo(3);
    assertThat(hook.get("aim").asDouble()).isEqualTo(1.7);
    assertThat(hook.get("holds").asBoolean()).isFalse();
    assertThat(json.at("/runs/0/1").has("ratio")).isFalse();
    assertThat(json.at("/runs/0/1/holds").asBoolean()).isTrue();
    assertThat(json.at("/notes/0").asText()).isEqualTo("a note");
  }
}
