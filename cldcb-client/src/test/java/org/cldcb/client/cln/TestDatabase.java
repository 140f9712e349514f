package org.cldcb.client.cln;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** A database with what cldcb reads of lightningd's. */
public final class TestDatabase {
  private TestDatabase() {}

  public static Path create(Path file, int pageSize, long dataVersion) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA page_size = " + pageSize);
      statement.execute("CREATE TABLE vars (name TEXT, val TEXT, intval INTEGER, blobval BLOB)");
      statement.execute(
          "INSERT INTO vars (name, intval) VALUES ('data_version', " + dataVersion + ")");
    }
    return file;
  }
}
