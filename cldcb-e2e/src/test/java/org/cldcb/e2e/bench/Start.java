package org.cldcb.e2e.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;

/** Spawn to manifest, as lightningd waits for it, in turn with a bare java. */
final class Start implements Section {
  private static final Goal RATIO = Goal.atMost(3, 1.8);
  private static final int STARTS = 21;

  @Override
  public String name() {
    return "start";
  }

  @Override
  public boolean isShort() {
    return true;
  }

  @Override
  public List<Row> run(Context context) throws IOException, InterruptedException {
    Path wrapper = context.node().dir().wrapper();
    Latencies manifests = new Latencies();
    Latencies javas = new Latencies();
    for (int i = 0; i < STARTS; i++) {
      manifests.add(PluginStart.time(wrapper));
      javas.add(javaVersion());
    }
    return List.of(
        Row.of(
            "spawn to manifest",
            Quantity.millis("", manifests.quantile(0.5)),
            Quantity.millis("java -version", javas.quantile(0.5)),
            RATIO));
  }

  private static long javaVersion() throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    long start = System.nanoTime();
    new ProcessBuilder(java.toString(), "-version")
        .redirectErrorStream(true)
        .redirectOutput(Redirect.DISCARD)
        .start()
        .waitFor();
    return System.nanoTime() - start;
  }
}
