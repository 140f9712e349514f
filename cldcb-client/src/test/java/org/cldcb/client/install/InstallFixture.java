package org.cldcb.client.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.cldcb.client.CommandLineRun;
import org.cldcb.client.cln.LightningDir;
import org.cldcb.client.cln.TestDatabase;
import org.cldcb.client.server.FakeServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A node that is down, with a server and no wrapper yet; lightningd and server only play. */
abstract class InstallFixture {
  static final String NODE_ID =
      "02418db62ddcd7c164eb9610723f8d30fa03c9cff73de1b69fdc6f079cc52c179f";

  @TempDir private Path temp;
  Path base;
  Path wrapperPath;
  FakeServer server;

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

  void assertNothingChanged() {
    assertThat(server.claims()).isEmpty();
    assertThat(wrapperPath).doesNotExist();
    assertThat(base.resolve("config")).doesNotExist();
    assertThat(base.resolve("plugins")).doesNotExist();
  }

  CommandLineRun install(Object... more) {
    Object[] args = new Object[more.length + 2];
    args[0] = "install";
    args[1] = "--lightning-dir=" + base;
    System.arraycopy(more, 0, args, 2, more.length);
    return CommandLineRun.of(args);
  }
}
