package org.cldcb.client.cln;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;

/** The {@code plugin} command of a fake lightningd. */
public final class FakePlugins {
  private FakePlugins() {}

  /** Does what is asked to a list of paths. */
  public static String answer(List<String> plugins, JsonNode params) {
    String plugin = params.path("plugin").asText();
    switch (params.path("subcommand").asText()) {
      case "start" -> {
        if (plugin.equals("/broken")) {
          return "{\"error\":{\"code\":-32602,\"message\":\"/broken is not executable\"}}";
        }
        plugins.add(plugin);
      }
      case "stop" -> {
        if (!plugins.remove(plugin)) {
          return "{\"error\":{\"code\":-32602,\"message\":\"Could not find plugin\"}}";
        }
      }
      default -> {}
    }
    return plugins.stream()
        .map(path -> "{\"name\":\"" + path + "\",\"active\":true}")
        .collect(Collectors.joining(",", "{\"plugins\":[", "]}"));
  }
}
