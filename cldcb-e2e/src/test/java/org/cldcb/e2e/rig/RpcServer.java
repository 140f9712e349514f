package org.cldcb.e2e.rig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** lightningd's RPC socket. */
final class RpcServer implements AutoCloseable {

  /** What answers a command. */
  interface Commands {
    JsonNode answer(String method, JsonNode params) throws RpcError;
  }

  private final ServerSocketChannel server;
  private final Commands commands;
  private final Map<SocketChannel, Thread> connections = new ConcurrentHashMap<>();

  private RpcServer(ServerSocketChannel server, Commands commands) {
    this.server = server;
    this.commands = commands;
  }

  static RpcServer listen(Path socket, Commands commands) {
    try {
      Files.deleteIfExists(socket);
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(socket));
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
      RpcServer rpc = new RpcServer(server, commands);
      daemon("rpc of " + socket, rpc::accept);
      return rpc;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Leaves the socket's file, as lightningd does; a command that is being answered still is. */
  @Override
  public void close() {
    try {
      server.close();
      for (Map.Entry<SocketChannel, Thread> connection : connections.entrySet()) {
        if (connection.getValue() != Thread.currentThread()) {
          connection.getKey().close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = server.accept();
        daemon("rpc client", () -> serve(client));
      }
    } catch (IOException e) {
      return; // closed
    }
  }

  private void serve(SocketChannel client) {
    connections.put(client, Thread.currentThread());
    try (client;
        OutputStream out = Channels.newOutputStream(client)) {
      JsonFrames requests = new JsonFrames(Channels.newInputStream(client));
      for (String text = requests.next(); text != null; text = requests.next()) {
        String answer = answer(text) + "\n\n";
        out.write(answer.getBytes(StandardCharsets.UTF_8));
        out.flush();
        if (!server.isOpen()) {
          break;
        }
      }
    } catch (IOException | NodeDied | IllegalStateException e) {
      return; // as with the real one, a client sees only that the connection ends
    } finally {
      connections.remove(client);
    }
  }

  private ObjectNode answer(String text) {
    JsonNode request = Json.parse(text);
    ObjectNode answer = Json.object().put("jsonrpc", "2.0");
    answer.set("id", request.get("id"));
    try {
      if (text.contains("\\u")) {
        throw new RpcError(RpcError.INVALID_PARAMS, "Invalid string: \\u is not supported");
      }
      return answer.set(
          "result", commands.answer(request.path("method").asText(), request.path("params")));
    } catch (RpcError e) {
      return answer.set(
          "error", Json.object().put("code", e.code()).put("message", e.getMessage()));
    }
  }

  private static void daemon(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    thread.start();
  }
}
