package org.cldcb.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlTest {
  private static final String INSERT = "INSERT INTO t (bytes) VALUES (?)";

  @TempDir private Path dir;

  @Test
  void aStatementThatFailedWorksAgainOnceTheReasonIsGone() throws Exception {
    try (Sql sql = new Sql(DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("file")))) {
      sql.execute("CREATE TABLE t (bytes BLOB)");
      sql.update(INSERT, new byte[1]);
      sql.number("PRAGMA max_page_count = 2");
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> sql.update(INSERT, new byte[100_000]))
          .withMessageContaining("FULL");
      sql.number("PRAGMA max_page_count = 1000");
      assertThat(sql.update(INSERT, new byte[100_000])).isEqualTo(1);
    }
  }

  @Test
  void aQueryThatFailedWorksAgainOnceTheReasonIsGone() throws Exception {
    String query = "SELECT json_extract(text, '$') FROM t";
    try (Sql sql = new Sql(DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("file")))) {
      sql.execute("CREATE TABLE t (text TEXT)");
      sql.execute("INSERT INTO t VALUES ('no json')");
      assertThatExceptionOfType(StoreException.class).isThrownBy(() -> sql.number(query));
      sql.execute("UPDATE t SET text = '7'");
      assertThat(sql.number(query)).isEqualTo(7);
    }
  }

  @Test
  void changesTellOfWhateverMayHaveBeenWritten() throws Exception {
    String url = "jdbc:sqlite:" + dir.resolve("file");
    try (Sql sql = new Sql(DriverManager.getConnection(url));
        Sql other = new Sql(DriverManager.getConnection(url))) {
      sql.execute("CREATE TABLE t (bytes BLOB)");
      sql.begin();
      sql.commit();
      long before = sql.changes();
      sql.begin();
      sql.number("SELECT count(*) FROM t");
      sql.commit();
      assertThat(sql.changes()).isEqualTo(before);
      other.update(INSERT, new byte[1]);
      sql.begin();
      assertThat(sql.changes()).isGreaterThan(before);
      before = sql.changes();
      sql.update(INSERT, new byte[1]);
      assertThat(sql.changes()).isGreaterThan(before);
      before = sql.changes();
      sql.rollback();
      assertThat(sql.changes()).isGreaterThan(before);
    }
  }
}
