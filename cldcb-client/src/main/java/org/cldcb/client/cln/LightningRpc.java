package org.cldcb.client.cln;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * lightningd's JSON-RPC on its unix socket, a connection for each call. Thread-safe.
 *
 * <p>While lightningd waits for a db_write hook it answers nothing: every call has a time-out.
 */
public final class LightningRpc {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_ANSWER = 64 << 20;
  private static final int BUFFER = 1 << 16;

  private final Path socket;

  public LightningRpc(Path socket) {
    this.socket = socket;
  }

  /** An object for the parameters of a call. */
  public static ObjectNode params() {
    return JSON.createObjectNode();
  }

  /** Whether somebody listens there, answering or not. */
  public boolean isListening() {
    try (SocketChannel channel = UnixSockets.connect(socket)) {
      return channel.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Calls a method.
   *
   * @return the result
   * @throws RpcException if lightningd answers with an error
   * @throws java.net.SocketTimeoutException if it doesn't answer in time
   * @throws IOException if it can't be reached
   */
  public JsonNode call(String method, ObjectNode params, Duration timeout) throws IOException {
    ObjectNode request = JSON.createObjectNode();
    request.put("jsonrpc", "2.0").put("id", "cldcb-client:" + method).put("method", method);
    request.set("params", params);
    try (SocketChannel channel = UnixSockets.connect(socket);
        TimedChannel timed = new TimedChannel(channel, timeout, "lightningd")) {
      timed.write(ByteBuffer.wrap(JSON.writeValueAsBytes(request)));
      return result(method, JSON.readTree(readAnswer(timed)));
    }
  }

  /** An answer ends with an empty line, which JSON as lightningd writes it never contains. */
  private static byte[] readAnswer(TimedChannel channel) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    boolean newline = false;
    while (answer.size() < MAX_ANSWER) {
      if (channel.read(buffer.clear()) < 0) {
        throw new EOFException("lightningd closed the connection without an answer");
      }
      for (byte octet : Arrays.copyOf(buffer.array(), buffer.position())) {
        if (octet == '\n' && newline) {
          return answer.toByteArray();
        }
        newline = octet == '\n';
        answer.write(octet);
      }
    }
    throw new IOException("lightningd's answer is larger than any should be");
  }

  private static JsonNode result(String method, JsonNode answer) throws IOException {
    JsonNode error = answer.path("error");
    if (error.isObject()) {
      throw new RpcException(
          method, error.path("code").asInt(), error.path("message").asText("no reason given"));
    }
    JsonNode result = answer.path("result");
    if (result.isMissingNode()) {
      throw new IOException("lightningd answered " + method + " with neither result nor error");
    }
    return result;
  }
}
