package org.cldcb.server.store;

import java.io.File;
import java.nio.file.Path;

/** The disk that a store lies on. */
public interface Disk {
  /** Bytes that may still be written. */
  long usable();

  /** Bytes in all. */
  long total();

  /**
   * The one that a folder lies on. It is asked at most a hundred times a second: no disk fills up
   * so quickly that what is kept free would be gone in between.
   */
  static Disk of(Path folder) {
    // A java.nio.file.FileStore would read the table of mounts.
    File file = folder.toFile();
    return new RememberedDisk(
        new Disk() {
          @Override
          public long usable() {
            return file.getUsableSpace();
          }

          @Override
          public long total() {
            return file.getTotalSpace();
          }
        },
        System::nanoTime);
  }
}
