package org.cldcb.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrangerLogTest {
  private static final long SECOND = 1_000_000_000;

  private final List<String> lines = new ArrayList<>();
  private long now = Long.MAX_VALUE - SECOND / 2;
  private final StrangerLog log = new StrangerLog(lines::add, () -> now);

  @Test
  void aFloodIsALineASecondThatTellsHowManyThereWere() {
    for (int i = 0; i < 3_000; i++) {
      log.say("stranger " + i, "refused");
      now += SECOND / 1_000;
    }
    assertThat(lines)
        .containsExactly(
            "stranger 0 refused",
            "stranger 1000 refused (and 999 more before)",
            "stranger 2000 refused (and 999 more before)");
  }

  @Test
  void whoComesAloneIsAlwaysNamed() {
    for (int i = 0; i < 3; i++) {
      log.say("node " + i, "refused");
      now += SECOND;
    }
    assertThat(lines).containsExactly("node 0 refused", "node 1 refused", "node 2 refused");
  }
}
