package org.cldcb.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cldcb.server.store.BackupStore;
import org.cldcb.server.store.BackupSummary;
import org.cldcb.server.store.NodeEntry;

/** What the server keeps, as entries of named values: the same for people and for programs. */
final class Report {
  private final List<Map<String, Object>> entries;

  private Report(List<Map<String, Object>> entries) {
    this.entries = entries;
  }

  /** The nodes on the list. */
  static Report ofNodes(BackupStore store) {
    return new Report(store.nodes().stream().map(Report::node).toList());
  }

  /** The backups of the nodes on the list; a node without any has an entry too. */
  static Report ofBackups(BackupStore store) {
    Map<Object, List<BackupSummary>> backups =
        store.summaries().stream()
            .collect(Collectors.groupingBy(summary -> summary.backup().nodeId()));
    List<Map<String, Object>> entries = new ArrayList<>();
    for (NodeEntry node : store.nodes()) {
      List<BackupSummary> own = backups.getOrDefault(node.nodeId(), List.of());
      own.forEach(backup -> entries.add(backup(node, backup)));
      if (own.isEmpty()) {
        entries.add(node(node));
      }
    }
    return new Report(entries);
  }

  private static Map<String, Object> node(NodeEntry node) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("node_id", node.nodeId().hex());
    entry.put("label", node.label());
    entry.put("allowed", node.allowed());
    entry.put("since", time(node.since()));
    if (node.quota() != 0) {
      entry.put("quota_bytes", node.quota());
    }
    return entry;
  }

  private static Map<String, Object> backup(NodeEntry node, BackupSummary backup) {
    Map<String, Object> entry = node(node);
    entry.put("network", backup.backup().network().name());
    entry.put("seq", backup.head().seq());
    entry.put("generation", backup.head().generation());
    entry.put("data_version", backup.head().dataVersion());
    entry.put("last_write", time(backup.status().lastWriteTime()));
    entry.put("records", backup.status().records());
    entry.put("record_bytes", backup.status().recordBytes());
    entry.put("base_bytes", backup.status().baseBytes());
    entry.put("generations", backup.status().generations());
    entry.put("branches", backup.status().branches());
    entry.put("used_bytes", backup.status().usedBytes());
    entry.put("claim_number", backup.claimNumber());
    if (backup.claimant() != null) {
      entry.put("claimant", backup.claimant().hex());
    }
    return entry;
  }

  private static String time(long unixSeconds) {
    return unixSeconds == 0 ? "never" : Instant.ofEpochSecond(unixSeconds).toString();
  }

  /** A JSON array of objects. */
  String json() {
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(entries);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps of strings and numbers are always JSON", e);
    }
  }

  /** Lines of {@code name: value}, an empty line between entries. */
  String text() {
    if (entries.isEmpty()) {
      return "no nodes: cldcb-server allow adds one";
    }
    return entries.stream().map(Report::lines).collect(Collectors.joining("\n\n"));
  }

  private static String lines(Map<String, Object> entry) {
    return entry.entrySet().stream()
        .map(value -> value.getKey() + ": " + value.getValue())
        .collect(Collectors.joining("\n"));
  }
}
