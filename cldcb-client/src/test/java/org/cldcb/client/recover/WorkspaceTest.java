package org.cldcb.client.recover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cldcb.client.cln.LockHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder in which recover works. */
class WorkspaceTest {
  @TempDir private Path parent;

  @Test
  void nothingOfItStays() throws IOException {
    try (Workspace workspace = Workspace.in(parent)) {
      Files.writeString(workspace.file(), "pages");
    }
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void whatAKilledProcessLeftGoesAndALiveOnesStays() throws Exception {
    Path abandoned = leftover(".cldcb-recover-1");
    Path live = leftover(".cldcb-recover-2");
    Path others = leftover("cldcb-recover-3");
    Process holder = LockHolder.start(live.resolve("lock"));
    try (Workspace workspace = Workspace.in(parent)) {
      assertThat(abandoned).doesNotExist();
      assertThat(live.resolve("pages")).exists();
      assertThat(others.resolve("pages")).exists();
      try (Workspace second = Workspace.in(parent)) {
        assertThat(workspace.folder()).exists();
        assertThat(second.folder()).exists();
      }
    } finally {
      holder.getOutputStream().close();
      holder.waitFor();
    }
  }

  private Path leftover(String name) throws IOException {
    Path folder = Files.createDirectory(parent.resolve(name));
    Files.writeString(folder.resolve("lock"), "");
    Files.writeString(folder.resolve("pages"), "pages");
    return folder;
  }
}
