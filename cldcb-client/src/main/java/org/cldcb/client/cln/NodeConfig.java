package org.cldcb.client.cln;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** lightningd's options, as far as they matter here. */
final class NodeConfig {
  private static final String IMPORTANT_PLUGIN = "important-plugin";

  private final Map<String, String> values;
  private final List<String> importantPlugins;

  private NodeConfig(Map<String, String> values, List<String> importantPlugins) {
    this.values = values;
    this.importantPlugins = List.copyOf(importantPlugins);
  }

  /** From a running lightningd's {@code listconfigs}. */
  static NodeConfig of(JsonNode listconfigs) {
    Map<String, String> values = new HashMap<>();
    JsonNode configs = listconfigs.path("configs");
    for (Map.Entry<String, JsonNode> option : configs.properties()) {
      if (option.getValue().path("value_str").isTextual()) {
        values.put(option.getKey(), option.getValue().path("value_str").textValue());
      }
    }
    List<String> important = new ArrayList<>();
    configs.path(IMPORTANT_PLUGIN).path("values_str").forEach(path -> important.add(path.asText()));
    return new NodeConfig(values, important);
  }

  /**
   * From configuration files, each overriding those before; what lightningd is told on its command
   * line isn't in them.
   */
  static NodeConfig read(Path... files) throws IOException {
    Map<String, String> values = new HashMap<>();
    for (Path file : files) {
      if (Files.exists(file)) {
        // Latin-1 reads any bytes; the values that matter are turned back into UTF-8.
        Files.readAllLines(file, StandardCharsets.ISO_8859_1)
            .forEach(line -> readLine(line, values));
      }
    }
    return new NodeConfig(values, List.of());
  }

  Optional<String> get(String option) {
    return Optional.ofNullable(values.get(option));
  }

  /** The plugins that a running lightningd was started with as important ones. */
  List<String> importantPlugins() {
    return importantPlugins;
  }

  private static void readLine(String line, Map<String, String> values) {
    int equals = line.indexOf('=');
    if (!line.startsWith("#") && equals > 0) {
      byte[] value = line.substring(equals + 1).strip().getBytes(StandardCharsets.ISO_8859_1);
      values.put(line.substring(0, equals).strip(), new String(value, StandardCharsets.UTF_8));
    }
  }
}
