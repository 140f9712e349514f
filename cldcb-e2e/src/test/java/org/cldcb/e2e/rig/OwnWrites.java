package org.cldcb.e2e.rig;

import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Writes of the rig's own, which fit any schema that lightningd ever had after version 1. */
final class OwnWrites {
  /** More than SQLite's cache, when it is shrunk. */
  private static final int SPILLED_BYTES = 3 << 20;

  private static int count;

  private OwnWrites() {}

  /** A small one, different from all others. */
  static synchronized Write next() {
    return of("INSERT OR REPLACE INTO vars (name, intval) VALUES ('cldcb_e2e', " + ++count + ")");
  }

  static List<Write> next(int writes) {
    return Collections.nCopies(writes, 0).stream().map(ignored -> next()).toList();
  }

  static Write of(String... statements) {
    return new Write(0, List.of(statements));
  }

  /** What a node without a trace begins with. */
  static Write schema() {
    return of(
        "CREATE TABLE version (version INTEGER)",
        "INSERT INTO version VALUES (1)",
        "CREATE TABLE vars (name VARCHAR(32), val VARCHAR(255), intval INTEGER, blobval BLOB,"
            + " PRIMARY KEY (name))",
        "CREATE TABLE datastore (key BLOB, data BLOB, generation BIGINT, PRIMARY KEY (key))",
        "INSERT INTO vars (name, intval) VALUES ('data_version', 0)");
  }

  /** One statement of 6 MB. */
  static Write large() {
    return of(
        "INSERT OR REPLACE INTO datastore VALUES (x'6c61726765', x'"
            + "c5".repeat(SPILLED_BYTES)
            + "', 0)");
  }

  /** A statement for each MiB. */
  static Write incompressible(int mebibytes) {
    Random random = new Random(mebibytes);
    byte[] noise = new byte[1 << 20];
    String[] statements = new String[mebibytes];
    for (int i = 0; i < mebibytes; i++) {
      random.nextBytes(noise);
      statements[i] =
          "INSERT OR REPLACE INTO datastore VALUES (x'6e6f697365', x'"
              + HexFormat.of().formatHex(noise)
              + "', 0)";
    }
    return of(statements);
  }

  static Write datastore(String keyHex, String valueHex) {
    return of("INSERT INTO datastore VALUES (x'" + keyHex + "', x'" + valueHex + "', 0);");
  }

  static Write datastoreUpdate(String keyHex, String valueHex) {
    return of(
        "UPDATE datastore SET data=x'"
            + valueHex
            + "', generation=generation+1 WHERE key=x'"
            + keyHex
            + "';");
  }

  static Write foreignKeysOff() {
    return of("PRAGMA foreign_keys = OFF;");
  }

  /** What a migration does between the PRAGMAs. */
  static Write rebuiltTable() {
    return of(
        "ALTER TABLE version RENAME TO temp_version;",
        "CREATE TABLE version (version INTEGER);",
        "INSERT INTO version SELECT version FROM temp_version;",
        "DROP TABLE temp_version;");
  }
}
