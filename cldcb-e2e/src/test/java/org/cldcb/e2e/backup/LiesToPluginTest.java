package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cldcb.e2e.backup.Falsehood.hash;
import static org.cldcb.e2e.backup.Falsehood.withHead;
import static org.cldcb.e2e.rig.Lie.altered;
import static org.cldcb.e2e.rig.Lie.answer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.cldcb.chain.Head;
import org.cldcb.e2e.rig.Liar;
import org.cldcb.e2e.rig.Lie;
import org.cldcb.e2e.rig.LogLine;
import org.cldcb.e2e.rig.NodeDied;
import org.cldcb.e2e.rig.Waiting;
import org.cldcb.wire.Append;
import org.cldcb.wire.Welcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A server that lies to a plugin: the plugin says what it waits for, lets no write through on a lie
 * that it can see, halts on none, and goes on when the lie ends.
 */
@TestInstance(Lifecycle.PER_CLASS)
class LiesToPluginTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private Site site;
  private Liar liar;

  @BeforeAll
  void makeSite(@TempDir Path folder) {
    site = new Site(folder);
    site.installed();
    liar = site.hostileServer();
    site.node().boot();
    site.node().writes(3);
  }

  @AfterAll
  void recoverAndClose() {
    try {
      site.node().shutdown();
      site.assertRecoverable();
    } finally {
      site.close();
    }
  }

  Stream<Arguments> toAnAppend() throws Exception {
    return Stream.of(
            LiesAboutWrites.answersToAnAppend(),
            LiesAboutWrites.refusals(),
            LiesAboutWrites.errors(),
            LiesAboutWrites.supersessions(site.dir()))
        .flatMap(each -> each);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void toAnAppend(String what, String says, Lie[] lies) {
    waitsAndGoesOn(says, lies);
  }

  static Stream<Arguments> toAHello() {
    return Stream.concat(LiesAboutSessions.welcomes(), LiesAboutSessions.answersToABase());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void toAHello(String what, String says, Lie[] lies) {
    liar.cutAll();
    waitsAndGoesOn(says, lies);
  }

  @Test
  void anotherGenerationIsPutRightByTheServersRefusal() {
    liar.cutAll();
    liar.tell(
        altered(
            Welcome.class,
            w ->
                withHead(
                    w,
                    new Head(
                        w.head().generation() + 1,
                        w.head().seq(),
                        w.head().dataVersion(),
                        w.head().digest()))));
    int said = site.node().log().lines().size();
    site.node().writes(2);
    assertThat(liar.told()).isPositive();
    assertThat(news(said)).noneMatch(line -> line.message().contains("making a full backup"));
  }

  @Test
  void aBaseSaidToBeGoneIsMadeAnew() {
    int said = site.node().log().lines().size();
    liar.cutAll();
    liar.tell(LiesAboutSessions.noBase());
    site.node().writes(2);
    assertThat(news(said)).anyMatch(line -> line.message().contains("making a full backup"));
  }

  /** Nobody can tell it from a true one; the next write shows what became of it. */
  @Test
  void anAckWithoutStoringIsSeenAtTheNextWrite() {
    int said = site.node().log().lines().size();
    liar.tell(answer(Append.class, a -> Stream.of(LiesAboutWrites.acked(a))));
    site.node().writes(1);
    liar.tell();
    site.node().writes(1);
    assertThat(news(said)).anyMatch(line -> line.message().contains("making a full backup"));
  }

  /** Uptime is all that it costs: a server can refuse service in many ways. */
  @Test
  void anInventedHeadHaltsTheNodeAndNothingIsLost() {
    liar.cutAll();
    liar.tell(altered(Welcome.class, w -> withHead(w, later(w.head()))));
    assertThatThrownBy(() -> site.node().writes(1))
        .isInstanceOf(NodeDied.class)
        .hasMessageContaining("somebody else wrote this node's backup");
    assertThatThrownBy(() -> site.node().boot())
        .isInstanceOf(NodeDied.class)
        .hasMessageContaining("an old database loses money");
    liar.tell();
    site.node().boot();
    site.node().writes(1);
    assertNoTombstone();
  }

  private static Head later(Head head) {
    return new Head(head.generation(), head.seq() + 9, head.dataVersion() + 9, hash(1));
  }

  private void assertNoTombstone() {
    assertThat(site.dir().base().resolve("plugins")).isDirectoryNotContaining("glob:**.superseded");
  }

  private void waitsAndGoesOn(String says, Lie... lies) {
    long before = site.node().dataVersion();
    int said = site.node().log().lines().size();
    liar.tell(lies);
    CompletableFuture<Void> write = CompletableFuture.runAsync(() -> site.node().writes(1));
    try {
      Waiting.until(
          () -> news(said).anyMatch(line -> line.message().contains(says)) && liar.told() > 1,
          SOON,
          () -> says + "; " + news(said).toList());
      assertThat(write).as(news(said).toList().toString()).isNotDone();
    } finally {
      liar.tell();
    }
    write.join();
    assertThat(site.node().dataVersion()).isEqualTo(before + 1);
    assertNoTombstone();
  }

  private Stream<LogLine> news(int from) {
    return site.node().log().lines().stream().skip(from);
  }
}
