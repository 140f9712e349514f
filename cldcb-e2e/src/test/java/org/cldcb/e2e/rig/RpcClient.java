package org.cldcb.e2e.rig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Asks a node, as lightning-cli does: one connection for each command. */
public final class RpcClient {
  private final Path socket;

  public RpcClient(LightningDir dir) {
    this.socket = dir.rpcSocket();
  }

  /**
   * Runs a command.
   *
   * @throws RpcError if the node refuses it
   * @throws IOException if the node isn't there, or goes away
   */
  public JsonNode call(String method, String... params) throws IOException, RpcError {
    ObjectNode request = Json.object().put("jsonrpc", "2.0").put("id", "e2e").put("method", method);
    ArrayNode array = request.putArray("params");
    for (String param : params) {
      array.add(param);
    }
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        OutputStream out = Channels.newOutputStream(channel)) {
      out.write((request + "\n\n").getBytes(StandardCharsets.UTF_8));
      String text = new JsonFrames(Channels.newInputStream(channel)).next();
      if (text == null) {
        throw new EOFException("no answer to " + method);
      }
      return result(Json.parse(text));
    }
  }

  private static JsonNode result(JsonNode answer) throws RpcError {
    JsonNode error = answer.path("error");
    if (error.isObject()) {
      throw new RpcError(error.path("code").asInt(), error.path("message").asText());
    }
    return answer.get("result");
  }
}
