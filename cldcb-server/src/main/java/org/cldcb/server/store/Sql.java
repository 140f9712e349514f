package org.cldcb.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.cldcb.codec.Hash;
import org.cldcb.crypto.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the store with its prepared statements. Parameters may be numbers, strings,
 * byte arrays, {@link Hash}, {@link PublicKey} or null. Not thread-safe.
 */
final class Sql implements AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();
  private long transactions;
  private long changes;
  private long dataVersion;

  Sql(Connection connection) {
    this.connection = connection;
  }

  /**
   * Reads one row, or what a query found; an IllegalArgumentException means that a value isn't what
   * was stored.
   */
  @FunctionalInterface
  interface Mapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  /** Begins a transaction that writes, and that sees whatever was committed before. */
  void begin() {
    run("BEGIN IMMEDIATE");
    transactions++;
    // It moves when another connection has committed, one of another process as well. Asked under
    // the lock, so that there is no later one to be missed.
    long version = number("PRAGMA data_version");
    if (version != dataVersion) {
      dataVersion = version;
      changes++;
    }
  }

  void commit() {
    run("COMMIT");
  }

  void rollback() {
    changes++;
    run("ROLLBACK");
  }

  private void run(String sql) {
    try {
      bind(sql).execute();
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /** How many transactions this connection has begun to write. */
  long transactions() {
    return transactions;
  }

  /**
   * A number that has moved if anything may be stored otherwise than it was read before: by a
   * statement of this connection, by another connection, or because it was rolled back. Of others
   * it takes note in {@link #begin}.
   */
  long changes() {
    return changes;
  }

  /** Runs a statement; the number of rows it changed. */
  int update(String sql, @Nullable Object... parameters) {
    changes++;
    try {
      return bind(sql, parameters).executeUpdate();
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /** Runs an insert; the row id that it got. */
  long insert(String sql, @Nullable Object... parameters) {
    update(sql, parameters);
    return number("SELECT last_insert_rowid()");
  }

  <T> List<T> list(String sql, Mapper<T> mapper, @Nullable Object... parameters) {
    return query(
        sql,
        rows -> {
          List<T> list = new ArrayList<>();
          while (rows.next()) {
            list.add(mapper.map(rows));
          }
          return list;
        },
        parameters);
  }

  <T> Optional<T> first(String sql, Mapper<T> mapper, @Nullable Object... parameters) {
    return query(
        sql, rows -> rows.next() ? Optional.of(mapper.map(rows)) : Optional.empty(), parameters);
  }

  private <T> T query(String sql, Mapper<T> reader, @Nullable Object... parameters) {
    try (ResultSet rows = bind(sql, parameters).executeQuery()) {
      return reader.map(rows);
    } catch (SQLException e) {
      throw failed(sql, e);
    } catch (IllegalArgumentException e) {
      throw StoreException.damaged("a value has lost its form: " + e.getMessage());
    }
  }

  /** The first column of the first row; 0 if there is none, or it is null. */
  long number(String sql, @Nullable Object... parameters) {
    return first(sql, row -> row.getLong(1), parameters).orElse(0L);
  }

  /** Runs statements that are not worth preparing. */
  void execute(String sql) {
    changes++;
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Reads in one transaction: what others commit meanwhile isn't seen. */
  <T> T reading(Supplier<T> body) {
    execute("BEGIN");
    try {
      return body.get();
    } finally {
      execute("COMMIT");
    }
  }

  static Hash hash(ResultSet row, String column) throws SQLException {
    return decoded(row, column, Hash::of);
  }

  static byte[] bytes(ResultSet row, String column) throws SQLException {
    return decoded(row, column, bytes -> bytes);
  }

  /**
   * Reads a value that is never null and has a form of its own.
   *
   * @param form throws IllegalArgumentException for any other
   */
  static <T> T decoded(ResultSet row, String column, Function<byte[], T> form) throws SQLException {
    byte @Nullable [] bytes = row.getBytes(column);
    if (bytes == null) {
      throw new IllegalArgumentException(column + " is null");
    }
    return form.apply(bytes);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private PreparedStatement bind(String sql, @Nullable Object... parameters) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (int i = 0; i < parameters.length; i++) {
      bind(statement, i + 1, parameters[i]);
    }
    return statement;
  }

  private static void bind(PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    if (value instanceof Hash hash) {
      statement.setBytes(index, hash.bytes());
    } else if (value instanceof PublicKey key) {
      statement.setBytes(index, key.bytes());
    } else if (value instanceof byte[] bytes) {
      statement.setBytes(index, bytes);
    } else if (value instanceof Number number) {
      statement.setLong(index, number.longValue());
    } else {
      statement.setString(index, (String) value);
    }
  }

  /** sqlite-jdbc closes a statement that fails; kept, it would fail ever after. */
  private StoreException failed(String sql, SQLException e) {
    try (PreparedStatement broken = prepared.remove(sql)) {
      return failed(e);
    } catch (SQLException closing) {
      return failed(e);
    }
  }

  private static StoreException failed(SQLException e) {
    return new StoreException("the store failed: " + e.getMessage(), e);
  }
}
