package org.cldcb.fuzz;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Searches with Jazzer for inputs that break a target: {@code ./dev fuzz SECONDS [TARGET...]}. The
 * working directory is this module's.
 */
public final class Fuzz {
  static final Path CORPUS = Path.of("src", "test", "resources", "fuzz");

  private static final Path WORK = Path.of("target", "fuzz");
  private static final Pattern COVERAGE = Pattern.compile(" cov: ([0-9]+)");
  private static final Pattern EXECUTED =
      Pattern.compile("stat::number_of_executed_units: ([0-9]+)");
  private static final String ROW = "%-12s %12s %12s %9s%n";

  private Fuzz() {}

  /** Exits with 1 if there was a finding, with 2 if the arguments can't be used. */
  public static void main(String[] args) throws IOException, InterruptedException {
    int seconds;
    List<Target> targets;
    try {
      seconds = Integer.parseInt(args[0]);
      targets = targets(List.of(args).subList(1, args.length));
    } catch (ArrayIndexOutOfBoundsException | IllegalArgumentException e) {
      System.err.println("usage: ./dev fuzz SECONDS [TARGET...]");
      System.exit(2);
      return;
    }
    System.exit(search(targets, Math.max(1, seconds / targets.size())) ? 0 : 1);
  }

  private static List<Target> targets(List<String> titles) {
    return titles.isEmpty()
        ? List.of(Target.values())
        : titles.stream().map(Target::ofTitle).toList();
  }

  private static boolean search(List<Target> targets, int secondsEach)
      throws IOException, InterruptedException {
    System.out.printf(ROW, "target", "executions", "new coverage", "findings");
    boolean sound = true;
    for (Target target : targets) {
      Path log = WORK.resolve(target.title() + ".log");
      Files.createDirectories(target.folder(WORK));
      Files.createDirectories(target.folder(CORPUS));
      boolean found = jazzer(target, secondsEach, log) != 0;
      String output = Files.readString(log);
      System.out.printf(
          ROW, target.title(), last(EXECUTED, output), newCoverage(output), found ? 1 : 0);
      if (found) {
        System.out.println("  see " + log.toAbsolutePath());
        sound = false;
      }
    }
    return sound;
  }

  private static int jazzer(Target target, int seconds, Path log)
      throws IOException, InterruptedException {
    Path corpus = target.folder(CORPUS);
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + Entry.class.getName(),
            "--target_args=" + target.name(),
            "--instrumentation_includes=org.cldcb.**",
            "--reproducer_path=" + WORK,
            "-artifact_prefix=" + corpus + File.separator,
            "-max_total_time=" + seconds,
            "-timeout=10",
            "-rss_limit_mb=1500",
            "-print_final_stats=1",
            target.folder(WORK).toString(),
            corpus.toString())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start()
        .waitFor();
  }

  private static String last(Pattern pattern, String output) {
    return pattern.matcher(output).results().reduce((a, b) -> b).map(m -> m.group(1)).orElse("?");
  }

  private static long newCoverage(String output) {
    Matcher first = COVERAGE.matcher(output);
    return first.find()
        ? Long.parseLong(last(COVERAGE, output)) - Long.parseLong(first.group(1))
        : 0;
  }
}
