package org.cldcb.e2e.bench;

import java.util.Locale;

/** What a figure is counted in. */
enum Unit {
  /** Kept in nanoseconds. */
  MICROSECONDS("µs", 1e3),
  /** Kept in nanoseconds. */
  MILLISECONDS("ms", 1e6),
  /** Kept in bytes. */
  MEBIBYTES("MiB", 1 << 20),
  /** Kept in bytes. */
  BYTES("bytes", 1),
  PER_SECOND("/s", 1);

  private final String symbol;
  private final double size;

  Unit(String symbol, double size) {
    this.symbol = symbol;
    this.size = size;
  }

  /** Whether it is a time, of which the difference to another says something. */
  boolean isTime() {
    return this == MICROSECONDS || this == MILLISECONDS;
  }

  String symbol() {
    return symbol;
  }

  /** In this unit, of what is kept. */
  double in(double kept) {
    return kept / size;
  }

  /** As people read it. */
  String format(double kept) {
    return String.format(Locale.ROOT, "%,.0f %s", in(kept), symbol);
  }
}
