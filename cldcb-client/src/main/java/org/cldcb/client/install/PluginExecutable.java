package org.cldcb.client.install;

import java.nio.file.Files;
import java.nio.file.Path;
import org.cldcb.client.cli.Messages;
import org.jspecify.annotations.Nullable;

/** What the wrapper starts: {@code cldcb-plugin}, which lies beside {@code cldcb-client}. */
public final class PluginExecutable {
  /** Set by the launcher: the folder that it lies in. */
  private static final String FOLDER = "cldcb.bin";

  private PluginExecutable() {}

  /** Its absolute path; a failure if it isn't there. */
  public static Path find() {
    @Nullable String folder = System.getProperty(FOLDER);
    if (folder == null) {
      throw Messages.unknownPlugin();
    }
    Path plugin = Path.of(folder).toAbsolutePath().resolve("cldcb-plugin");
    if (!Files.isExecutable(plugin)) {
      throw Messages.noPlugin(plugin);
    }
    return plugin;
  }
}
