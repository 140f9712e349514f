package org.cldcb.e2e.rig;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sqlite.SQLiteConfig;

/**
 * What a database says, whatever its pages look like: schema and all rows, sorted, each with its
 * row id. Two databases with equal dumps are the same to lightningd. Immutable.
 */
public final class Dump {
  private static final int SHOWN = 300;

  private final List<String> lines;

  private Dump(List<String> lines) {
    this.lines = List.copyOf(lines);
  }

  /** The dump of a database with no hot journal; takes part in SQLite's locking. */
  public static Dump of(Path database) {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    try (Connection connection = config.createConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      List<String> lines = new ArrayList<>(schema(statement));
      for (String table : tables(statement)) {
        lines.addAll(rows(statement, table));
      }
      return new Dump(lines);
    } catch (SQLException e) {
      throw new IllegalStateException("can't dump " + database + ": " + e.getMessage(), e);
    }
  }

  /** How many rows there are, those of the schema among them. */
  public int rows() {
    return lines.size();
  }

  /** SHA-256 of the dump, in hex. */
  public String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String line : lines) {
        digest.update(line.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The first line in which they differ, of both, for a person to read; empty if they are equal.
   */
  public Optional<String> firstDifference(Dump other) {
    for (int i = 0; i < Math.max(lines.size(), other.lines.size()); i++) {
      String mine = line(i);
      String theirs = other.line(i);
      if (!mine.equals(theirs)) {
        return Optional.of(
            "line %d of %d and %d:%n  %s%n  %s"
                .formatted(i + 1, lines.size(), other.lines.size(), cut(mine), cut(theirs)));
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Dump that && lines.equals(that.lines);
  }

  @Override
  public int hashCode() {
    return lines.hashCode();
  }

  @Override
  public String toString() {
    return "Dump of " + rows() + " rows, sha256 " + sha256();
  }

  private String line(int index) {
    return index < lines.size() ? lines.get(index) : "(the end)";
  }

  private static String cut(String line) {
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
  }

  private static List<String> schema(Statement statement) throws SQLException {
    return column(
        statement,
        "SELECT 'schema|' || type || '|' || name || '|' || tbl_name || '|' || sql"
            + " FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
            + " ORDER BY type, name");
  }

  private static List<String> tables(Statement statement) throws SQLException {
    return column(statement, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
  }

  private static List<String> rows(Statement statement, String table) throws SQLException {
    String values =
        column(statement, "SELECT name FROM pragma_table_info(" + text(table) + ")").stream()
            .map(name -> "quote(" + identifier(name) + ")")
            .collect(Collectors.joining(" || ',' || "));
    boolean hasRowId =
        column(
                statement,
                "SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = " + text(table))
            .equals(List.of("0"));
    String rowId = hasRowId ? "rowid" : "''";
    return column(
        statement,
        "SELECT %s || '|' || %s || '|' || %s FROM %s ORDER BY %s"
            .formatted(text(table), rowId, values, identifier(table), hasRowId ? "rowid" : values));
  }

  private static List<String> column(Statement statement, String query) throws SQLException {
    List<String> column = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        column.add(rows.getString(1));
      }
    }
    return column;
  }

  private static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  private static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
