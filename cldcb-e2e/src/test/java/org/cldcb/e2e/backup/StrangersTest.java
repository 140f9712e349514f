package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.cldcb.e2e.rig.Strangers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hundreds of connections, from the node's own address, that never become sessions. */
class StrangersTest {
  private static final int HELD = 400;

  /** What the server keeps of them, as docs/PROTOCOL.md has it. */
  private static final int KEPT = 256;

  /** Accepted or being closed at the moment when somebody counts. */
  private static final int UNDER_WAY = 64;

  private static final long MAX_MORE_KIB = 96 << 10;

  @TempDir Path temp;

  @Test
  void theyCostTheServerLittleAndTheNodeNothing() throws IOException {
    try (Site site = new Site(temp)) {
      site.installed();
      site.node().boot();
      site.node().writes(20);
      String quiet = latency(site);
      long files = openFiles(site);
      long memory = residentKib(site);

      try (Strangers strangers = Strangers.at(site.server().contact(), HELD)) {
        String busy = latency(site);
        assertThat(openFiles(site)).isBetween(files + KEPT / 2, files + KEPT + UNDER_WAY);
        // A connection that is new has to get through them.
        site.node().shutdown();
        long start = System.nanoTime();
        site.node().boot();
        Duration boot = Duration.ofNanos(System.nanoTime() - start);
        assertThat(site.node().log().has("waiting since")).as("let in at the first try").isFalse();
        site.node().writes(5);
        long most = openFiles(site);
        long used = residentKib(site);
        System.out.printf(
            "%d strangers, %d held: write %s, without them %s; boot %d ms; %d open files, %d"
                + " before; %d MiB resident, %d before%n",
            strangers.opened(),
            HELD,
            busy,
            quiet,
            boot.toMillis(),
            most,
            files,
            used >> 10,
            memory >> 10);
        assertThat(most).isLessThanOrEqualTo(files + KEPT + UNDER_WAY);
        assertThat(used - memory).isLessThan(MAX_MORE_KIB);
        assertThat(site.server().output().stream().filter(line -> line.contains(" refused")))
            .as("lines about them")
            .hasSizeBetween(1, strangers.opened() / 4);
      }
      site.node().writes(1);
      site.node().shutdown();
      site.assertRecoverable();
    }
  }

  private static String latency(Site site) {
    long[] nanos = new long[50];
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      site.node().writes(1);
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return nanos[25] / 1000 + " µs (at most " + nanos[49] / 1000 + ")";
  }

  private static long openFiles(Site site) throws IOException {
    try (var files = Files.list(proc(site).resolve("fd"))) {
      return files.count();
    }
  }

  private static long residentKib(Site site) throws IOException {
    List<String> lines = Files.readAllLines(proc(site).resolve("status"));
    String line = lines.stream().filter(one -> one.startsWith("VmRSS:")).findFirst().orElseThrow();
    return Long.parseLong(line.replaceAll("[^0-9]", ""));
  }

  private static Path proc(Site site) {
    return Path.of("/proc", Long.toString(site.server().pid()));
  }
}
