package org.cldcb.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RememberedDiskTest {
  private long now = Long.MAX_VALUE;
  private long usable = 5;

  private final Disk disk =
      new RememberedDisk(
          new Disk() {
            @Override
            public long usable() {
              return usable;
            }

            @Override
            public long total() {
              return usable + 1;
            }
          },
          () -> now);

  @Test
  void anAnswerHoldsForAMoment() {
    assertThat(disk.usable()).isEqualTo(5);
    usable = 7;
    now += RememberedDisk.MOMENT_NANOS;
    assertThat(disk.usable()).isEqualTo(5);
    assertThat(disk.total()).isEqualTo(6);
    now++;
    assertThat(disk.usable()).isEqualTo(7);
    assertThat(disk.total()).isEqualTo(8);
  }
}
