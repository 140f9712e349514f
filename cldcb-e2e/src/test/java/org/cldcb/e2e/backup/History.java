package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.cldcb.e2e.rig.Dump;
import org.cldcb.e2e.rig.Options;
import org.cldcb.e2e.rig.Write;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * What a node was promised, noted outside of the processes that promise: which db_write was sent
 * last, and whether it was answered {@code continue}. Thread-safe.
 */
final class History {
  /** sqlite-jdbc would refuse what is over 1 MB. */
  private static final String LARGEST_STATEMENT = "1000000000";

  private @Nullable Write last;
  private boolean answered;
  private long acknowledged;
  private long version;

  /** The database that was backed up last, while the node's has writes that no plugin saw. */
  private @Nullable Path seen;

  /** A node's options that note everything here. */
  Options notedBy(Options options) {
    return options.withBeforeHook(this::sends).withAfterHook(nanos -> acknowledges());
  }

  private synchronized void sends(Write write) {
    last = write;
    answered = false;
  }

  private synchronized void acknowledges() {
    answered = true;
    acknowledged++;
    version = last == null ? version : last.dataVersion();
    seen = null;
  }

  /**
   * From here on the node writes without its plugin.
   *
   * @param committed what its database is by now
   */
  synchronized void goesOnUnseen(Path committed) {
    if (seen == null) {
      seen = committed;
    }
    last = null;
  }

  /** How many writes were answered {@code continue}. */
  synchronized long acknowledged() {
    return acknowledged;
  }

  /** The data_version of the last one of them. */
  synchronized long acknowledgedVersion() {
    return version;
  }

  /**
   * Compares what a recovery gives with what it must give: all that the node committed, the last
   * write if that was acknowledged though it never committed, and nothing else. If it was only
   * sent, both are right.
   */
  synchronized void check(Path recovered, Path committed) {
    long there = version(recovered);
    Path before = seen;
    if (before != null && there == version(before)) {
      // Nothing that came after was promised.
      Site.assertSame(Dump.of(recovered), Dump.of(before));
      return;
    }
    long here = version(committed);
    if (there != here) {
      Write write = last;
      assertThat(write).isNotNull();
      assertThat(there).as("recovered, while the node has %s", here).isEqualTo(here + 1);
      assertThat(write.dataVersion()).isEqualTo(there);
      apply(write, committed);
    } else {
      assertThat(answered && isUncommitted(here)).as("an acknowledged write is lost").isFalse();
    }
    Site.assertSame(Dump.of(recovered), Dump.of(committed));
  }

  private boolean isUncommitted(long committedVersion) {
    Write write = last;
    return write != null && write.dataVersion() > committedVersion;
  }

  private static long version(Path database) {
    try (Connection connection = open(database);
        Statement statement = connection.createStatement();
        var row = statement.executeQuery("SELECT intval FROM vars WHERE name = 'data_version'")) {
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void apply(Write write, Path database) {
    try (Connection connection = open(database);
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN");
      for (String each : write.statements()) {
        statement.execute(each);
      }
      statement.execute("COMMIT");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Connection open(Path database) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.enforceForeignKeys(true);
    config.setPragma(SQLiteConfig.Pragma.LIMIT_SQL_LENGTH, LARGEST_STATEMENT);
    return config.createConnection("jdbc:sqlite:" + database);
  }
}
