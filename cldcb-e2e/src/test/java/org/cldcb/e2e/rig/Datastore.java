package org.cldcb.e2e.rig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The {@code datastore} command: the write that everybody may ask a node for. */
final class Datastore {
  private static final int EXISTS = 1202;
  private static final int EXISTS_NOT = 1203;
  private static final HexFormat HEX = HexFormat.of();

  private final FakeLightningd node;

  Datastore(FakeLightningd node) {
    this.node = node;
  }

  /**
   * Stores a value.
   *
   * @param key a string, or an array of them
   * @param mode as Core Lightning's, but for the appending ones
   */
  JsonNode put(JsonNode key, String value, String mode) throws RpcError {
    List<String> parts = parts(key);
    String keyHex = hex(String.join("\0", parts));
    boolean exists = node.locked(run -> run.hasDatastoreKey(keyHex));
    if (exists && mode.equals("must-create")) {
      throw new RpcError(EXISTS, "Key already exists");
    }
    if (!exists && mode.equals("must-replace")) {
      throw new RpcError(EXISTS_NOT, "Key does not exist");
    }
    node.replay(
        exists
            ? OwnWrites.datastoreUpdate(keyHex, hex(value))
            : OwnWrites.datastore(keyHex, hex(value)));
    ObjectNode result = Json.object();
    ArrayNode keys = result.putArray("key");
    parts.forEach(keys::add);
    return result.put("generation", 0).put("hex", hex(value)).put("string", value);
  }

  private static List<String> parts(JsonNode key) throws RpcError {
    if (key.isTextual()) {
      return List.of(key.asText());
    }
    if (!key.isArray() || key.isEmpty()) {
      throw new RpcError(RpcError.INVALID_PARAMS, "missing required parameter: key");
    }
    List<String> parts = new ArrayList<>();
    key.forEach(part -> parts.add(part.asText()));
    return parts;
  }

  private static String hex(String text) {
    return HEX.formatHex(text.getBytes(StandardCharsets.UTF_8));
  }
}
