package org.cldcb.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In processes of their own, which end. */
@Timeout(60)
class FatalTest {

  /** Has a thread die in one of the ways that there are, and waits. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] args) throws Exception {
      Fatal.install();
      Runnable dying =
          () -> {
            throw new NoClassDefFoundError("broken by the test");
          };
      switch (args[0]) {
        case "thread" -> new Thread(dying, "victim").start();
        case "executor" -> Executors.newSingleThreadExecutor(Victim::thread).execute(dying);
        default ->
            Executors.newSingleThreadScheduledExecutor(Victim::thread)
                .scheduleWithFixedDelay(Fatal.task(dying), 0, 1, TimeUnit.SECONDS);
      }
      Thread.sleep(600_000);
    }

    private static Thread thread(Runnable work) {
      return new Thread(work, "victim");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"thread", "executor", "schedule"})
  void aThreadThatDiesEndsTheProcessWithALine(String way) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                way)
            .redirectErrorStream(true)
            .start();
    try {
      assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(
              "cldcb-server: thread victim died, so the server ends:"
                  + " java.lang.NoClassDefFoundError: broken by the test\n");
      assertThat(process.waitFor()).isEqualTo(1);
    } finally {
      process.destroyForcibly();
    }
  }
}
