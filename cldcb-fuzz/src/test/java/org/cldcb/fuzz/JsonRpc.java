package org.cldcb.fuzz;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.cldcb.format.RecordReader;
import org.cldcb.plugin.rpc.Incoming;
import org.cldcb.plugin.rpc.JsonRpcInput;
import org.cldcb.plugin.rpc.RecordDraft;

/** lightningd's messages, against what a general reader of JSON makes of the same bytes. */
final class JsonRpc {
  private static final ObjectReader TREES =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build()
          .readerFor(JsonNode.class);
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  private JsonRpc() {}

  static void read(byte[] input) throws IOException {
    RecordDraft.Factory drafts = new RecordDraft.Factory(Path.of("target"), CLOCK);
    JsonRpcInput messages = new JsonRpcInput(new ByteArrayInputStream(input), drafts);
    try (MappingIterator<JsonNode> trees = TREES.readValues(input)) {
      Incoming message;
      while ((message = messages.next()) != null) {
        compare(message, trees.nextValue());
      }
    }
  }

  private static void compare(Incoming message, JsonNode tree) throws IOException {
    if (message instanceof Incoming.Notification notification) {
      Same.value(tree.path("method").asText(), notification.method());
    } else if (message instanceof Incoming.Request request) {
      Same.value(tree.path("method").asText(), request.method());
      Same.value(tree.path("id"), TREES.readTree(request.id()));
    } else if (message instanceof Incoming.DbWrite write) {
      Same.value("db_write", tree.path("method").asText());
      Same.value(tree.path("id"), TREES.readTree(write.id()));
      JsonNode params = tree.path("params");
      Same.value(params.path("data_version").asLong(), write.dataVersion());
      List<String> sent = new ArrayList<>();
      params.path("writes").forEach(statement -> sent.add(statement.textValue()));
      Same.value(sent, statements(write));
    }
  }

  private static List<String> statements(Incoming.DbWrite write) throws IOException {
    List<String> statements = new ArrayList<>();
    try (RecordReader reader = new RecordReader(write.record().read())) {
      String statement;
      while ((statement = reader.nextStatement()) != null) {
        statements.add(statement);
      }
    }
    return statements;
  }
}
