package org.cldcb.client.recover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** Databases to back up, and what is in those that came back. */
final class Databases {
  static final String VARS = "CREATE TABLE vars (name TEXT PRIMARY KEY, intval INTEGER, val TEXT)";

  private Databases() {}

  /** A call of lightningd's db_write hook. */
  record Write(long dataVersion, List<String> statements) {}

  /** The bytes of a database that these statements make. */
  static byte[] of(String... statements) {
    try {
      Path file = Files.createTempFile("cldcb-test-", ".sqlite3");
      run(file, statements);
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void run(Path file, String... statements) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The statement with which lightningd raises the version. */
  static String version(long version) {
    return "UPDATE vars SET intval=" + version + " WHERE name='data_version'";
  }

  /** The first column of what a query gives. */
  static List<String> query(Path file, String query) {
    List<String> values = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        values.add(String.valueOf(rows.getString(1)));
      }
      return values;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Schema and rows, as text. */
  static List<String> dump(Path file) {
    List<String> dump = query(file, "SELECT sql FROM sqlite_master ORDER BY type, name");
    for (String table :
        query(file, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")) {
      String columns =
          String.join(
              " || '|' || ",
              query(
                  file,
                  "SELECT 'quote(\"' || name || '\")' FROM pragma_table_info('" + table + "')"));
      dump.addAll(
          query(file, "SELECT '" + table + ": ' || " + columns + " FROM \"" + table + "\""));
    }
    return dump;
  }

  static byte[] gunzip(String resource) {
    try (InputStream in = resource(resource)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A recorded trace. */
  static List<Write> trace(String resource) {
    ObjectMapper json = new ObjectMapper();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(resource(resource), StandardCharsets.UTF_8))) {
      List<Write> writes = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode call = json.readTree(line);
        List<String> statements = new ArrayList<>();
        call.path("writes").forEach(each -> statements.add(each.textValue()));
        writes.add(new Write(call.path("data_version").longValue(), statements));
      }
      return writes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream resource(String name) throws IOException {
    return new GZIPInputStream(
        Objects.requireNonNull(Databases.class.getResourceAsStream("/traces/" + name)));
  }
}
