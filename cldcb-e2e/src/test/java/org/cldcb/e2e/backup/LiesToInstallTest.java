package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cldcb.e2e.backup.Falsehood.garbage;
import static org.cldcb.e2e.backup.Falsehood.hash;
import static org.cldcb.e2e.backup.Falsehood.lie;
import static org.cldcb.e2e.backup.Falsehood.refused;
import static org.cldcb.e2e.backup.Falsehood.resized;
import static org.cldcb.e2e.backup.Falsehood.signature;
import static org.cldcb.e2e.backup.Falsehood.theirs;
import static org.cldcb.e2e.backup.Falsehood.withHead;
import static org.cldcb.e2e.rig.Lie.altered;
import static org.cldcb.e2e.rig.Lie.answer;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.cldcb.chain.Claim;
import org.cldcb.chain.Head;
import org.cldcb.e2e.rig.FakeLightningd;
import org.cldcb.e2e.rig.Finished;
import org.cldcb.e2e.rig.Folders;
import org.cldcb.e2e.rig.Liar;
import org.cldcb.e2e.rig.Lie;
import org.cldcb.e2e.rig.LightningDir;
import org.cldcb.wire.Based;
import org.cldcb.wire.ClaimRequest;
import org.cldcb.wire.Claimed;
import org.cldcb.wire.ErrorCode;
import org.cldcb.wire.ErrorMessage;
import org.cldcb.wire.Flags;
import org.cldcb.wire.Hello;
import org.cldcb.wire.Pong;
import org.cldcb.wire.PutManifest;
import org.cldcb.wire.RefusalCode;
import org.cldcb.wire.Superseded;
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

/** A server that lies to {@code install}: one line says so, and all is as it was. */
@TestInstance(Lifecycle.PER_CLASS)
class LiesToInstallTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private Site site;
  private Liar liar;

  /** The node's database, without any sign of a plugin. */
  private LightningDir bare;

  private ServerSocket silence;
  private CompletableFuture<Finished> toSilence;

  @BeforeAll
  void makeSite(@TempDir Path folder) throws Exception {
    site = new Site(folder);
    site.installed();
    site.node().boot();
    site.node().writes(3);
    site.node().shutdown();
    bare = site.withoutPlugin();
    liar = site.hostileServer();
    silence = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    LightningDir waiting = site.withoutPlugin();
    // It takes as long as the client has patience.
    toSilence = CompletableFuture.supplyAsync(() -> install(waiting, silentContact()));
  }

  private String silentContact() {
    return site.server().contact().replaceFirst(":\\d+$", ":" + silence.getLocalPort());
  }

  @AfterAll
  void close() throws Exception {
    silence.close();
    site.close();
  }

  private Finished install(LightningDir dir, String contact, String... more) {
    List<String> options = new ArrayList<>(List.of("--server=" + contact, "--yes"));
    options.addAll(List.of(more));
    return site.executables().clientHere(dir, "install", options.toArray(String[]::new));
  }

  static Stream<Arguments> lies() {
    return Stream.of(toTheHello(), errors(), toTheClaim(), refusals()).flatMap(each -> each);
  }

  private static Stream<Arguments> toTheHello() {
    Head later = new Head(9, 9_999, 9_999, hash(1));
    Claim unsigned = new Claim(9, theirs(), signature(), signature());
    return Stream.of(
        lie("a later head", "wrote on", altered(Welcome.class, w -> withHead(w, later))),
        lie("superseded", "claimed", answer(Hello.class, h -> Stream.of(new Superseded(unsigned)))),
        lie("another message", "out of place", altered(Welcome.class, w -> new Pong(0))),
        lie(
            "a byte too few",
            "ends 1 bytes early",
            altered(Welcome.class, w -> resized(w.encode(), -1))),
        lie("what isn't encrypted", "tampered with", altered(Welcome.class, w -> garbage())));
  }

  private static Stream<Arguments> errors() {
    return Stream.of(ErrorCode.values())
        .map(
            code ->
                lie(
                    "error " + code,
                    code == ErrorCode.NOT_ALLOWED ? "doesn't know this node" : "so it says",
                    answer(Hello.class, h -> Stream.of(new ErrorMessage(code, "so it says")))));
  }

  private static Stream<Arguments> toTheClaim() {
    Claim unsigned = new Claim(9, theirs(), signature(), signature());
    return Stream.of(
        claim("another number", "acknowledged another claim", new Claimed(9)),
        claim("another message", "out of place", new Pong(0)),
        claim("a byte too few", "ends 1 bytes early", resized(new Claimed(2).encode(), -1)),
        claim("what isn't encrypted", "tampered with", garbage()),
        claim("superseded", "claimed", new Superseded(unsigned)));
  }

  private static Arguments claim(String what, String says, Object answer) {
    return lie("to the claim " + what, says, answer(ClaimRequest.class, c -> Stream.of(answer)));
  }

  private static Stream<Arguments> refusals() {
    return Stream.of(RefusalCode.values())
        .map(
            code ->
                lie(
                    "refused " + code,
                    "",
                    answer(ClaimRequest.class, c -> Stream.of(refused(code.number())))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lies")
  void nothingIsInstalled(String what, String says, Lie[] lies) {
    liar.tell(lies);
    Map<String, String> before = Folders.digests(bare.base());
    assertRefused(install(bare, site.server().contact()), says);
    assertThat(liar.told()).isPositive();
    assertThat(Folders.digests(bare.base())).isEqualTo(before);
  }

  @Test
  void silenceEndsToo() {
    assertRefused(toSilence.join(), "no connection to the server");
    assertThat(bare.wrapper()).doesNotExist();
  }

  /** The installation that is there stays, whatever becomes of the next one. */
  @Test
  void anotherBaseAcknowledgedLeavesTheInstallationThatIsThere() {
    liar.tell(
        answer(
            PutManifest.class,
            m -> Stream.of(new Based(new Head(9, 9, 9, hash(1)), new Flags(true, false, false)))));
    Map<String, String> before = Folders.digests(site.dir().base());
    assertRefused(
        install(site.dir(), site.server().contact(), "--replace-backup"),
        "acknowledged another base");
    assertThat(Folders.digests(site.dir().base())).isEqualTo(before);
    liar.tell();
    site.node().boot();
    site.node().shutdown();
    site.assertRecoverable();
    // For the other cases: these go on from what they were made of.
    Site.deleteAll(bare.base());
    bare = site.withoutPlugin();
  }

  /** Nobody can tell it from a true one. The plugin can, and so nothing is lost. */
  @Test
  void aClaimThatWasNeverMadeLetsNoWriteThrough() {
    liar.tell(answer(ClaimRequest.class, c -> Stream.of(new Claimed(c.number()))));
    LightningDir dir = site.withoutPlugin();
    install(dir, site.server().contact()).orFail();
    liar.tell();
    try (FakeLightningd node = Site.newNode(dir)) {
      CompletableFuture<Void> start = CompletableFuture.runAsync(node::boot);
      node.log().await(line -> line.message().contains("known to the server as the writer"), SOON);
      assertThat(start).isNotDone();
    }
  }

  private static void assertRefused(Finished finished, String says) {
    assertThat(finished.exit()).as(finished.toString()).isEqualTo(1);
    assertThat(finished.err().lines().filter(line -> line.startsWith("cldcb-client: ")))
        .as(finished.toString())
        .anyMatch(line -> line.contains(says));
    assertThat(finished.err()).doesNotContain("\tat ").doesNotContain("Exception");
  }
}
