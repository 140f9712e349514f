package org.cldcb.e2e.rig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.cldcb.crypto.HsmSecret;
import org.cldcb.crypto.HsmSecretException;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.NodeKey;

/** The RPC commands that an operator's tool may want of a node. */
final class RpcCommands {
  private static final HexFormat HEX = HexFormat.of();
  private static final int FIRST_RECOVERY_BYTE = 31;

  private final FakeLightningd node;
  private final LightningDir dir;
  private final Datastore datastore;

  RpcCommands(FakeLightningd node) {
    this.node = node;
    this.dir = node.dir();
    this.datastore = new Datastore(node);
  }

  /** Answers one command, when the event loop is free. */
  JsonNode answer(String method, JsonNode params) throws RpcError {
    node.locked(NodeRun::dataVersion); // nothing is answered while a db_write is in flight
    return switch (method) {
      case "getinfo" -> getinfo();
      case "listconfigs" -> listconfigs();
      case "signmessage" -> signmessage(param(params, 0, "message"));
      case "datastore" ->
          datastore.put(
              value(params, 0, "key"),
              param(params, 1, "string"),
              value(params, 3, "mode").asText("must-create"));
      case "plugin" -> plugin(params);
      case "stop" -> stop();
      default -> throw new RpcError(RpcError.UNKNOWN_COMMAND, "Unknown command '" + method + "'");
    };
  }

  private JsonNode getinfo() throws RpcError {
    try (NodeKey key = nodeKey()) {
      return Json.object()
          .put("id", key.nodeId().hex())
          .put("alias", "cldcb-e2e")
          .put("num_peers", 0)
          .put("version", PluginProcess.VERSION)
          .put("blockheight", 0)
          .put("network", dir.network())
          .put("lightning-dir", dir.networkDir().toString());
    }
  }

  private JsonNode listconfigs() {
    ObjectNode configs = Json.object();
    configs.set("lightning-dir", value(dir.base().toString(), "cmdline"));
    configs.set("network", value(dir.network(), "cmdline"));
    configs.set("rpc-file", value("lightning-rpc", "default"));
    configs.set("pid-file", value(dir.pidFile().toString(), "default"));
    configs.set("plugin", values(dir.settings("plugin")));
    configs.set("plugin-dir", values(List.of()));
    configs.set("important-plugin", values(dir.settings("important-plugin")));
    configs.set("daemon", Json.object().put("set", false).put("source", "default"));
    dir.setting("wallet").ifPresent(wallet -> configs.set("wallet", value(wallet, configSource())));
    return Json.object().set("configs", configs);
  }

  private JsonNode signmessage(String message) throws RpcError {
    try (NodeKey key = nodeKey()) {
      MessageSignature signature = key.sign(message);
      byte[] bytes = signature.bytes();
      return Json.object()
          .put("signature", HEX.formatHex(Arrays.copyOfRange(bytes, 1, bytes.length)))
          .put("recid", HEX.toHexDigits((byte) (bytes[0] - FIRST_RECOVERY_BYTE)))
          .put("zbase", signature.zbase32());
    }
  }

  private JsonNode plugin(JsonNode params) throws RpcError {
    String subcommand = param(params, 0, "subcommand");
    return switch (subcommand) {
      case "list" -> plugins(subcommand);
      case "start" -> startPlugin(Path.of(param(params, 1, "plugin")));
      case "stop" -> stopPlugin(Path.of(param(params, 1, "plugin")));
      default -> throw new RpcError(RpcError.INVALID_PARAMS, "Invalid subcommand: " + subcommand);
    };
  }

  private JsonNode startPlugin(Path executable) throws RpcError {
    try {
      node.startPlugin(executable);
    } catch (IOException e) {
      throw new RpcError(RpcError.PLUGIN_FAILED, executable + ": " + e.getMessage());
    }
    return plugins("start");
  }

  private JsonNode stopPlugin(Path executable) throws RpcError {
    Plugin plugin =
        node.locked(run -> run.plugins().find(executable))
            .orElseThrow(
                () -> new RpcError(RpcError.INVALID_PARAMS, "Could not find plugin " + executable));
    if (!plugin.isDynamic()) {
      throw new RpcError(
          RpcError.INVALID_PARAMS, executable + " cannot be managed when lightningd is up");
    }
    node.locked(
        run -> {
          run.plugins().stopDynamic(plugin);
          return run;
        });
    return Json.object()
        .put("command", "stop")
        .put("result", "Successfully stopped " + plugin.name() + ".");
  }

  private JsonNode plugins(String subcommand) {
    ObjectNode result = Json.object().put("command", subcommand);
    ArrayNode list = result.putArray("plugins");
    node.locked(run -> run.plugins().all())
        .forEach(
            plugin ->
                list.addObject()
                    .put("name", plugin.process().executable().toString())
                    .put("active", plugin.isActive())
                    .put("dynamic", plugin.isDynamic()));
    return result;
  }

  private JsonNode stop() {
    node.shutdown();
    return Json.MAPPER.getNodeFactory().textNode("Shutdown complete");
  }

  private NodeKey nodeKey() throws RpcError {
    try {
      return HsmSecret.open(dir.hsmSecret());
    } catch (IOException | HsmSecretException e) {
      throw new RpcError(RpcError.PLUGIN_FAILED, String.valueOf(e.getMessage()));
    }
  }

  private String configSource() {
    return dir.config() + ":1";
  }

  private ObjectNode value(String text, String source) {
    return Json.object().put("value_str", text).put("source", source);
  }

  private ObjectNode values(List<String> texts) {
    ObjectNode values = Json.object();
    ArrayNode strings = values.putArray("values_str");
    ArrayNode sources = values.putArray("sources");
    for (String text : texts) {
      strings.add(text);
      sources.add(configSource());
    }
    return values;
  }

  /** A parameter by place or by name. */
  private static String param(JsonNode params, int place, String name) throws RpcError {
    JsonNode value = value(params, place, name);
    if (!value.isTextual()) {
      throw new RpcError(RpcError.INVALID_PARAMS, "missing required parameter: " + name);
    }
    return value.asText();
  }

  private static JsonNode value(JsonNode params, int place, String name) {
    return params.isArray() ? params.path(place) : params.path(name);
  }
}
