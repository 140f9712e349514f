package org.cldcb.e2e.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers what was measured, for people and for programs. Not thread-safe. */
final class Report {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final long start = System.nanoTime();
  private final List<List<Row>> runs = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private @Nullable Growth growth;

  /** Adds a run. */
  void add(List<Row> rows, List<String> said) {
    runs.add(List.copyOf(rows));
    notes.addAll(said);
  }

  void growth(Growth measured) {
    growth = measured;
  }

  /** What is printed. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(List.of(""));
    if (!runs.isEmpty()) {
      lines.addAll(Table.of(runs));
      lines.add("");
    }
    if (growth != null) {
      lines.addAll(growth.lines());
      lines.add("");
    }
    lines.addAll(notes);
    lines.add(
        machine() + ", " + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s in all");
    return lines;
  }

  void drawGrowth(Path file) throws IOException {
    if (growth != null) {
      Files.writeString(file, growth.svg());
    }
  }

  void writeJson(Path file) throws IOException {
    Files.writeString(
        file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(toJson()) + "\n");
  }

  ObjectNode toJson() {
    ObjectNode all = JSON.createObjectNode().put("machine", machine());
    ArrayNode runArray = all.putArray("runs");
    for (List<Row> rows : runs) {
      ArrayNode rowArray = runArray.addArray();
      rows.forEach(row -> rowArray.add(toJson(row)));
    }
    notes.forEach(all.putArray("notes")::add);
    if (growth != null) {
      all.set("growth", growth.toJson());
    }
    return all;
  }

  private static ObjectNode toJson(Row row) {
    ObjectNode node = JSON.createObjectNode().put("figure", row.figure());
    node.set("measured", toJson(row.measured()));
    if (row.against() != null) {
      node.set("against", toJson(row.against()));
    }
    row.ratio().ifPresent(ratio -> node.put("ratio", ratio));
    row.addedMicros().ifPresent(micros -> node.put("added_us", micros));
    return node.put(row.goal().atLeast() ? "at_least" : "at_most", row.goal().target())
        .put("aim", row.goal().aim())
        .put("holds", row.holds())
        .put("aim_holds", row.aimHolds());
  }

  private static ObjectNode toJson(Quantity quantity) {
    ObjectNode node = JSON.createObjectNode();
    if (!quantity.what().isEmpty()) {
      node.put("what", quantity.what());
    }
    return node.put("value", quantity.inUnit()).put("unit", quantity.unit().symbol());
  }

  private static String machine() {
    return System.getProperty("java.vm.name")
        + " "
        + Runtime.version()
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " processors";
  }
}
