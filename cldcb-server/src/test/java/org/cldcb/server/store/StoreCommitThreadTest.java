package org.cldcb.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StoreCommitThreadTest {
  private CommitThread commits;

  @BeforeEach
  void start() throws Exception {
    commits = new CommitThread(new Sql(DriverManager.getConnection("jdbc:sqlite::memory:")));
    Client.join(commits.urgent(sql -> sql.update("CREATE TABLE t (n INTEGER)")));
  }

  @AfterEach
  void stop() {
    commits.close();
  }

  private CompletableFuture<Integer> insert(int n) {
    return commits.urgent(sql -> sql.update("INSERT INTO t VALUES (?)", n));
  }

  private long count() {
    return Client.join(commits.bulk(0, sql -> sql.number("SELECT count(*) FROM t")));
  }

  @Test
  void evenAnErrorEndsOnlyTheRequestThatItCameFrom() {
    CompletableFuture<Void> begun = new CompletableFuture<>();
    CompletableFuture<Integer> slow = commits.urgent(sql -> begun.thenApply(nothing -> 1).join());
    CompletableFuture<Integer> before = insert(1);
    CompletableFuture<Integer> failing =
        commits.urgent(
            sql -> {
              sql.update("INSERT INTO t VALUES (99)");
              throw new StackOverflowError("as deep as it goes");
            });
    CompletableFuture<Integer> after = insert(2);
    begun.complete(null);
    Client.join(slow);
    assertThat(failing).failsWithin(10, TimeUnit.SECONDS);
    Client.join(before);
    Client.join(after);
    assertThat(count()).isEqualTo(2);
  }

  @Test
  void requestsOfOneKindAreDoneInTheirOrder() {
    CompletableFuture<Void> begun = new CompletableFuture<>();
    commits.urgent(sql -> begun.thenApply(nothing -> 1).join());
    IntStream.range(0, 4999).forEach(this::insert);
    CompletableFuture<Integer> last = insert(4999);
    begun.complete(null);
    Client.join(last);
    assertThat(count()).isEqualTo(5000);
    List<Integer> inserted =
        Client.join(
            commits.bulk(
                0, sql -> sql.list("SELECT n FROM t ORDER BY rowid", row -> row.getInt(1))));
    assertThat(inserted).isSorted();
  }

  @Test
  void bulkGoesOnWhileUrgentRequestsCome() {
    CompletableFuture<Integer> bulk = commits.bulk(1 << 30, sql -> 1);
    CompletableFuture<Integer> second = commits.bulk(1 << 30, sql -> 2);
    for (int i = 0; i < 100; i++) {
      insert(i);
    }
    assertThat(Client.join(bulk)).isEqualTo(1);
    assertThat(Client.join(second)).isEqualTo(2);
  }
}
