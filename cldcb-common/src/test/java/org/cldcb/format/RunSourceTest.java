package org.cldcb.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.cldcb.io.Spool;
import org.junit.jupiter.api.Test;

class RunSourceTest {

  @Test
  void aRunIsUsedUpAfter1024Envelopes() throws IOException {
    try (SealingRun run = ExampleKeys.run()) {
      for (int i = 0; i < 1024; i++) {
        assertThat(run.isUsedUp()).isFalse();
        run.seal(Envelopes.RECORD, Spool.of(new byte[1]));
      }
      assertThat(run.isUsedUp()).isTrue();
    }
  }

  @Test
  void eachRunSealsAsManyAndTheNextHasAnotherKey() throws IOException {
    Set<String> headers = new HashSet<>();
    try (RunSource runs = source()) {
      for (int i = 0; i < 3 * 1024; i++) {
        if (i % 3 == 0) {
          runs.prepare();
        }
        EnvelopeParts parts = runs.current().seal(Envelopes.RECORD, Spool.of(new byte[1]));
        byte[] first = parts.next();
        headers.add(Arrays.toString(Arrays.copyOf(first, EnvelopeHeader.SIZE)));
      }
    }
    assertThat(headers).hasSize(3);
  }

  @Test
  void staysWithARunUntilItIsUsedUp() {
    try (RunSource runs = source()) {
      runs.prepare();
      SealingRun run = runs.current();
      runs.prepare();
      assertThat(runs.current()).isSameAs(run);
    }
  }

  /** A retry seals in the run of the first attempt, which may have been its last. */
  @Test
  void aRunThatWasReplacedStillSealsARetry() throws IOException {
    try (RunSource runs = source()) {
      SealingRun old = runs.current();
      for (int i = 0; i < 1024; i++) {
        old.seal(Envelopes.RECORD, Spool.of(new byte[1]));
      }
      byte[] before = old.seal(Envelopes.RECORD, Spool.of(new byte[1])).next();
      assertThat(runs.current()).isNotSameAs(old);
      assertThat(old.seal(Envelopes.RECORD, Spool.of(new byte[1])).next()).isEqualTo(before);
    }
  }

  private static RunSource source() {
    return new RunSource(ExampleKeys.IDENTITY, ExampleKeys.DELEGATE, new SecureRandom());
  }
}
