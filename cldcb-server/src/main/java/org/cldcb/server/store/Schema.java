package org.cldcb.server.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The tables of a store: {@code schema-N.sql} brings version N - 1 to N. Runs within a transaction.
 */
final class Schema {
  static final int VERSION = 2;

  private Schema() {}

  /** Of the store, 0 if it has no tables. */
  static long version(Sql sql) {
    return sql.number("PRAGMA user_version");
  }

  static void make(Sql sql) {
    raise(sql, 0);
  }

  /**
   * Brings a store of an older version to this one. Another process may have it open and go on:
   * what is new is done by triggers.
   *
   * @throws StoreException if it is of none of the known versions
   */
  static void upgrade(Sql sql, Path file) {
    long version = version(sql);
    if (version == 0) {
      throw new StoreException(
          "no store: its making was broken off; delete " + file + " and run init again");
    }
    if (version > VERSION) {
      throw new StoreException(
          "the store has version "
              + version
              + ", not "
              + VERSION
              + ": a newer cldcb-server made it");
    }
    raise(sql, version);
  }

  private static void raise(Sql sql, long from) {
    for (long version = from + 1; version <= VERSION; version++) {
      for (String statement : statements(version).split(";\n")) {
        if (!statement.isBlank()) {
          sql.execute(statement);
        }
      }
    }
    sql.execute("PRAGMA user_version = " + VERSION);
  }

  private static String statements(long version) {
    String name = "schema-" + version + ".sql";
    try (InputStream in = Schema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new StoreException("the jar lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new StoreException("the schema can't be read", e);
    }
  }
}
