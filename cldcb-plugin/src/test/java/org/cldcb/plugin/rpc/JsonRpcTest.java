package org.cldcb.plugin.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.cldcb.format.RecordReader;
import org.cldcb.plugin.rpc.JsonRpcOutput.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pipe to lightningd. */
class JsonRpcTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000));

  @TempDir Path scratch;

  @Test
  void keepsTheIdAsItCame() throws IOException {
    for (String id : List.of("\"cln:getmanifest#1\"", "7", "1E+400", "null", "{\"a\":[1,\"x\"]}")) {
      Incoming message = input("{\"id\":" + id + ",\"method\":\"init\",\"params\":{}}").next();
      assertThat(message).isInstanceOf(Incoming.Request.class);
      assertThat(new String(((Incoming.Request) message).id(), StandardCharsets.UTF_8))
          .isEqualTo(id);
    }
  }

  @Test
  void readsNotifications() throws IOException {
    assertThat(input("{\"jsonrpc\":\"2.0\",\"method\":\"shutdown\",\"params\":{}}\n\n").next())
        .isEqualTo(new Incoming.Notification("shutdown"));
  }

  @Test
  void givesEachStatementBackExactly() throws IOException {
    List<String> statements =
        List.of("PRAGMA foreign_keys = OFF;", "INSERT INTO a VALUES (x'00ff', 'é €😀 \"\\ ''')");
    Incoming.DbWrite write = dbWrite(statements, "\"data_version\":12,");
    assertThat(write.dataVersion()).isEqualTo(12);
    assertThat(write.pragma()).isTrue();
    assertThat(statements(write)).isEqualTo(statements);
  }

  @Test
  void takesAStatementOfManyMegabytes() throws IOException {
    String statement = "UPDATE a SET b = x'" + "0a1b2c3d".repeat(1_500_000) + "'";
    Incoming.DbWrite write = dbWrite(List.of(statement), "\"data_version\":12,");
    assertThat(write.pragma()).isFalse();
    assertThat(statements(write)).containsExactly(statement);
  }

  @Test
  void marksOnlyTheFirstWriteOfTheProcess() throws IOException {
    String call =
        "{\"id\":1,\"method\":\"db_write\",\"params\":{\"data_version\":1,\"writes\":[\"A\"]}}\n\n";
    JsonRpcInput input = input(call + call);
    List<Boolean> first = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Incoming.DbWrite write = (Incoming.DbWrite) input.next();
      try (RecordReader reader = new RecordReader(write.record().read())) {
        assertThat(reader.unixTime()).isEqualTo(1_700_000_000);
        first.add(reader.firstWrite());
      }
    }
    assertThat(first).containsExactly(true, false);
  }

  @Test
  void answersBeforeTheNextMessageHasCome() throws IOException {
    // lightningd sends nothing more until it is answered: a reader that looks ahead would hang.
    InputStream never =
        new InputStream() {
          private final InputStream first =
              new ByteArrayInputStream("{\"id\":1,\"method\":\"x\"}".getBytes());

          @Override
          public int read() throws IOException {
            int octet = first.read();
            if (octet < 0) {
              throw new AssertionError("looked ahead");
            }
            return octet;
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            int octet = read();
            into[offset] = (byte) octet;
            return 1;
          }
        };
    assertThat(new JsonRpcInput(never, drafts()).next()).isInstanceOf(Incoming.Request.class);
  }

  @Test
  void endsWhenLightningdCloses() throws IOException {
    assertThat(input("").next()).isNull();
    assertThat(input("\n\n").next()).isNull();
  }

  @Test
  void refusesWhatIsNotJsonRpc() {
    for (String junk :
        List.of(
            "[]",
            "7",
            "{\"id\":1,\"method\":\"db_write\"}",
            "{\"id\":1,\"method\":\"db_write\",\"params\":[]}",
            "{\"id\":1,\"method\":\"db_write\",\"params\":{\"writes\":[\"A\"]}}",
            "{\"id\":1,\"method\":\"db_write\",\"params\":{\"data_version\":\"1\"}}",
            "{\"id\":1,\"method\":\"db_write\",\"params\":{\"data_version\":1,\"writes\":[1]}}",
            "{\"id\":1,\"method\":\"db_write\",\"params\":{\"data_version\":1,\"writes\":[\"A",
            "{\"id\":1,\"method\":[\"x\"]}",
            "{\"method\":{\"id\":1},\"id\":2}",
            dbWrites("\"writes\":[\"A\"],\"writes\":[\"B\"]"),
            dbWrites("\"writes\":[\"A\"]},\"params\":{\"data_version\":1,\"writes\":[\"B\"]"),
            "garbage")) {
      assertThatThrownBy(() -> input(junk).next()).as(junk).isInstanceOf(IOException.class);
    }
  }

  private static String dbWrites(String writes) {
    return "{\"id\":1,\"method\":\"db_write\",\"params\":{\"data_version\":1," + writes + "}}";
  }

  @Test
  void answersAndLogsAsLightningdWantsThem() throws IOException {
    ByteArrayOutputStream pipe = new ByteArrayOutputStream();
    JsonRpcOutput out = new JsonRpcOutput(pipe);
    out.answer("\"a\"".getBytes(StandardCharsets.UTF_8), "{}");
    out.halt("7".getBytes(StandardCharsets.UTF_8), "say \"why\"");
    out.log(Level.UNUSUAL, "line");
    assertThat(pipe.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"result\":{}}\n\n"
                + "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"result\":\"halt\",\"message\":"
                + "\"cldcb: say \\\"why\\\"\"}}\n\n"
                + "{\"jsonrpc\":\"2.0\",\"method\":\"log\",\"params\":{\"level\":\"unusual\","
                + "\"message\":\"line\"}}\n\n");
  }

  private Incoming.DbWrite dbWrite(List<String> statements, String version) throws IOException {
    StringBuilder writes = new StringBuilder();
    for (String statement : statements) {
      writes.append(writes.isEmpty() ? "" : ",").append('"');
      writes.append(statement.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    }
    String call =
        "{\"jsonrpc\":\"2.0\",\"id\":\"cln:db_write#8\",\"method\":\"db_write\",\"params\":{"
            + version
            + "\"writes\":["
            + writes
            + "]}}\n\n";
    return (Incoming.DbWrite) input(call).next();
  }

  private static List<String> statements(Incoming.DbWrite write) throws IOException {
    List<String> statements = new ArrayList<>();
    try (RecordReader reader = new RecordReader(write.record().read())) {
      for (String s = reader.nextStatement(); s != null; s = reader.nextStatement()) {
        statements.add(s);
      }
    }
    return statements;
  }

  private JsonRpcInput input(String text) throws IOException {
    return new JsonRpcInput(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), drafts());
  }

  private RecordDraft.Factory drafts() {
    return new RecordDraft.Factory(scratch, CLOCK);
  }
}
