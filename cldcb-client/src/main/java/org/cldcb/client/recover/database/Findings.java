package org.cldcb.client.recover.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.cldcb.sqlite.Snapshot;

/**
 * What SQLite's checks say of a recovered database.
 *
 * @param fresh damage that the manifest hadn't recorded
 * @param known damage that the database had when its base was made
 * @param indexes of indexes, which {@code quick_check} and so the manifest doesn't look at; {@code
 *     REINDEX} mends it
 * @param foreignKeys rows that refer to rows which aren't there, counted by table
 */
public record Findings(
    List<String> fresh, List<String> known, List<String> indexes, List<String> foreignKeys) {
  private static final int MAX = 100;
  private static final String LOOSE_ROWS =
      "SELECT count(*) || ' rows of ' || \"table\" || ' refer to missing rows of ' || parent"
          + " FROM pragma_foreign_key_check GROUP BY \"table\", parent";

  /**
   * Runs the checks.
   *
   * @param recorded the manifest's findings
   */
  static Findings of(Connection connection, List<String> recorded) {
    List<String> foreignKeys = lines(connection, LOOSE_ROWS);
    List<String> all = lines(connection, "PRAGMA integrity_check(" + MAX + ")");
    if (all.equals(List.of("ok"))) {
      return new Findings(List.of(), List.of(), List.of(), foreignKeys);
    }
    List<String> quick = quickCheck(connection);
    return new Findings(
        quick.stream().filter(line -> !recorded.contains(line)).toList(),
        quick.stream().filter(recorded::contains).toList(),
        all.stream().filter(line -> quick.stream().noneMatch(line::startsWith)).toList(),
        foreignKeys);
  }

  private static List<String> quickCheck(Connection connection) {
    try {
      return Snapshot.quickCheck(connection);
    } catch (SQLException e) {
      return List.of(reason(e));
    }
  }

  /** Damage, or a schema that refers to what can't be referred to, makes a check itself fail. */
  private static List<String> lines(Connection connection, String query) {
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next() && lines.size() < MAX) {
        lines.add(rows.getString(1));
      }
    } catch (SQLException e) {
      lines.add(reason(e));
    }
    return List.copyOf(lines);
  }

  private static String reason(SQLException e) {
    return String.valueOf(e.getMessage());
  }
}
