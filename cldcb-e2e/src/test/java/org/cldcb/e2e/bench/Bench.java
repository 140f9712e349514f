package org.cldcb.e2e.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.cldcb.e2e.rig.Trace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures the real executables, over loopback, with durable acks. */
@Command(
    name = "./dev bench",
    sortOptions = false,
    description = {
      "Measures the executables. Without arguments: the short sections, in less than three"
          + " minutes. What is judged are ratios, taken in one run against something that the same"
          + " machine does with the same bytes.",
      ""
    })
public final class Bench implements Callable<Integer> {
  static final List<Section> SECTIONS =
      List.of(new Hooks(), new Start(), new Nodes(), new Stored(), new Recovery(), new BigBase());

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "SECTION",
      arity = "0..*",
      description = "measure only these: hooks, start, nodes, stored, recovery, bases")
  private List<String> names = new ArrayList<>();

  @Option(names = "--full", description = "measure every section")
  private boolean full;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "measure so many times, and show the lowest, middle and highest ratio")
  private int runs = 1;

  @Option(names = "--json", paramLabel = "FILE", description = "write the figures there, too")
  private @Nullable Path json;

  @Option(
      names = "--growth",
      paramLabel = "FILE.svg",
      description =
          "draw hook latency and the server's memory over the number of records and of nodes; some"
              + " minutes, and 2 GB of disk. Measures nothing else unless asked to")
  private @Nullable Path growth;

  @Option(names = "--help", usageHelp = true, description = "show this")
  private boolean help;

  /** Exits with 2 where the arguments are wrong, else 0: a missed target is no error. */
  public static void main(String[] args) {
    System.exit(commandLine(new Bench()).execute(args));
  }

  /** A mistake gives one line. */
  static CommandLine commandLine(Bench bench) {
    return new CommandLine(bench)
        .setParameterExceptionHandler(
            (mistake, args) -> {
              PrintWriter err = mistake.getCommandLine().getErr();
              err.println("bench: " + mistake.getMessage());
              return CommandLine.ExitCode.USAGE;
            });
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Section> sections = sections();
    requireFolder(json);
    requireFolder(growth);
    Report report = new Report();
    PrintWriter out = spec.commandLine().getOut();
    for (int run = 0; run < runs && !sections.isEmpty(); run++) {
      measure(sections, report);
    }
    if (growth != null) {
      report.growth(Growth.measure());
    }
    report.lines().forEach(out::println);
    if (growth != null) {
      report.drawGrowth(growth);
    }
    if (json != null) {
      report.writeJson(json);
    }
    return 0;
  }

  /** What the arguments ask for. */
  List<Section> sections() {
    if (runs < 1) {
      throw mistake("--runs must be at least 1");
    }
    if (full && !names.isEmpty()) {
      throw mistake("--full measures every section: name none");
    }
    if (!names.isEmpty()) {
      names.forEach(this::requireKnown);
      return SECTIONS.stream().filter(section -> names.contains(section.name())).toList();
    }
    boolean nothingElse = growth != null && !full;
    return SECTIONS.stream().filter(section -> full || section.isShort() && !nothingElse).toList();
  }

  private void requireKnown(String name) {
    if (SECTIONS.stream().noneMatch(section -> section.name().equals(name))) {
      String known = SECTIONS.stream().map(Section::name).collect(Collectors.joining(", "));
      throw mistake("no section '" + name + "': there are " + known);
    }
  }

  /** Found out now, not when all is measured. */
  private void requireFolder(@Nullable Path file) {
    if (file != null && !Files.isDirectory(file.toAbsolutePath().getParent())) {
      throw mistake("there is no folder for " + file);
    }
  }

  private ParameterException mistake(String line) {
    return new ParameterException(spec.commandLine(), line);
  }

  private static void measure(List<Section> sections, Report report)
      throws IOException, InterruptedException {
    List<Row> rows = new ArrayList<>();
    try (Context context = Context.open(Trace.load(Trace.NODE_A))) {
      for (Section section : sections) {
        rows.addAll(section.run(context));
      }
      report.add(rows, context.notes());
    }
  }
}
