package org.cldcb.client.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.cldcb.client.CommandLineRun;
import org.cldcb.client.cln.FakeLightningd;
import org.cldcb.client.cln.LightningDir;
import org.cldcb.client.cln.TestDatabase;
import org.cldcb.client.server.FakeServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusCommandTest {
  private static final String NODE_ID =
      "02418db62ddcd7c164eb9610723f8d30fa03c9cff73de1b69fdc6f079cc52c179f";

  @TempDir private Path temp;
  private Path base;
  private Path wrapper;
  private Path plugin;
  private FakeServer server;

  @BeforeEach
  void installedNode() throws Exception {
    base = Files.createDirectory(temp.toRealPath().resolve("lightning"));
    wrapper = LightningDir.wrapper(base);
    Path folder = Files.createDirectory(base.resolve("regtest"));
    try (InputStream in = getClass().getResourceAsStream("/vectors/hsm/hsm_secret.H32")) {
      Files.copy(in, folder.resolve("hsm_secret"));
    }
    TestDatabase.create(folder.resolve("lightningd.sqlite3"), 4096, 10);
    server = new FakeServer();
    plugin =
        Files.createFile(
            temp.resolve("cldcb-plugin"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    System.setProperty("cldcb.bin", temp.toString());
    CommandLineRun.of("install", "--lightning-dir", base, "--server", server.contact());
    server.backedUp(10);
  }

  @AfterEach
  void stop() throws Exception {
    System.clearProperty("cldcb.bin");
    server.close();
  }

  @Test
  void protectedNode() {
    CommandLineRun run = status();

    assertThat(run.out().lines())
        .contains("database  data_version 10", "protected")
        .contains("backup    data_version 10, last write 10 s ago")
        .contains(
            "          stored: base of 1.0 MB, 3 records of 3.0 KB, 2 generations, 1 branches");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void quotaThatIsNearlyUsed() {
    server.quota = 2_600_000;
    assertThat(status().out()).contains("2.0 MB used of 2.6 MB\n");
    server.quota = 2_400_000;
    assertThat(status().out()).contains("2.0 MB used of 2.4 MB, over 80 %: more with cldcb-server");
    assertThat(status().exitCode()).isZero();
  }

  @Test
  void json() throws Exception {
    CommandLineRun run = status("--json");
    JsonNode json = new ObjectMapper().readTree(run.out());

    assertThat(run.exitCode()).isZero();
    assertThat(json.path("protected").asBoolean()).isTrue();
    assertThat(json.path("problems")).isEmpty();
    assertThat(json.path("network").asText()).isEqualTo("regtest");
    assertThat(json.path("data_version").asLong()).isEqualTo(10);
    assertThat(json.path("backup").path("standing").asText()).isEqualTo("claimant");
    assertThat(json.path("backup").path("data_version").asLong()).isEqualTo(10);
    assertThat(run.out()).doesNotContain("key");
  }

  @Test
  void recordThatNeverCommittedIsProtected() {
    server.backedUp(11);
    assertThat(status().exitCode()).isZero();
  }

  @Test
  void lightningdThatAnswersNothing() throws Exception {
    try (FakeLightningd lightningd = FakeLightningd.in(base, NODE_ID)) {
      lightningd.freeze();
      assertNotProtected("lightningd answers nothing");
    }
  }

  @Test
  void notInstalled() throws Exception {
    Files.delete(wrapper);
    assertNotProtected("not installed");
  }

  @Test
  void missingWrites() {
    server.backedUp(9);
    assertNotProtected("writes are missing in the backup: data_version 9, here 10");
  }

  @Test
  void olderDatabase() {
    server.backedUp(12);
    assertNotProtected("this database is older than the backup");
  }

  @Test
  void noBase() {
    server.usableBase = false;
    assertNotProtected("the server has no complete backup");
  }

  @Test
  void lostStore() {
    server.loseStore();
    assertNotProtected("the server lost its records of this node: run cldcb-client install");
  }

  @Test
  void unreachableServer() throws Exception {
    server.close();
    assertNotProtected("no connection to the server");
  }

  @Test
  void revokedNode() {
    server.allowed = false;
    assertNotProtected("doesn't know this node");
  }

  @Test
  void supersededDelegate() throws Exception {
    byte[] old = Files.readAllBytes(wrapper);
    Files.delete(wrapper);
    CommandLineRun.of("install", "--lightning-dir", base, "--server", server.contact(), "--yes");
    Files.write(wrapper, old);
    assertNotProtected("another installation has claimed this node's backup");
  }

  @Test
  void tombstone() throws Exception {
    Files.createFile(LightningDir.tombstone(wrapper));
    assertNotProtected("another installation took over");
  }

  @Test
  void missingConfigLine() throws Exception {
    Files.delete(base.resolve("config"));
    assertNotProtected("its line is missing");
  }

  @Test
  void missingPlugin() throws Exception {
    Files.delete(plugin);
    assertNotProtected("what the wrapper starts isn't there");
  }

  @Test
  void wrapperThatCannotBeStarted() throws Exception {
    Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rw-------"));
    assertNotProtected("isn't executable");
  }

  @Test
  void wrapperThatOthersMayRead() throws Exception {
    Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwxr-x---"));
    assertNotProtected("others may read the keys");
  }

  private void assertNotProtected(String why) {
    CommandLineRun run = status();
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("not protected: ").contains(why);
    assertThat(run.out().lines()).doesNotContain("protected");
  }

  private CommandLineRun status(Object... more) {
    Object[] args = {"status", "--lightning-dir", base};
    return more.length == 0
        ? CommandLineRun.of(args)
        : CommandLineRun.of(args[0], args[1], args[2], more[0]);
  }
}
