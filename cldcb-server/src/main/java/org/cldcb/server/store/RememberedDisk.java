package org.cldcb.server.store;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A disk that is asked anew only after a moment. Thread-safe. */
final class RememberedDisk implements Disk {
  static final long MOMENT_NANOS = 10_000_000;

  private final Disk disk;
  private final LongSupplier nanoTime;
  private volatile @Nullable Answer last;

  RememberedDisk(Disk disk, LongSupplier nanoTime) {
    this.disk = disk;
    this.nanoTime = nanoTime;
  }

  private record Answer(long usable, long total, long at) {}

  @Override
  public long usable() {
    return answer().usable();
  }

  @Override
  public long total() {
    return answer().total();
  }

  private Answer answer() {
    Answer known = last;
    long now = nanoTime.getAsLong();
    if (known == null || now - known.at() > MOMENT_NANOS) {
      known = new Answer(disk.usable(), disk.total(), now);
      last = known;
    }
    return known;
  }
}
