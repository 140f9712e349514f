package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cldcb.e2e.backup.Falsehood.hash;
import static org.cldcb.e2e.backup.Falsehood.withHead;
import static org.cldcb.e2e.rig.Lie.altered;
import static org.cldcb.e2e.rig.Lie.answer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.cldcb.chain.Head;
import org.cldcb.codec.Hash;
import org.cldcb.e2e.rig.Liar;
import org.cldcb.e2e.rig.Lie;
import org.cldcb.e2e.rig.LogLine;
import org.cldcb.e2e.rig.NodeDied;
import org.cldcb.e2e.rig.Waiting;
import org.cldcb.wire.Append;
import org.cldcb.wire.Appended;
import org.cldcb.wire.Message;
import org.cldcb.wire.Pong;
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

  /** It has the version of what the database holds: only what was acknowledged tells them apart. */
  @Test
  void aRecordOfABranchPassedOffAsTheHead() {
    List<Append> sent = new CopyOnWriteArrayList<>();
    liar.tell(heard(sent));
    site.node().crashBeforeCommit();
    Append never = sent.get(sent.size() - 1);
    site.node().start();
    site.node().writes(1);
    Append instead = sent.get(sent.size() - 1);
    assertThat(instead.position().seq()).isEqualTo(never.position().seq());
    awaitKept(LiesAboutWrites.digest(instead));
    site.node().crash();

    List<Append> spliced = new CopyOnWriteArrayList<>();
    liar.tell(
        altered(
            Welcome.class,
            w -> withHead(w, never.position().headWith(LiesAboutWrites.digest(never)))),
        answer(
            Append.class,
            a -> {
              spliced.add(a);
              return Stream.of(LiesAboutWrites.acked(a));
            }));
    site.node().start();
    CompletableFuture<Void> write = CompletableFuture.runAsync(() -> site.node().writes(1));
    try {
      site.node()
          .log()
          .await(line -> line.message().contains("another record than it acknowledged"), SOON);
      assertThat(write).isNotDone();
    } finally {
      liar.tell();
    }
    write.join();
    assertThat(spliced).isEmpty();
    site.node().init(() -> {});
  }

  private static Lie heard(List<Append> appends) {
    return new Lie() {
      @Override
      public Optional<Stream<?>> asked(Message request) {
        if (request instanceof Append append) {
          appends.add(append);
        }
        return Optional.empty();
      }
    };
  }

  private void awaitKept(Hash digest) {
    Path heads = site.dir().networkDir().resolve(".cldcb-heads");
    Waiting.until(() -> hex(heads).contains(digest.hex()), SOON, () -> "the head in " + heads);
  }

  private static String hex(Path file) {
    try {
      return HexFormat.of().formatHex(Files.readAllBytes(file));
    } catch (IOException e) {
      return "";
    }
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

  /** What follows would be sealed at a place that no chain has. */
  @Test
  void itsOwnRecordAtAnotherPlaceIsNotTakenForIt() {
    liar.tell(
        altered(Appended.class, a -> new Pong(0)).times(1),
        altered(Welcome.class, w -> withHead(w, farther(w.head()))));
    assertThatThrownBy(() -> site.node().writes(1)).isInstanceOf(NodeDied.class);
    liar.tell();
    site.node().boot();
    assertNoTombstone();
  }

  private static Head farther(Head head) {
    return new Head(head.generation(), head.seq() + 5, head.dataVersion(), head.digest());
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
