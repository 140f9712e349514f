package org.cldcb.client.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.cldcb.chain.Claim;
import org.cldcb.client.CommandLineRun;
import org.cldcb.client.cln.FakeLightningd;
import org.cldcb.client.cln.LightningDir;
import org.cldcb.contact.Contact;
import org.cldcb.contact.Wrapper;
import org.cldcb.contact.WrapperFile;
import org.cldcb.crypto.PrivateKey;
import org.junit.jupiter.api.Test;

/** The whole command on a node that is down, against a server that only plays its part. */
class InstallCommandTest extends InstallFixture {
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
  void databaseOlderThanWhatAnotherInstallationWrote_isRefused() throws Exception {
    install("--server", server.contact());
    byte[] wrapper = Files.readAllBytes(wrapperPath);
    Files.delete(wrapperPath);
    install("--server", server.contact(), "--yes");
    Files.write(wrapperPath, wrapper);
    Files.setPosixFilePermissions(wrapperPath, PosixFilePermissions.fromString("rwx------"));
    server.backedUp(15);

    CommandLineRun run = install("--yes");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("claimed the backup (claim 2) and wrote on: data_version 10 here, 15 on")
        .contains("cldcb-client recover", "--replace-backup");
    assertThat(server.claims()).hasSize(2);
    assertThat(Files.readAllBytes(wrapperPath)).isEqualTo(wrapper);
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
}
