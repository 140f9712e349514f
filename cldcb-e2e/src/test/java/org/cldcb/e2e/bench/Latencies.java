package org.cldcb.e2e.bench;

import java.util.Arrays;

/** Collects times in nanoseconds. Not thread-safe. */
final class Latencies {
  private long[] nanos = new long[1024];
  private int count;

  void add(long value) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, count * 2);
    }
    nanos[count++] = value;
  }

  int count() {
    return count;
  }

  /** Forgets the first ones, in which everything is still cold. */
  Latencies without(int first) {
    Latencies rest = new Latencies();
    for (int i = first; i < count; i++) {
      rest.add(nanos[i]);
    }
    return rest;
  }

  /** Forgets the largest. */
  Latencies withoutLargest() {
    Latencies rest = new Latencies();
    rest.nanos = Arrays.copyOf(nanos, count);
    Arrays.sort(rest.nanos);
    rest.count = Math.max(0, count - 1);
    return rest;
  }

  /**
   * The value below which this share of them lies.
   *
   * @throws IllegalStateException if there are none
   */
  long quantile(double share) {
    if (count == 0) {
      throw new IllegalStateException("nothing was measured");
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return sorted[Math.min(count - 1, (int) (share * count))];
  }
}
