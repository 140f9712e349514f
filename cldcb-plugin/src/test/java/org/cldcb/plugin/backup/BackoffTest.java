package org.cldcb.plugin.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final int NODES = 200;

  /** The longest pause before each try: then they stay as long. */
  private static final long[] LONGEST_MILLIS = {
    0, 100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000
  };

  @Test
  void pausesGrowUpToACapAndNodesThatLostTheServerTogetherSpreadOut() {
    List<Backoff> nodes = Stream.generate(Backoff::new).limit(NODES).toList();
    for (long longest : LONGEST_MILLIS) {
      List<Long> pauses = nodes.stream().map(Backoff::nextMillis).toList();
      assertThat(pauses).allMatch(pause -> pause >= longest / 2 && pause <= longest);
      if (longest > 0) {
        assertThat(pauses.stream().distinct().count()).isGreaterThan(20);
      }
    }
  }
}
