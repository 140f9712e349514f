package org.cldcb.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final StringWriter err = new StringWriter();
  private long millis = 5000;

  @Test
  void aBarSaysHowFastItIsAndWhatIsLeft() {
    ProgressBar bar = bar();
    millis += 10_000;
    bar.progress(1_000_000, 4_000_000);

    assertThat(err.toString())
        .isEqualTo(
            "\ruploading [#######.......................] 25 % 1.0 MB of 4.0 MB, 100.0 KB/s,"
                + " 30 s left");
  }

  @Test
  void aBarStaysOnItsLineAndEndsIt() {
    ProgressBar bar = bar();
    bar.progress(1000, 2_000_000);
    int first = err.toString().length();
    bar.progress(2, 2);

    String second = err.toString().substring(first);
    assertThat(second).startsWith("\r").contains("100 % 2 B of 2 B").endsWith("  \n");
    assertThat(second.strip().length()).isLessThan(first);
    assertThat(second.length()).isGreaterThan(first);
  }

  @Test
  void aBarIsDrawnAnewForAPercentAndTwiceASecond() {
    ProgressBar bar = bar();
    for (int i = 0; i < 1200; i++) {
      millis++;
      bar.progress(0, 100);
    }
    bar.progress(1, 100);

    assertThat(err.toString().chars().filter(c -> c == '\r')).hasSize(3 + 1);
  }

  @Test
  void whatIsWrittenNextHasALineOfItsOwn() {
    ProgressBar bar = bar();
    bar.leave();
    bar.progress(1, 2);
    bar.leave();
    bar.leave();

    assertThat(err.toString()).endsWith("50 % 1 B of 2 B\n").doesNotStartWith("\n");
  }

  @Test
  void withoutTerminalThereIsALineEveryFiveSeconds() {
    ProgressLines lines = new ProgressLines("replaying", pace(), new PrintWriter(err));
    for (int done = 1; done <= 12; done++) {
      millis += 1000;
      lines.progress(done * 1000, 12_000);
    }

    assertThat(err.toString().lines())
        .containsExactly(
            "replaying: 5.0 KB of 12.0 KB, 1.0 KB/s, 7 s left",
            "replaying: 10.0 KB of 12.0 KB, 1.0 KB/s, 2 s left",
            "replaying: 12.0 KB of 12.0 KB, 1.0 KB/s");
  }

  private ProgressBar bar() {
    return new ProgressBar("uploading", pace(), new PrintWriter(err));
  }

  private Pace pace() {
    return new Pace(Messages::bytes, () -> TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
