package org.cldcb.client.cln;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cldcb.chain.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever is told that there is no hsm_secret types it in, or looks for it elsewhere. */
class LightningDirTest {
  @TempDir private Path base;

  @Test
  void anHsmSecretThatCannotBeLookedAtIsNotMissing() throws IOException {
    // As a folder of another user does, which root can't be shown.
    Files.createFile(base.resolve("regtest"));

    assertThat(dir().hsmSecret()).contains(base.resolve("regtest/hsm_secret"));
  }

  @Test
  void aLinkToWhatIsNotMountedIsNotMissing() throws IOException {
    Path link = Files.createDirectory(base.resolve("regtest")).resolve("hsm_secret");
    Files.createSymbolicLink(link, base.resolve("usb/hsm_secret"));

    assertThat(dir().hsmSecret()).contains(link);
  }

  @Test
  void theOneOfTheNetworkGoesBeforeThatOfTheBase() throws IOException {
    assertThat(dir().hsmSecret()).isEmpty();

    Path old = Files.createFile(base.resolve("hsm_secret"));
    assertThat(dir().hsmSecret()).contains(old);

    Path here =
        Files.createFile(Files.createDirectory(base.resolve("regtest")).resolve("hsm_secret"));
    assertThat(dir().hsmSecret()).contains(here);
  }

  private LightningDir dir() {
    return new LightningDir(base, new Network("regtest"));
  }
}
