package org.cldcb.e2e.bench;

/**
 * A measured figure.
 *
 * @param what it is, in a word or two; empty where the row says it
 * @param value in what its unit is kept in
 */
record Quantity(String what, double value, Unit unit) {

  static Quantity micros(String what, long nanos) {
    return new Quantity(what, nanos, Unit.MICROSECONDS);
  }

  static Quantity millis(String what, long nanos) {
    return new Quantity(what, nanos, Unit.MILLISECONDS);
  }

  static Quantity memory(long bytes) {
    return new Quantity("", bytes, Unit.MEBIBYTES);
  }

  static Quantity bytes(String what, long bytes) {
    return new Quantity(what, bytes, Unit.BYTES);
  }

  static Quantity perSecond(String what, double rate) {
    return new Quantity(what, rate, Unit.PER_SECOND);
  }

  /** In its unit. */
  double inUnit() {
    return unit.in(value);
  }

  @Override
  public String toString() {
    return (what + " " + unit.format(value)).strip();
  }
}
