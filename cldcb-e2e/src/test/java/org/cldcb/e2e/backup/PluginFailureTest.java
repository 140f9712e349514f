package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cldcb.e2e.rig.Executables;
import org.cldcb.e2e.rig.NodeDied;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin that can't work any more ends, so that lightningd stops instead of standing still. */
class PluginFailureTest {
  @TempDir Path temp;

  @Test
  void aPluginWhoseProgramIsDamagedEnds() throws IOException {
    try (Site site = new Site(temp)) {
      site.installed();
      Path wrapper = site.dir().wrapper();
      String sound = Files.readString(wrapper);
      Files.writeString(
          wrapper, sound.replace(Executables.home().toString(), damagedCopy().toString()));

      // The class is only missed in the first write, in the thread that answers it.
      assertThatThrownBy(() -> site.node().boot())
          .isInstanceOf(NodeDied.class)
          .hasMessageContaining("went away during the db_write hook");
      assertThat(site.node().log().has("the plugin failed: java.lang.NoClassDefFoundError"))
          .isTrue();

      Files.writeString(wrapper, sound);
      site.node().boot();
      site.node().writes(3);
      site.node().shutdown();
      site.assertRecoverable();
    }
  }

  /** The packaged tree, without a class, as after an update that broke off. */
  private Path damagedCopy() throws IOException {
    Path copy = temp.resolve("damaged");
    Site.copyAll(Executables.home(), copy);
    try (FileSystem jar = FileSystems.newFileSystem(copy.resolve("lib/cldcb-plugin.jar"))) {
      Files.delete(jar.getPath("org/cldcb/plugin/backup/Decision.class"));
    }
    return copy;
  }
}
