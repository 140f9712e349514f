package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.cldcb.e2e.crash.Failpoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 at every named step: after each, a recovery gives what the node was promised. {@code
 * ./dev soak} goes on with random steps and moments.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashMatrixTest {
  private Crashes crashes;

  @BeforeAll
  void begin(@TempDir Path temp) {
    crashes = new Crashes(temp);
  }

  @AfterAll
  void end() {
    try {
      crashes.up();
      crashes.site().node().shutdown();
      crashes.site().assertRecoverable();
    } finally {
      crashes.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> theServerIsKilled() {
    return atEach(Steps.SERVER, crashes::server);
  }

  @TestFactory
  Stream<DynamicTest> thePluginIsKilled() {
    return atEach(Steps.PLUGIN, crashes::plugin);
  }

  private static Stream<DynamicTest> atEach(
      List<Steps.Step> steps, BiPredicate<Failpoint, Crashes.Work> kill) {
    return steps.stream()
        .map(
            step ->
                dynamicTest(
                    step.toString(),
                    () -> assertThat(kill.test(step.point(), step.work())).isTrue()));
  }

  @Test
  void installIsKilled() {
    for (Failpoint point : Steps.INSTALL) {
      assertThat(crashes.install(point)).as("%s", point).isTrue();
    }
  }

  @Test
  void aPluginThatIsSupersededIsKilled() {
    for (Failpoint point : Steps.TOMBSTONE) {
      assertThat(crashes.superseded(point)).as("%s", point).isTrue();
    }
  }

  @Test
  void initIsKilled() {
    for (Failpoint point : Steps.INIT) {
      assertThat(crashes.init(point)).as("%s", point).isTrue();
    }
  }

  @Test
  void recoverIsKilled() {
    for (Failpoint point : Steps.RECOVER) {
      assertThat(crashes.recover(point)).as("%s", point).isTrue();
    }
  }
}
