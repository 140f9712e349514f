package org.cldcb.client.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cldcb.chain.Claim;
import org.cldcb.client.CommandLineRun;
import org.cldcb.client.cln.FakeLightningd;
import org.cldcb.client.cln.FakePlugins;
import org.cldcb.client.cln.LightningDir;
import org.cldcb.client.cln.TestDatabase;
import org.cldcb.client.server.FakeServer;
import org.cldcb.contact.Contact;
import org.cldcb.contact.Wrapper;
import org.cldcb.contact.WrapperFile;
import org.cldcb.crypto.HsmSecret;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.NodeKey;
import org.cldcb.crypto.PrivateKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole command against a server and a lightningd that only play their parts. */
class InstallCommandTest {
  private static final String NODE_ID =
      "02418db62ddcd7c164eb9610723f8d30fa03c9cff73de1b69fdc6f079cc52c179f";

  @TempDir private Path temp;
  private Path base;
  private Path wrapperPath;
  private FakeServer server;

  @BeforeEach
  void nodeThatIsDown() throws Exception {
    base = Files.createDirectory(temp.toRealPath().resolve("lightning"));
    wrapperPath = LightningDir.wrapper(base);
    Path folder = Files.createDirectory(base.resolve("regtest"));
    try (InputStream in = getClass().getResourceAsStream("/vectors/hsm/hsm_secret.H32")) {
      Files.copy(in, folder.resolve("hsm_secret"));
    }
    TestDatabase.create(folder.resolve("lightningd.sqlite3"), 4096, 10);
    server = new FakeServer();
    Path bin = Files.createDirectory(temp.resolve("bin"));
    Files.createFile(
        bin.resolve("cldcb-plugin"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    System.setProperty("cldcb.bin", bin.toString());
  }

  @AfterEach
  void stop() throws Exception {
    System.clearProperty("cldcb.bin");
    server.close();
  }

  @Test
  void nodeThatIsDown_isInstalledFromItsSecret() throws Exception {
    CommandLineRun run = install("--server", server.contact());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .containsExactly(
            "installed: protection begins when lightningd starts",
            "then see: cldcb-client status",
            "keep a copy of hsm_secret offline: " + base.resolve("regtest/hsm_secret"),
            "write down the server's contact: " + server.contact());
    Claim claim = server.claims().get(0);
    try (Wrapper wrapper = WrapperFile.read(wrapperPath)) {
      assertThat(wrapper.nodeId()).hasToString(NODE_ID);
      assertThat(wrapper.delegateKey().publicKey()).isEqualTo(claim.delegate());
      assertThat(wrapper.claim()).isEqualTo(1);
      assertThat(wrapper.database()).isEqualTo(base.resolve("regtest/lightningd.sqlite3"));
      assertThat(wrapper.pluginExecutable()).hasFileName("cldcb-plugin").isExecutable();
    }
    assertThat(Files.readAllLines(base.resolve("config")))
        .containsExactly("important-plugin=" + wrapperPath);
    assertThat(server.chunks).as("uploaded ahead").isPositive();
  }

  @Test
  void secondInstall_changesNothing() throws Exception {
    install("--server", server.contact());
    byte[] wrapper = Files.readAllBytes(wrapperPath);
    byte[] config = Files.readAllBytes(base.resolve("config"));

    CommandLineRun run = install();

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(server.claims()).hasSize(1);
    assertThat(Files.readAllBytes(wrapperPath)).isEqualTo(wrapper);
    assertThat(Files.readAllBytes(base.resolve("config"))).isEqualTo(config);
  }

  @Test
  void lostStore_isClaimedAgainWithTheSameDelegate() throws Exception {
    install("--server", server.contact());
    Claim first = server.claims().get(0);
    server.loseStore();

    assertThat(install().exitCode()).isZero();

    assertThat(server.claims()).singleElement().isEqualTo(first);
  }

  @Test
  void supersededDelegate_isReplaced() throws Exception {
    install("--server", server.contact());
    byte[] old = Files.readAllBytes(wrapperPath);
    Files.delete(wrapperPath);
    assertThat(install("--server", server.contact(), "--yes").exitCode()).isZero();
    Files.write(wrapperPath, old);
    Files.createFile(LightningDir.tombstone(wrapperPath));

    assertThat(install().exitCode()).as("who took over may be running").isEqualTo(2);
    CommandLineRun run = install("--yes");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(server.claims()).hasSize(3);
    assertThat(LightningDir.tombstone(wrapperPath)).doesNotExist();
  }

  @Test
  void anotherInstallation_isOnlyDisplacedOnRequest() throws Exception {
    install("--server", server.contact());
    Files.delete(wrapperPath);

    CommandLineRun run = install("--server", server.contact());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("another installation", "--yes");
    assertThat(server.claims()).hasSize(1);
    assertThat(wrapperPath).doesNotExist();
  }

  @Test
  void movingHead_isFollowed() throws Exception {
    server.movingHeads = 3;
    assertThat(install("--server", server.contact()).exitCode()).isZero();
    assertThat(server.claims()).hasSize(1);
  }

  @Test
  void nodeNotAllowed_changesNothingAndSaysWhatToRun() throws Exception {
    server.allowed = false;

    CommandLineRun run = install("--server", server.contact());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("hint: cldcb-server allow " + NODE_ID + " --label ")
        .contains(" --data-dir <the server's data dir>");
    assertNothingChanged();
  }

  @Test
  void unreachableServer_changesNothing() throws Exception {
    Contact contact = server.contact();
    server.close();

    CommandLineRun run = install("--server", contact);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("cldcb-client: no connection to the server at 127.0.0.1:");
    assertNothingChanged();
  }

  @Test
  void wrongServerKey_changesNothing() throws Exception {
    Contact right = server.contact();
    PrivateKey other = PrivateKey.generate(new SecureRandom());

    CommandLineRun run =
        install("--server", new Contact(other.publicKey(), right.host(), right.port()));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("is the key in the contact this server's?");
    assertNothingChanged();
  }

  @Test
  void databaseOlderThanTheBackup_isRefused() throws Exception {
    server.backedUp(12);

    CommandLineRun run = install("--server", server.contact());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("older than the backup: data_version 10 here, 12 on the server")
        .contains("cldcb-client recover", "--replace-backup");
    assertNothingChanged();
  }

  @Test
  void recordThatNeverCommitted_isNoReasonToRefuse() throws Exception {
    server.backedUp(11);
    assertThat(install("--server", server.contact()).exitCode()).isZero();
  }

  @Test
  void withoutServer_isWrongUsage() throws Exception {
    CommandLineRun run = install();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--server");
    assertThat(install("--yes").exitCode()).isEqualTo(2);
  }

  @Test
  void postgres_isRefused() throws Exception {
    Files.writeString(base.resolve("config"), "wallet=postgres://u:secret@localhost/cln\n");

    CommandLineRun run = install("--server", server.contact());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("postgres").doesNotContain("secret");
  }

  @Test
  void wrapperOfAnotherNetwork_isLeftAlone() throws Exception {
    try (Wrapper other =
        TestWrapper.of(PrivateKey.generate(new SecureRandom()), "signet", server.contact())) {
      WrapperInstaller.install(base, other);
    }
    CommandLineRun run = install("--server", server.contact());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("in use for signet");
  }

  @Test
  void wrapperThatOthersMayRead_isReplaced() throws Exception {
    install("--server", server.contact());
    Files.setPosixFilePermissions(wrapperPath, PosixFilePermissions.fromString("rwxr-xr-x"));

    CommandLineRun run = install("--server", server.contact(), "--yes");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("warning: ", "others may read");
    assertThat(server.claims()).hasSize(2);
  }

  @Test
  void withoutLauncher_thePluginIsUnknown() throws Exception {
    System.clearProperty("cldcb.bin");
    CommandLineRun run = install("--server", server.contact());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("cldcb-plugin").contains("hint: ");
  }

  @Test
  void replaceBackup_needsLightningdStopped() throws Exception {
    try (FakeLightningd lightningd = FakeLightningd.in(base, NODE_ID)) {
      CommandLineRun run = install("--server", server.contact(), "--replace-backup", "--yes");

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("stop lightningd first");
      assertThat(lightningd.requests()).noneMatch(request -> request.contains("plugin"));
    }
  }

  @Test
  void replaceBackup_asksFirst() throws Exception {
    server.backedUp(20);
    CommandLineRun run = install("--server", server.contact(), "--replace-backup");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("data_version 20, this database 10", "--yes");
    assertNothingChanged();
  }

  @Test
  void runningNode_isProtectedAtOnce() throws Exception {
    List<String> plugins = new CopyOnWriteArrayList<>();
    try (FakeLightningd lightningd = running(plugins)) {
      CommandLineRun run = install("--server", server.contact());

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out().lines().findFirst()).contains("protected at data_version 11");
      assertThat(run.out()).contains("restart lightningd once");
      assertThat(plugins).containsExactly(wrapperPath.toString());
      assertThat(lightningd.requests()).anyMatch(request -> request.contains("[\"cldcb\"]"));
    }
  }

  @Test
  void runningPluginWithAnUnchangedWrapper_isLeftAlone() throws Exception {
    List<String> plugins = new CopyOnWriteArrayList<>();
    try (FakeLightningd lightningd = running(plugins)) {
      install("--server", server.contact());
      int before = lightningd.requests().size();

      assertThat(install().exitCode()).isZero();

      assertThat(lightningd.requests().subList(before, lightningd.requests().size()))
          .noneMatch(request -> request.contains("\"stop\"") || request.contains("\"start\""));
    }
  }

  @Test
  void oldPlugin_isStoppedBeforeItsDelegateIsSuperseded() throws Exception {
    List<String> plugins = new CopyOnWriteArrayList<>();
    try (FakeLightningd lightningd = running(plugins)) {
      install("--server", server.contact());
      // Exposed, so that a new delegate takes over.
      Files.setPosixFilePermissions(wrapperPath, PosixFilePermissions.fromString("rwxr-xr-x"));
      int before = lightningd.requests().size();

      assertThat(install("--server", server.contact(), "--yes").exitCode()).isZero();

      List<String> after = lightningd.requests().subList(before, lightningd.requests().size());
      int stop = indexOf(after, "\"stop\"");
      int claim = indexOf(after, "cldcb claim 2");
      assertThat(stop).isBetween(0, after.size());
      assertThat(claim).as("signed after the stop").isGreaterThan(stop);
      assertThat(plugins).containsExactly(wrapperPath.toString());
    }
  }

  @Test
  void claimThatFails_leavesTheOldPluginRunning() throws Exception {
    List<String> plugins = new CopyOnWriteArrayList<>();
    try (FakeLightningd lightningd = running(plugins)) {
      install("--server", server.contact());
      byte[] wrapper = Files.readAllBytes(wrapperPath);
      Files.setPosixFilePermissions(wrapperPath, PosixFilePermissions.fromString("rwxr-xr-x"));
      server.movingHeads = 1000;

      CommandLineRun run = install("--server", server.contact(), "--yes");

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("keeps writing");
      assertThat(lightningd.requests()).anyMatch(request -> request.contains("\"stop\""));
      assertThat(plugins).containsExactly(wrapperPath.toString());
      assertThat(Files.readAllBytes(wrapperPath)).isEqualTo(wrapper);
    }
  }

  @Test
  void frozenNode_goesOnOnceItsDelegateIsClaimedAgain() throws Exception {
    try (FakeLightningd lightningd = running(new CopyOnWriteArrayList<>())) {
      install("--server", server.contact());
      server.loseStore();
      lightningd.freeze();
      // The plugin that waits makes its base as soon as it may.
      server.onClaim = () -> server.backedUp(11);

      CommandLineRun run = install();

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).startsWith("protected at data_version 11");
    }
  }

