package org.cldcb.format;

/** Padmé: hides a length up to its order of magnitude, for 12 % at most (docs/FORMAT.md §3.4). */
final class Padme {
  private Padme() {}

  static long padded(long length) {
    if (length < 2) {
      return length;
    }
    int exponent = 63 - Long.numberOfLeadingZeros(length);
    int kept = 32 - Integer.numberOfLeadingZeros(exponent);
    long mask = exponent < kept ? 0 : (1L << (exponent - kept)) - 1;
    return (length + mask) & ~mask;
  }
}
