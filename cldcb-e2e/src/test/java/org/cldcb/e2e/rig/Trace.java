package org.cldcb.e2e.rig;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * What a real lightningd wrote, recorded at its db_write hook: the files below {@code
 * src/test/resources/traces}. Immutable.
 */
public final class Trace {
  /** A node's life from nothing: three channels, some 500 payments, three restarts, closes. */
  public static final String NODE_A = "node-a";

  /** The beginning of another node's life, which pays, is paid and forwards: writes only. */
  public static final String NODE_B = "node-b";

  /** One start of v26.06.6 on the database of a much older version. */
  public static final String UPGRADE = "upgrade";

  private final String name;
  private final List<Boot> boots;

  private Trace(String name, List<Boot> boots) {
    this.name = name;
    this.boots = boots;
  }

  /** Reads the trace of this name. */
  public static Trace load(String name) {
    try (InputStream in = new GZIPInputStream(resource(name, "trace.jsonl.gz"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      List<BootReader> boots = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode event = Json.parse(line);
        if (event.get("boot").asInt() == boots.size()) {
          boots.add(new BootReader());
        }
        boots.get(boots.size() - 1).read(event);
      }
      return new Trace(name, boots.stream().map(BootReader::boot).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each start of the recorded node. */
  public List<Boot> boots() {
    return boots;
  }

  /** All writes, in order. */
  public List<Write> writes() {
    return boots.stream()
        .flatMap(
            boot ->
                Stream.of(boot.preInit(), boot.running(), boot.afterShutdown())
                    .flatMap(List::stream))
        .toList();
  }

  /** The recorded node's {@code hsm_secret}; only {@link #NODE_A} has one. */
  public byte[] hsmSecret() {
    try (InputStream in = resource(name, "hsm_secret")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Unpacks a database of the trace.
   *
   * @param database {@code final} of {@link #NODE_A}, {@code before} or {@code after} of {@link
   *     #UPGRADE}
   * @return {@code to}
   */
  public Path unpack(String database, Path to) {
    try (InputStream in = new GZIPInputStream(resource(name, database + ".sqlite3.gz"))) {
      Files.copy(in, to);
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream resource(String trace, String file) throws IOException {
    String path = "/traces/" + trace + "/" + file;
    InputStream in = Trace.class.getResourceAsStream(path);
    if (in == null) {
      throw new FileNotFoundException(path);
    }
    return in;
  }

  /** Sorts the events of one boot. */
  private static final class BootReader {
    private final List<Write> preInit = new ArrayList<>();
    private final List<Write> running = new ArrayList<>();
    private final List<Write> afterShutdown = new ArrayList<>();
    private List<Write> now = preInit;

    void read(JsonNode event) {
      switch (event.path("event").asText()) {
        case "init" -> now = running;
        case "shutdown" -> now = afterShutdown;
        default -> now.add(write(event));
      }
    }

    Boot boot() {
      return new Boot(preInit, running, afterShutdown);
    }

    private static Write write(JsonNode event) {
      List<String> statements = new ArrayList<>();
      event.get("writes").forEach(statement -> statements.add(statement.asText()));
      return new Write(event.get("data_version").asLong(), statements);
    }
  }
}
