package org.cldcb.plugin.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cldcb.contact.Wrapper;
import org.jspecify.annotations.Nullable;

/**
 * Whether the lightningd that started this process is the one whose database the wrapper names. A
 * copied or moved lightning-dir has a config that names the old one's wrapper: its plugin would
 * read the version of one database and back up the writes of another.
 */
final class Home {
  private Home() {}

  /**
   * Insists on it.
   *
   * @param wrapperFile as it was started, in {@code <lightning-dir>/plugins}
   * @param started the folder that lightningd started it in: {@code <lightning-dir>/<network>}
   */
  static void require(Path wrapperFile, Wrapper wrapper, Path started) throws IOException {
    Path folder = started.toAbsolutePath().normalize();
    @Nullable Path plugins = wrapperFile.getParent();
    Path own =
        plugins == null ? folder : plugins.resolveSibling(wrapper.network().name()).normalize();
    if (!isSame(folder, own) && !isSame(folder, wrapper.folder())) {
      throw new IOException(
          "lightningd runs in "
              + folder
              + ", but "
              + wrapperFile
              + " is for "
              + own
              + ": run cldcb-client install for the lightning-dir that it runs in, which corrects"
              + " its config, and restart lightningd");
    }
  }

  private static boolean isSame(Path one, Path other) throws IOException {
    return one.equals(other) || Files.exists(other) && Files.isSameFile(one, other);
  }
}
