package org.cldcb.e2e.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * What differs between two states of a database file.
 *
 * @param pages of 4,096 bytes that differ, or are new
 * @param deflated bytes of these pages in their order, as one DEFLATE stream
 */
record ChangedPages(long pages, long deflated) {
  private static final int PAGE = 4096;

  static ChangedPages between(Path before, Path after) throws IOException {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    byte[] out = new byte[PAGE];
    long pages = 0;
    try (FileChannel old = FileChannel.open(before);
        FileChannel now = FileChannel.open(after)) {
      for (long at = 0; at < now.size(); at += PAGE) {
        byte[] page = page(now, at);
        if (!Arrays.equals(page, page(old, at))) {
          pages++;
          deflater.setInput(page);
          while (!deflater.needsInput()) {
            deflater.deflate(out);
          }
        }
      }
      deflater.finish();
      while (!deflater.finished()) {
        deflater.deflate(out);
      }
      return new ChangedPages(pages, deflater.getBytesWritten());
    } finally {
      deflater.end();
    }
  }

  private static byte[] page(FileChannel file, long at) throws IOException {
    ByteBuffer page = ByteBuffer.allocate(PAGE);
    while (page.hasRemaining() && file.read(page, at + page.position()) > 0) {
      continue;
    }
    return Arrays.copyOf(page.array(), page.position());
  }
}
