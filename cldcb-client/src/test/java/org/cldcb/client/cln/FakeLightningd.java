package org.cldcb.client.cln;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Answers JSON-RPC on a unix socket as lightningd does: pretty, with an empty line at the end. */
public final class FakeLightningd implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ServerSocketChannel server;
  private final Thread accepting = new Thread(this::serve, "fake lightningd");
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Map<String, Function<JsonNode, String>> methods = new ConcurrentHashMap<>();
  private volatile boolean frozen;

  public FakeLightningd(Path socket) throws IOException {
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    accepting.setDaemon(true);
    accepting.start();
  }

  /** One that runs in a folder as if it were lightningd's, on regtest. */
  public static FakeLightningd in(Path base, String nodeId) throws IOException {
    Path folder = Files.createDirectories(base.resolve("regtest"));
    FakeLightningd fake = new FakeLightningd(folder.resolve("lightning-rpc"));
    fake.on("getinfo", params -> "{\"id\":\"" + nodeId + "\",\"alias\":\"alice\"}");
    fake.on(
        "listconfigs",
        params ->
            "{\"configs\":{\"lightning-dir\":{\"value_str\":\""
                + base
                + "\"},\"network\":"
                + "{\"value_str\":\"regtest\"},\"important-plugin\":{\"values_str\":[\"/x\"]}}}");
    return fake;
  }

  /** Answers this method with a result, or with an {@code error} where the result has one. */
  public void on(String method, Function<JsonNode, String> result) {
    methods.put(method, result);
  }

  /** From now on takes connections, but answers nothing. */
  public void freeze() {
    frozen = true;
  }

  /** All that was asked, as it came. */
  public List<String> requests() {
    return requests;
  }

  @Override
  public void close() throws IOException {
    server.close();
    try {
      // A thread within accept keeps the kernel's socket listening until it has left.
      accepting.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private void serve() {
    while (server.isOpen()) {
      try {
        SocketChannel channel = server.accept();
        Thread thread = new Thread(() -> answer(channel), "fake lightningd's connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void answer(SocketChannel channel) {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(1000);
    try (channel) {
      while (channel.read(buffer.clear()) >= 0) {
        received.write(buffer.array(), 0, buffer.position());
        String text = received.toString(StandardCharsets.UTF_8);
        if (!frozen && text.endsWith("}")) {
          requests.add(text);
          byte[] answer = answer(JSON.readTree(text)).getBytes(StandardCharsets.UTF_8);
          // In two pieces, the second beginning with the end of the answer.
          channel.write(ByteBuffer.wrap(answer, 0, answer.length - 1));
          Thread.sleep(10);
          channel.write(ByteBuffer.wrap(answer, answer.length - 1, 1));
          received.reset();
        }
      }
    } catch (IOException | InterruptedException e) {
      return;
    }
  }

  private String answer(JsonNode request) {
    Function<JsonNode, String> method = methods.get(request.path("method").asText());
    String result =
        method == null
            ? "{\"error\":{\"code\":-32601,\"message\":\"Unknown command\"}}"
            : method.apply(request.path("params"));
    String member =
        result.startsWith("{\"error\"")
            ? result.substring(1, result.length() - 1)
            : "\"result\":" + result;
    return "{\n  \"jsonrpc\": \"2.0\",\n  \"id\": "
        + request.path("id")
        + ",\n"
        + member
        + "\n}\n\n";
  }
}
