package org.cldcb.e2e.backup;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.cldcb.e2e.crash.Failpoint;

/**
 * {@code ./dev soak MINUTES}: kills at random steps and moments, as long as it is told; after each,
 * recovers and compares. Ends with the first loss.
 */
public final class Soak {
  private static final int USAGE = 2;
  private static final int MOST_LATER = 4;
  private static final long EVERY_NANOS = Duration.ofSeconds(10).toNanos();

  private final PrintStream out;
  private final Random random;
  private final Crashes crashes;
  private long rounds;
  private long kills;
  private long said = System.nanoTime();

  private Soak(PrintStream out, long seed, Crashes crashes) {
    this.out = out;
    this.random = new Random(seed);
    this.crashes = crashes;
  }

  public static void main(String[] args) throws IOException {
    if (args.length < 1 || args.length > 2 || !args[0].matches("\\d{1,5}")) {
      System.err.println("usage: ./dev soak MINUTES [SEED]");
      System.exit(USAGE);
    }
    long seed = args.length == 2 ? Long.parseLong(args[1]) : System.nanoTime();
    Path temp = Files.createTempDirectory("cldcb-soak");
    System.out.println("seed " + seed + ", files in " + temp);
    try (Crashes crashes = new Crashes(temp)) {
      new Soak(System.out, seed, crashes).run(Duration.ofMinutes(Long.parseLong(args[0])));
    }
    Site.deleteAll(temp);
  }

  private void run(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      round();
      rounds++;
      if (System.nanoTime() - said > EVERY_NANOS) {
        said = System.nanoTime();
        report();
      }
    }
    crashes.up();
    crashes.site().node().shutdown();
    crashes.site().assertRecoverable();
    report();
  }

  /** A loss ends the program by an error, so that there is none where this is printed. */
  private void report() {
    out.printf(
        "%d rounds, %d kills, %d writes acknowledged, lost: 0%n",
        rounds, kills, crashes.history().acknowledged());
  }

  private void round() {
    switch (random.nextInt(8)) {
      case 0, 1 -> {
        Steps.Step step = any(Steps.SERVER);
        kills += crashes.server(later(step.point()), step.work()) ? 1 : 0;
      }
      case 2, 3 -> {
        Steps.Step step = any(Steps.PLUGIN);
        kills += crashes.plugin(later(step.point()), step.work()) ? 1 : 0;
      }
      case 4 -> kills += crashes.install(any(Steps.INSTALL)) ? 1 : 0;
      case 5 -> kills += crashes.recover(any(Steps.RECOVER)) ? 1 : 0;
      case 6 -> {
        crashes.node(random);
        kills++;
      }
      default -> {
        crashes.anyMoment(random);
        kills++;
      }
    }
  }

  /** The same step, some times later. */
  private Failpoint later(Failpoint point) {
    return point.nth(point.nth() + random.nextInt(MOST_LATER));
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
