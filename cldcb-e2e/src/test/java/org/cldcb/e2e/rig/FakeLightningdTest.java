package org.cldcb.e2e.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cldcb.e2e.rig.TestPlugin.Mode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The rig's node behaves as lightningd does, with a plugin that stores nothing. */
class FakeLightningdTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path temp;
  private LightningDir dir;
  private TestPlugin plugin;
  private FakeLightningd node;
  private final List<String> seenFromOutside = new ArrayList<>();

  @BeforeEach
  void makeNode() {
    dir = LightningDir.create(temp.resolve("node"));
    plugin = TestPlugin.install(dir.plugins().resolve("test"), temp.resolve("told"));
    node =
        new FakeLightningd(
            dir,
            Options.standard()
                .withBeforeHook(write -> seenFromOutside.add(write.dataVersion() + ":" + read())));
  }

  @AfterEach
  void killNode() {
    node.close();
  }

  @Test
  void writesComeBeforeInitAndTheFileLagsByOneInTheHook() throws Exception {
    node.boot();
    node.write("INSERT INTO vars (name, intval) VALUES ('a', 1)");

    assertThat(plugin.told())
        .containsExactly(
            "getmanifest",
            "db_write 1",
            "db_write 2",
            "db_write 3",
            "db_write 4",
            "init",
            "db_write 5");
    assertThat(seenFromOutside).startsWith("1:none", "2:1", "3:2").endsWith("5:4");
    assertThat(node.dataVersion()).isEqualTo(5);
  }

  @Test
  void crashBeforeCommitRollsBackWhatThePluginContinued() throws Exception {
    node.boot();
    node.crashBeforeCommit();
    node.awaitOrphansGone(SOON);

    assertThat(node.isUp()).isFalse();
    assertThat(plugin.told()).endsWith("db_write 5", "eof");
    node.boot();
    assertThat(seenFromOutside).contains("5:4").endsWith("5:4", "6:5", "7:6");
  }

  @Test
  void crashDuringHookRollsBack() {
    node.boot();
    node.crashDuringHook();
    assertThat(read()).isEqualTo("4");
  }

  @Test
  void spilledTransactionLocksReadersOutDuringTheHook() {
    node.boot();
    seenFromOutside.clear();
    node.spilledTransaction();

    assertThat(seenFromOutside).containsExactly("5:SQLITE_BUSY");
    assertThat(read()).isEqualTo("5");
  }

  @Test
  void crashOfASpilledTransactionLeavesAHotJournal() {
    node.boot();
    node.crashSpilledBeforeCommit();

    assertThat(Path.of(dir.database() + "-journal")).isNotEmptyFile();
    node.boot();
    assertThat(seenFromOutside).endsWith("5:4", "6:5", "7:6");
  }

  @Test
  void crashBetweenPragmasLeavesForeignKeysOffInTheStreamOnly() throws Exception {
    node.boot();
    node.crashBetweenPragmaOffAndOn();
    assertThat(plugin.told()).contains("db_write 4", "db_write 5");

    node.boot();
    node.write("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
    node.write("CREATE TABLE child (id INTEGER REFERENCES parent(id) ON DELETE CASCADE)");
    node.write("INSERT INTO parent VALUES (1)", "INSERT INTO child VALUES (1)");
    node.write("DELETE FROM parent");
    assertThat(query("SELECT count(*) FROM child")).isEqualTo("0");
  }

  @Test
  void anyAnswerButContinueIsTheEnd() throws Exception {
    node.boot();
    plugin.become(Mode.REFUSE);
    assertThatThrownBy(() -> node.writes(1))
        .isInstanceOfSatisfying(
            HookFailed.class, failed -> assertThat(failed.pluginMessage()).isEqualTo("refused"));
    assertThat(node.isUp()).isFalse();
    assertThat(read()).isEqualTo("4");

    plugin.become(Mode.CONTINUE);
    node.boot();
    plugin.become(Mode.FAIL);
    assertThatThrownBy(() -> node.writes(1))
        .isInstanceOfSatisfying(
            HookFailed.class, failed -> assertThat(failed.pluginMessage()).isEqualTo("failed"));
  }

  @Test
  void thePluginsDeathDuringTheHookIsTheEnd() throws Exception {
    node.boot();
    plugin.become(Mode.EXIT);
    assertThatThrownBy(() -> node.writes(1)).isInstanceOf(HookFailed.class);
    assertThat(read()).isEqualTo("4");
  }

  @Test
  void onlyAnImportantPluginTakesTheNodeDownBetweenHooks() {
    node.boot();
    node.kill9Plugin();
    node.writes(1);
    assertThat(node.dataVersion()).isEqualTo(5);
    node.shutdown();

    dir.configure("important-plugin=" + dir.plugins().resolve("test"));
    node.boot();
    node.kill9Plugin();
    assertThatThrownBy(() -> node.writes(1))
        .isInstanceOf(NodeDied.class)
        .hasMessageContaining("important");
  }

  @Test
  void shutdownGoesOnWritingWhileThePluginLives() throws Exception {
    node.boot();
    ShutdownReport report = node.shutdown();

    assertThat(report.killed()).isFalse();
    assertThat(report.writes()).isEqualTo(4);
    assertThat(report.took()).isLessThan(Duration.ofSeconds(5));
    assertThat(plugin.told())
        .endsWith("shutdown", "db_write 5", "db_write 6", "db_write 7", "db_write 8");
    assertThat(dir.pidFile()).doesNotExist();
  }

  @Test
  void aNodeWithoutPluginWritesUnseen() throws Exception {
    node.boot();
    node.shutdown();
    int told = plugin.told().size();
    node.writeWithoutPlugin(3);

    assertThat(plugin.told()).hasSize(told);
    assertThat(read()).isEqualTo("11");
  }

  @Test
  void eachPluginFileIsStartedOnce() throws Exception {
    dir.configure("important-plugin=" + dir.plugins().resolve("test"));
    Path below = dir.plugins().resolve("below").resolve("second");
    TestPlugin second = TestPlugin.install(below, temp.resolve("second"));
    Files.writeString(dir.plugins().resolve("notes.txt"), "not executable");
    node.boot();

    assertThat(node.plugins()).hasSize(2);
    assertThat(second.told()).hasSize(6);
  }

  @Test
  void aSecondNodeIsRefused() {
    node.boot();
    try (FakeLightningd second = new FakeLightningd(dir)) {
      assertThatThrownBy(second::boot)
          .isInstanceOf(NodeDied.class)
          .hasMessageContaining("already running");
    }
  }

  /** The version that another process finds in the file. */
  private String read() {
    return query("SELECT intval FROM vars WHERE name = 'data_version'");
  }

  private String query(String sql) {
    try (Connection reader = DriverManager.getConnection("jdbc:sqlite:" + dir.database());
        Statement statement = reader.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 0");
      try (ResultSet row = statement.executeQuery(sql)) {
        return row.next() ? row.getString(1) : "none";
      }
    } catch (SQLiteException e) {
      return e.getResultCode() == SQLiteErrorCode.SQLITE_ERROR ? "none" : e.getResultCode().name();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
