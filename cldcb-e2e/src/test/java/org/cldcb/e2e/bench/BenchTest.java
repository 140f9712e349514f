package org.cldcb.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BenchTest {
  @Test
  void withoutArgumentsItTakesTheShortSections() {
    assertThat(sections()).containsExactly("hooks", "start", "nodes", "stored", "recovery");
  }

  @Test
  void fullTakesAll() {
    assertThat(sections("--full"))
        .containsExactlyElementsOf(Bench.SECTIONS.stream().map(Section::name).toList());
  }

  @Test
  void namesTakeOnlyThose() {
    assertThat(sections("recovery", "start", "--runs=3")).containsExactly("start", "recovery");
  }

  @Test
  void growthAloneTakesNoSection() {
    assertThat(sections("--growth=a.svg")).isEmpty();
    assertThat(sections("--growth=a.svg", "nodes")).containsExactly("nodes");
    assertThat(sections("--growth=a.svg", "--full")).hasSameSizeAs(Bench.SECTIONS);
  }

  @Test
  void theHelpNamesEachSection() {
    CommandLine line = Bench.commandLine(new Bench());

    assertThat(Bench.SECTIONS)
        .allSatisfy(section -> assertThat(line.getUsageMessage()).contains(section.name()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hocks | no section 'hocks': there are hooks, start",
        "--fast | Unknown option: '--fast'",
        "--json | Missing required parameter for option '--json' (FILE)",
        "--runs=0 | --runs must be at least 1",
        "--runs=many | Invalid value for option '--runs': 'many' is not an int",
        "--full hooks | --full measures every section: name none",
        "--json=no/such/folder/a.json | there is no folder for no/such/folder/a.json",
        "--growth=no/such/folder/a.svg | there is no folder for no/such/folder/a.svg",
      })
  void aMistakeIsOneLineAndExitCode2(String arguments, String says) {
    StringWriter err = new StringWriter();

    int exit =
        Bench.commandLine(new Bench())
            .setErr(new PrintWriter(err, true))
            .execute(arguments.split(" "));

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString()).startsWith("bench: " + says).hasLineCount(1);
  }

  private static List<String> sections(String... arguments) {
    Bench bench = new Bench();
    Bench.commandLine(bench).parseArgs(arguments);
    return bench.sections().stream().map(Section::name).toList();
  }
}
