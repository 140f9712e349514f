package org.cldcb.client.recover.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements by their {@link Shape}, so that SQLite compiles each of those once: a node's
 * statements have few. Not thread-safe.
 */
final class PreparedShapes {
  private static final int MAX_PREPARED = 256;

  private static final String SCHEMA =
      "SELECT * FROM sqlite_schema UNION ALL SELECT * FROM sqlite_temp_schema";

  /** Makes more of a statement than it says, or runs it by its values. */
  private static final String SPECIAL =
      "SELECT 1 FROM ("
          + SCHEMA
          + ") WHERE type IN ('trigger', 'view') OR sql LIKE 'CREATE VIRTUAL%'"
          + " OR name = 'sqlite_stat4'";

  private static final String INDEXES =
      "SELECT sql FROM (" + SCHEMA + ") WHERE type = 'index' AND sql IS NOT NULL";

  private final Connection connection;
  private final int patience;
  private final Map<ShapeText, PreparedStatement> prepared = new LinkedHashMap<>(64, 0.75f, true);
  private @Nullable ShapeScanner scanner;
  private int calm;

  /**
   * Nothing prepared yet.
   *
   * @param patience so many statements in a row must leave the schema alone before it is worth a
   *     look
   */
  PreparedShapes(Connection connection, int patience) {
    this.connection = connection;
    this.patience = patience;
  }

  /**
   * Runs a statement, if it has a shape.
   *
   * @return whether it has: if not, the caller is to run it as it is
   * @throws SQLException if SQLite refuses it: then no further one may be run
   */
  boolean run(String sql) throws SQLException {
    if (!ShapeScanner.isOfInterest(sql)) {
      forget();
      return false;
    }
    if (calm < patience) {
      calm++;
      return false;
    }
    ShapeScanner shape = scan(sql);
    PreparedStatement statement = shape == null ? null : prepared(shape.text());
    if (shape == null || statement == null) {
      return false;
    }
    int position = 0;
    for (Object value : shape.values()) {
      position++;
      statement.setObject(position, value);
    }
    statement.executeUpdate();
    return true;
  }

  /** To be called when the schema, or a setting, changes. */
  void forget() throws SQLException {
    for (PreparedStatement statement : prepared.values()) {
      statement.close();
    }
    prepared.clear();
    scanner = null;
    calm = 0;
  }

  /** The scanner with the statement's shape; null if it has none. */
  private @Nullable ShapeScanner scan(String sql) throws SQLException {
    if (calm == patience) {
      scanner = scanner();
      calm++;
    }
    ShapeScanner there = scanner;
    if (there != null && there.scan(sql)) {
      return there;
    }
    if (mayBeSeveral(sql)) {
      // The others may change anything.
      forget();
    }
    return null;
  }

  private static boolean mayBeSeveral(String sql) {
    int semicolon = sql.indexOf(';');
    return semicolon >= 0 && semicolon < sql.length() - 1;
  }

  /** Null if this schema isn't plain enough. */
  private @Nullable ShapeScanner scanner() throws SQLException {
    return query(SPECIAL).isEmpty() ? ShapeScanner.of(query(INDEXES)) : null;
  }

  private List<String> query(String query) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  /** Null where SQLite refuses it: then that is to be told of the statement as it is. */
  private @Nullable PreparedStatement prepared(ShapeText shape) throws SQLException {
    PreparedStatement statement = prepared.get(shape);
    if (statement == null) {
      try {
        statement = connection.prepareStatement(shape.toString());
      } catch (SQLException e) {
        return null;
      }
      prepared.put(shape.copy(), statement);
      closeEldest();
    }
    return statement;
  }

  private void closeEldest() throws SQLException {
    if (prepared.size() > MAX_PREPARED) {
      Iterator<PreparedStatement> eldest = prepared.values().iterator();
      PreparedStatement statement = eldest.next();
      eldest.remove();
      statement.close();
    }
  }
}