  @Test
  void frozenNode_withAnotherDelegateHasToBeStartedAnew() throws Exception {
    try (FakeLightningd lightningd = running(new CopyOnWriteArrayList<>())) {
      lightningd.freeze();

      CommandLineRun run = install("--server", server.contact());

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).contains("has to be killed and started");
    }
  }

  private static int indexOf(List<String> requests, String part) {
    for (int i = 0; i < requests.size(); i++) {
      if (requests.get(i).contains(part)) {
        return i;
      }
    }
    return -1;
  }

  /** A lightningd whose plugin, once started, backs up every write. */
  private FakeLightningd running(List<String> plugins) throws Exception {
    FakeLightningd lightningd = FakeLightningd.in(base, NODE_ID);
    lightningd.on("plugin", params -> FakePlugins.answer(plugins, params));
    lightningd.on(
        "signmessage",
        params -> "{\"zbase\":\"" + sign(params.path("message").asText()).zbase32() + "\"}");
    lightningd.on(
        "datastore",
        params -> {
          server.backedUp(11);
          return TextNode.valueOf("ok").toString();
        });
    return lightningd;
  }

  private MessageSignature sign(String message) {
    try (NodeKey key = HsmSecret.open(base.resolve("regtest/hsm_secret"))) {
      return key.sign(message);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void assertNothingChanged() {
    assertThat(server.claims()).isEmpty();
    assertThat(wrapperPath).doesNotExist();
    assertThat(base.resolve("config")).doesNotExist();
    assertThat(base.resolve("plugins")).doesNotExist();
  }

  private CommandLineRun install(Object... more) {
    Object[] args = new Object[more.length + 2];
    args[0] = "install";
    args[1] = "--lightning-dir=" + base;
    System.arraycopy(more, 0, args, 2, more.length);
    return CommandLineRun.of(args);
  }
}
