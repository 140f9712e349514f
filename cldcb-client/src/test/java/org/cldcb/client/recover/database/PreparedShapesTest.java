package org.cldcb.client.recover.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What SQLite makes of a statement is the same, whether by its shape or as it is. */
class PreparedShapesTest {
  private static final int STATEMENTS = 2000;

  @TempDir private Path temp;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void doTheSameAsStatementsAsTheyAre(long seed) throws SQLException {
    AnyStatement statements = new AnyStatement(seed);
    try (TwoWays both = new TwoWays(temp)) {
      for (String sql : AnyStatement.SCHEMA) {
        both.run(sql);
      }
      both.setAutoCommit(false);
      for (int i = 0; i < STATEMENTS; i++) {
        both.run(statements.next());
        if (i % 100 == 0) {
          both.requireSame();
        }
      }
      both.requireSame();
      assertThat(both.byShape()).isGreaterThan(STATEMENTS / 3);
    }
  }

  @Test
  void followTheSchema() throws SQLException {
    try (TwoWays both = new TwoWays(temp)) {
      both.run("CREATE TABLE t (a, b)");
      both.run("INSERT INTO t VALUES (5, 6)");
      both.run("ALTER TABLE t ADD COLUMN c DEFAULT 7");
      both.run("INSERT INTO t VALUES (5, 6)");
      both.run("INSERT INTO t VALUES (5, 6, 7)");
      both.run("UPDATE t SET a=8; DROP TABLE t; CREATE TABLE t (a TEXT, b, c)");
      both.run("INSERT INTO t VALUES (5, 6, 7)");
      both.run("CREATE TRIGGER r AFTER INSERT ON t BEGIN UPDATE t SET b = new.a + 1; END");
      both.run("INSERT INTO t VALUES (5, 6, 7)");
      assertThat(both.byShape()).isEqualTo(3);
      both.requireSame();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TRIGGER r AFTER INSERT ON t BEGIN UPDATE t SET a = 1; END",
        "CREATE TEMP TRIGGER r AFTER INSERT ON t BEGIN UPDATE t SET a = 1; END",
        "CREATE VIEW v AS SELECT 5 FROM t",
        "CREATE VIRTUAL TABLE f USING fts5(a)",
        "CREATE INDEX i ON t(a) WHERE \"a\" = 5",
        "ANALYZE",
      })
  void leaveSpecialSchemasAlone(String special) throws SQLException {
    try (TwoWays both = new TwoWays(temp)) {
      both.run("CREATE TABLE t (a)");
      both.run("CREATE INDEX plain ON t(a)");
      both.run("INSERT INTO t VALUES (5)");
      assertThat(both.byShape()).isEqualTo(1);
      both.run(special);
      both.run("INSERT INTO t VALUES (5)");
      assertThat(both.byShape()).isEqualTo(1);
      both.requireSame();
    }
  }

  @Test
  void prepareOnlySoMany() throws SQLException {
    try (TwoWays both = new TwoWays(temp)) {
      both.run("CREATE TABLE t (a)");
      for (int i = 0; i < 1000; i++) {
        both.run("INSERT INTO t VALUES (5 - " + i + ")");
      }
      both.run("INSERT INTO t VALUES (5 - 3)");
      assertThat(both.byShape()).isEqualTo(1001);
      both.requireSame();
    }
  }
}
