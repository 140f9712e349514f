package org.cldcb.e2e.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Starts a plugin as lightningd does and waits for its manifest. */
final class PluginStart {
  private static final String GETMANIFEST =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getmanifest\",\"params\":{}}\n\n";

  private PluginStart() {}

  /** Nanoseconds from spawn to the answer. */
  static long time(Path wrapper) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process plugin = new ProcessBuilder(wrapper.toString()).start();
    plugin.getOutputStream().write(GETMANIFEST.getBytes(StandardCharsets.UTF_8));
    plugin.getOutputStream().flush();
    if (plugin.getInputStream().read() < 0) {
      throw new IOException("the plugin ended without a manifest");
    }
    long nanos = System.nanoTime() - start;
    plugin.getOutputStream().close();
    plugin.waitFor();
    return nanos;
  }
}
