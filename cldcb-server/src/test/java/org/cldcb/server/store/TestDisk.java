package org.cldcb.server.store;

/** The disk in the test's hands. */
final class TestDisk implements Disk {
  private volatile long usable = 1L << 40;

  void setUsable(long bytes) {
    usable = bytes;
  }

  @Override
  public long usable() {
    return usable;
  }

  @Override
  public long total() {
    return 2L << 40;
  }
}
