package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.cldcb.e2e.rig.Dump;
import org.cldcb.e2e.rig.NodeDied;
import org.cldcb.e2e.rig.Waiting;
import org.cldcb.e2e.rig.Write;
import org.junit.jupiter.api.Test;

/** What a plugin does on its first write, each row of the table with a real database. */
class DecisionTableTest extends BackedUpNodeTest {
  @Test
  void inStepItAppends() {
    site.node().restart();
    site.node().writes(5);
    assertThat(site.status().get("branches").asInt()).isZero();
    site.node().shutdown();
    site.assertRecoverable();
  }

  @Test
  void aWriteThatNeverCommittedIsReplaced() {
    site.node().crashBeforeCommit();
    site.node().boot();
    site.node().writes(5);
    assertThat(site.node().log().has("never committed")).isTrue();
    assertThat(site.status().get("branches").asInt()).isEqualTo(1);
    site.node().shutdown();
    site.assertRecoverable();
  }

  @Test
  void aWriteThatWasNeverAnsweredIsReplacedOrNew() {
    site.node().crashDuringHook();
    site.node().boot();
    site.node().writes(5);
    site.node().shutdown();
    site.assertRecoverable();
  }

  @Test
  void missedWritesMakeABase() {
    site.node().shutdown();
    site.node().writeWithoutPlugin(7);
    site.node().boot();
    site.node().writes(5);
    assertThat(site.node().log().has("full backup complete")).isTrue();
    site.node().shutdown();
    site.assertRecoverable();
  }

  @Test
  void aSingleMissedWriteMakesABase() {
    site.node().shutdown();
    site.node().writeWithoutPlugin(1);
    site.node().boot();
    site.node().shutdown();
    site.assertRecoverable();
  }

  @Test
  void oneUncommittedAndThenOneMissedWriteAreMendedByTheBaseAtTheStart() {
    site.node().crashBeforeCommit();
    site.node().writeWithoutPlugin(1);
    int generation = site.status().get("generation").asInt();
    site.node().boot();
    Waiting.until(
        () -> site.status().get("generation").asInt() > generation,
        SOON,
        () -> "the base at the start");
    site.node().writes(3);
    site.node().shutdown();
    site.assertRecoverable();
  }

  @Test
  void aMigrationThatCrashedBetweenItsPragmasRecovers() {
    site.node().crashBetweenPragmaOffAndOn();
    site.node().boot();
    site.node().writes(5);
    site.node().shutdown();
    site.assertRecoverable();
  }

  @Test
  void aBaseWithinAMigrationKeepsForeignKeysOff() {
    site.node()
        .write(
            "CREATE TABLE parent (id INTEGER PRIMARY KEY)",
            "CREATE TABLE child (id INTEGER REFERENCES parent (id) ON DELETE CASCADE)",
            "INSERT INTO parent VALUES (1)",
            "INSERT INTO child VALUES (1)");
    Path copy = site.copyStore();
    site.node().writes(2);
    site.node().replay(pragma("OFF"));
    // The server lost data: the next write makes a base, between the two PRAGMAs.
    site.restoreStore(copy);
    site.node().write("DELETE FROM parent", "INSERT INTO parent VALUES (1)");
    assertThat(site.node().log().has("full backup complete")).isTrue();
    site.node().replay(pragma("ON"));
    site.node().writes(2);
    site.node().shutdown();
    site.assertRecoverable();
  }

  private Write pragma(String value) {
    String statement = "PRAGMA foreign_keys = " + value + ";";
    return new Write(site.node().dataVersion(), List.of(statement));
  }

  @Test
  void anOlderDatabaseHaltsAndTheBackupStays() throws Exception {
    Dump newest = goBackToAnOlderDatabase();
    assertThatThrownBy(() -> site.node().boot())
        .isInstanceOf(NodeDied.class)
        .hasMessageContaining("old database loses money");
    Site.assertSame(site.recovered(), newest);
  }

  @Test
  void anOlderDatabaseGoesOnWhenItsOperatorSaysSo() throws Exception {
    goBackToAnOlderDatabase();
    assertThat(site.install().exit()).isEqualTo(1);
    site.install("--replace-backup").orFail();
    site.node().boot();
    site.node().writes(5);
    assertThat(site.status().get("branches").asInt()).isEqualTo(1);
    site.node().shutdown();
    site.assertRecoverable();
  }

  /** What the newer one held, which is backed up. */
  private Dump goBackToAnOlderDatabase() throws IOException {
    site.node().shutdown();
    Path old = temp.resolve("old.sqlite3");
    Files.copy(site.dir().database(), old);
    site.node().boot();
    site.node().writes(5);
    site.node().shutdown();
    Dump newest = Dump.of(site.dir().database());
    Files.copy(old, site.dir().database(), StandardCopyOption.REPLACE_EXISTING);
    return newest;
  }

  @Test
  void aSpilledTransactionIsBackedUpWhole() {
    site.node().spilledTransaction();
    site.node().writes(2);
    site.node().shutdown();
    site.assertRecoverable();
  }

  @Test
  void aBaseDuringASpilledTransactionHoldsCommittedContentOnly() {
    site.node().shutdown();
    site.node().writeWithoutPlugin(3);
    site.node().start();
    // The first write after a gap makes a base in its hook, while it holds the EXCLUSIVE lock.
    site.node().crashSpilledBeforeCommit();
    site.node().boot();
    site.node().shutdown();
    site.assertRecoverable();
  }

  @Test
  void aGapFoundByASpilledTransactionThatCommitsIsBackedUpWhole() {
    site.node().shutdown();
    site.node().writeWithoutPlugin(3);
    site.node().start();
    site.node().spilledTransaction();
    site.node().init(() -> {});
    site.node().shutdown();
    site.assertRecoverable();
  }
}
