package org.cldcb.plugin.rpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads lightningd's messages one by one. lightningd is trusted, so that sizes are bounded only by
 * what SQLite itself bounds. Not thread-safe.
 */
public final class JsonRpcInput {
  /** SQLite's own limit of a statement. */
  private static final int MAX_STATEMENT_CHARS = 1_000_000_000;

  private final JsonFactory json =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(MAX_STATEMENT_CHARS).build())
          .build();
  private final JsonParser parser;
  private final RecordDraft.Factory drafts;

  public JsonRpcInput(InputStream in, RecordDraft.Factory drafts) throws IOException {
    this.parser = json.createParser(in);
    this.drafts = drafts;
  }

  /**
   * Waits for the next message.
   *
   * @return null once lightningd has closed its end
   * @throws IOException for anything that isn't JSON-RPC: there is no going on after that
   */
  public @Nullable Incoming next() throws IOException {
    try {
      return read();
    } catch (JsonProcessingException e) {
      // Its own message may quote what it read, which is the node's data.
      throw new IOException("lightningd sent something that isn't JSON");
    }
  }

  private @Nullable Incoming read() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == null) {
      return null;
    }
    expect(token == JsonToken.START_OBJECT);
    String method = "";
    byte @Nullable [] id = null;
    RecordDraft draft = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "method" -> method = method(method);
        case "id" -> id = rawValue();
        case "params" -> {
          expect(draft == null);
          draft = params(method);
        }
        default -> parser.skipChildren();
      }
    }
    return message(id, method, draft);
  }

  private static Incoming message(byte @Nullable [] id, String method, @Nullable RecordDraft draft)
      throws IOException {
    if (id == null) {
      return new Incoming.Notification(method);
    }
    if (method.equals("db_write")) {
      if (draft == null) {
        throw new IOException("lightningd sent a db_write without parameters");
      }
      return draft.toWrite(id);
    }
    return new Incoming.Request(id, method);
  }

  private String method(String before) throws IOException {
    expect(before.isEmpty() && parser.currentToken() == JsonToken.VALUE_STRING);
    return parser.getText();
  }

  /** Reads a db_write's parameters as they come; lightningd names the method before them. */
  private @Nullable RecordDraft params(String method) throws IOException {
    if (!method.equals("db_write")) {
      parser.skipChildren();
      return null;
    }
    expect(parser.currentToken() == JsonToken.START_OBJECT);
    RecordDraft draft = drafts.begin();
    boolean written = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (field.equals("data_version")) {
        expect(value == JsonToken.VALUE_NUMBER_INT);
        draft.dataVersion(parser.getLongValue());
      } else if (field.equals("writes")) {
        expect(!written);
        writes(draft, value);
        written = true;
      } else {
        parser.skipChildren();
      }
    }
    return draft;
  }

  private void writes(RecordDraft draft, JsonToken start) throws IOException {
    expect(start == JsonToken.START_ARRAY);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      expect(parser.currentToken() == JsonToken.VALUE_STRING);
      draft.statement(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
    }
  }

  private byte[] rawValue() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator generator = json.createGenerator(out)) {
      generator.copyCurrentStructureExact(parser);
    }
    return out.toByteArray();
  }

  private static void expect(boolean fits) throws IOException {
    if (!fits) {
      throw new IOException("lightningd sent something that isn't a JSON-RPC message");
    }
  }
}
