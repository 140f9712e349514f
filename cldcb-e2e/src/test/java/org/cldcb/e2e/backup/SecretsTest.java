package org.cldcb.e2e.backup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cldcb.crypto.HsmSecret;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.e2e.rig.LightningDir;
import org.cldcb.e2e.rig.NodeDied;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys and SQL stay where they belong, whatever goes well or wrong. */
class SecretsTest extends SiteTest {
  private static final String MARKER = "cldcb_planted_statement";

  private final Map<String, byte[]> secrets = new LinkedHashMap<>();
  private final StringBuilder seen = new StringBuilder();

  @BeforeEach
  void backUpANode() throws IOException {
    see(site.install().all());
    byte[] secret = Files.readAllBytes(site.dir().hsmSecret());
    try (PrivateKey nodeKey = HsmSecret.deriveNodeKey(secret)) {
      secrets.put("hsm_secret", secret);
      secrets.put("the node's key", nodeKey.bytes());
    }
    String wrapper = Files.readString(site.dir().wrapper());
    secrets.put("the delegate's key", field(wrapper, "delegate-key"));
    secrets.put("the chunk id key", field(wrapper, "chunk-id-key"));
    secrets.put(
        "the server's key", hex(Files.readString(site.server().dataDir().resolve("server.key"))));
    site.node().boot();
    site.node().write("CREATE TABLE " + MARKER + " (a)");
    site.node().writes(3);
  }

  @Test
  void noneShowsInOutputsLogsArgumentsOrTheEnvironment() throws IOException {
    for (ProcessHandle plugin : site.node().plugins()) {
      seeProcess(plugin.pid());
    }
    seeProcess(site.server().pid());
    see(site.status().toString());
    site.killServer();
    site.node().writes(2);
    LightningDir other = site.recoverElsewhere();
    assertThatThrownBy(() -> site.node().writes(1)).isInstanceOf(NodeDied.class);
    see(site.recover(other).all());
    spoil(site.dir().wrapper());
    see(site.recover(site.emptyDir(), "--to=" + temp.resolve("x")).all());
    site.node().log().lines().forEach(line -> see(line.message()));
    site.server().output().forEach(this::see);

    secrets.forEach(
        (name, bytes) -> assertAbsent(name, bytes, seen.toString().getBytes(ISO_8859_1)));
    assertThat(seen).contains("claimed by another installation").doesNotContain(MARKER);
  }

  @Test
  void theServerHasNoneOfTheNodesOnItsDisk() throws IOException {
    site.server().stop();
    try (Stream<Path> files = Files.walk(site.server().dataDir())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] content = Files.readAllBytes(file);
        for (Map.Entry<String, byte[]> secret : secrets.entrySet()) {
          boolean own = secret.getKey().equals("the server's key");
          if (!own || !file.endsWith("server.key")) {
            assertAbsent(secret.getKey() + " in " + file.getFileName(), secret.getValue(), content);
          }
        }
        assertThat(new String(content, ISO_8859_1)).doesNotContain(MARKER);
      }
    }
  }

  @Test
  void whatHoldsKeysIsTheOwnersOnly() throws IOException {
    assertThat(mode(site.dir().wrapper())).isEqualTo("rwx------");
    assertThat(mode(site.server().dataDir())).isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(site.server().dataDir())) {
      assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(mode(file)).endsWith("------"));
    }
  }

  private void seeProcess(long pid) throws IOException {
    see(Files.readString(Path.of("/proc/" + pid + "/cmdline"), ISO_8859_1));
    see(Files.readString(Path.of("/proc/" + pid + "/environ"), ISO_8859_1));
  }

  private void see(String text) {
    seen.append(text).append('\n');
  }

  /** A wrapper that can't be read is complained about without being quoted. */
  private void spoil(Path wrapper) throws IOException {
    String text = Files.readString(wrapper);
    Files.writeString(wrapper, text.replace("delegate-key", "delegate-kex"));
    site.node().start();
    site.node().log().await(line -> line.message().contains("the field"), Duration.ofSeconds(20));
    site.node().crash();
    see(site.install().all());
  }

  private static void assertAbsent(String name, byte[] secret, byte[] content) {
    String text = new String(content, ISO_8859_1);
    assertThat(text.contains(new String(secret, ISO_8859_1))).as(name).isFalse();
    assertThat(text.toLowerCase(Locale.ROOT).contains(HexFormat.of().formatHex(secret)))
        .as(name + " in hexadecimal")
        .isFalse();
  }

  private static byte[] field(String wrapper, String name) {
    Matcher field = Pattern.compile(name + "\\W+([0-9a-f]{64})").matcher(wrapper);
    assertThat(field.find()).isTrue();
    return hex(field.group(1));
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.strip());
  }

  private static String mode(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
