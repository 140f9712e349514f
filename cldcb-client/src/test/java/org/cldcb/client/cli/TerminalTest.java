package org.cldcb.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import org.cldcb.base.Progress;
import org.cldcb.cli.Failure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void withoutTerminalAQuestionIsAUsageErrorThatNamesTheOption() {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> terminal(false, null).ask("which server?", "--server"))
        .matches(e -> e.exitCode() == 2)
        .withMessageContaining("--server");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> terminal(false, null).confirm("sure?"))
        .matches(e -> e.exitCode() == 2)
        .matches(e -> e.hints().get(0).contains("--yes"));
  }

  @Test
  void yesNeverAsks() {
    Terminal terminal =
        terminal(
            true,
            question -> {
              throw new AssertionError("asked: " + question);
            });

    assertThatCode(() -> terminal.confirm("sure?")).doesNotThrowAnyException();
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> terminal.ask("which server?", "--server"))
        .matches(e -> e.exitCode() == 2);
  }

  /** Half a sheet would be found out on the day of recovery. */
  @Test
  void aSecretThatIsNotPrintedIsAFailure() {
    Writer full =
        new FilterWriter(out) {
          @Override
          public void flush() throws IOException {
            throw new IOException("No space left on device");
          }
        };
    Terminal terminal = new Terminal(new PrintWriter(full), new PrintWriter(err), false, null);

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> terminal.saySecret(new char[] {'a'}))
        .matches(e -> e.exitCode() == 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"y", "Y", " yes "})
  void yesConfirms(String answer) {
    assertThatCode(() -> terminal(false, question -> answer).confirm("sure?"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "n", "yesterday"})
  void anythingElseStops(String answer) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> terminal(false, question -> answer).confirm("sure?"))
        .matches(e -> e.exitCode() == 1);
  }

  @Test
  void endOfInputIsNoAnswer() {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> terminal(false, question -> null).ask("which?", "--server"));
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> terminal(false, question -> null).confirm("sure?"));
  }

  @Test
  void resultsGoToStdoutTheRestToStderr() {
    Terminal terminal = terminal(false, null);
    terminal.say("result");
    terminal.warn("careful");

    assertThat(out.toString().lines()).containsExactly("result");
    assertThat(err.toString().lines()).containsExactly("cldcb-client: warning: careful");
  }

  @Test
  void progressWithoutTerminalIsALineAtTheEnd() {
    Progress progress = terminal(false, null).progress("uploading");
    for (long done = 0; done <= 2_000_000; done += 100_000) {
      progress.progress(done, 2_000_000);
    }
    assertThat(err.toString().lines()).containsExactly("uploading: 2.0 MB of 2.0 MB");
  }

  private Terminal terminal(boolean yes, Terminal.@Nullable Answers answers) {
    return new Terminal(new PrintWriter(out), new PrintWriter(err), yes, answers);
  }
}
