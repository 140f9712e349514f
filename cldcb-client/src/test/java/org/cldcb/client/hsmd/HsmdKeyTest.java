package org.cldcb.client.hsmd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.cldcb.chain.Network;
import org.cldcb.crypto.HsmSecret;
import org.cldcb.crypto.NodeKey;
import org.cldcb.crypto.PublicKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HsmdKeyTest {
  private static final ChainParameters REGTEST =
      ChainParameters.of(new Network("regtest")).orElseThrow();
  private static final PublicKey POINT =
      PublicKey.fromHex("02c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5");

  @TempDir private Path folder;
  private ScriptedHsmd hsmd;
  private Path program;

  @BeforeEach
  void makeHsmd() throws Exception {
    hsmd = new ScriptedHsmd(folder);
  }

  @Test
  void asksAndUnderstandsAsLightningdDoes() throws Exception {
    program = hsmd.plays("plain").program();
    try (NodeKey key = open(null);
        NodeKey local = localKey()) {
      assertThat(key.nodeId()).isEqualTo(local.nodeId());
      assertThat(key.sign("hello")).isEqualTo(local.sign("hello"));
      assertThat(key.ecdh(POINT)).isEqualTo(local.ecdh(POINT));
    }
    List<String> turns = ScriptedHsmd.recorded("plain");
    assertThat(hsmd.taken()).containsExactly(turns.get(0), turns.get(2), turns.get(4));
  }

  @Test
  void passesThePassphraseOn() throws Exception {
    program = hsmd.plays("passphrase").program();
    open("correct horse".getBytes(UTF_8)).close();

    assertThat(hsmd.taken().get(0)).isEqualTo(ScriptedHsmd.recorded("passphrase").get(0));
  }

  @Test
  void speaksTheVersionBeforeToo() throws Exception {
    String reply = ScriptedHsmd.recorded("plain").get(1);
    assertThat(reply).startsWith("007200000006");
    program = hsmd.isAsked().answers("007200000005" + reply.substring(12)).waits().program();

    open(null).close();
  }

  @Test
  void aLongPassphraseHasALongLength() {
    byte[] passphrase = "x".repeat(300).getBytes(UTF_8);
    String message = HexFormat.of().formatHex(HsmdWire.init(REGTEST, passphrase));

    assertThat(message).endsWith("01fd012d" + "78".repeat(300) + "00");
  }

  @Test
  void findsAllAsIfLightningdHadStartedIt() throws Exception {
    program =
        hsmd.shell("[ -S /dev/fd/0 ] && [ -S /dev/fd/3 ] && [ $# = 0 ] || exit 9")
            .shell("pwd -P >where; ls /proc/$$/fd >descriptors")
            .plays("plain")
            .program();
    open(null).close();

    assertThat(folder.resolve("where")).hasContent(folder.toRealPath().toString());
    assertThat(Files.readAllLines(folder.resolve("descriptors")))
        .contains("0", "1", "2", "3")
        // the shell's own are from 10 on, for the script
        .allMatch(descriptor -> descriptor.length() > 1 || "0123".contains(descriptor));
  }

  @Test
  void isNotWaitedForIfItHangs() throws Exception {
    program = hsmd.shell("echo $$ >pid; trap '' TERM; while :; do sleep 60; done").program();

    assertFails("gave no answer to hsmd_init within 1 s");
    assertGone();
  }

  @Test
  void isNotWaitedForIfItDripFeeds() throws Exception {
    program =
        hsmd.shell("echo $$ >pid; printf '\\0\\0\\1\\0' >&3")
            .shell("while sleep 0.1; do printf '\\0' >&3 || exit; done")
            .program();

    assertFails("gave no answer to hsmd_init within 1 s");
    assertGone();
  }

  @Test
  void endsWhenItIsLeft() throws Exception {
    program = hsmd.shell("echo $$ >pid").begins().waits().program();
    open(null).close();

    assertGone();
  }

  @Test
  void failsWhereTheDeviceIsGoneLater() throws Exception {
    program = hsmd.begins().shell("exit 4").program();
    try (NodeKey key = open(null)) {
      assertThatThrownBy(() -> key.ecdh(POINT))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("ended with exit code 4 instead of answering an ECDH request");
      assertThatThrownBy(() -> key.ecdh(POINT)).isInstanceOf(UncheckedIOException.class);
    }
  }

  @Test
  void aSharedSecretHas32Bytes() throws Exception {
    program = hsmd.begins().answers("0064" + "00".repeat(31)).waits().program();
    try (NodeKey key = open(null)) {
      assertThatThrownBy(() -> key.ecdh(POINT))
          .hasMessageContaining("answered an ECDH request with garbage");
    }
  }

  @Test
  void muchOnStderrAndStatusStopsNothing() throws Exception {
    program =
        hsmd.shell("head -c 3000000 /dev/zero >&2")
            .shell("printf '\\377\\377\\377\\377' >&0; head -c 3000000 /dev/zero >&0")
            .plays("plain")
            .program();
    try (NodeKey key = open(null)) {
      assertThat(key.nodeId().hex()).startsWith("02418db6");
    }
  }

  private void assertFails(String message) {
    long begin = System.nanoTime();
    assertThatThrownBy(() -> open(null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
  }

  private void assertGone() throws IOException {
    long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
  }

  private NodeKey open(byte[] passphrase) throws IOException {
    return HsmdKey.open(program, folder, REGTEST, passphrase, Duration.ofSeconds(1));
  }

  private static NodeKey localKey() throws Exception {
    try (var in = HsmdKeyTest.class.getResourceAsStream("/vectors/hsm/hsm_secret.H32")) {
      return HsmSecret.parse(in.readAllBytes());
    }
  }
}
