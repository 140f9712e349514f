package org.cldcb.client.hsmd;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;

/**
 * Drains what a child says without being asked, and keeps the end of it: why it gives up, from its
 * status socket, and the last line on its stderr. Thread-safe.
 */
final class LastWords {
  private static final int MAX_STATUS = 1 << 16;
  private static final int TAIL = 4096;

  private final Thread statusReader;
  private final Thread stderrReader;
  private volatile String failure = "";
  private volatile String lastLine = "";

  private LastWords(InputStream status, InputStream stderr) {
    statusReader = reader("hsmd-status", () -> readStatus(status));
    stderrReader = reader("hsmd-stderr", () -> readStderr(stderr));
  }

  static LastWords of(InputStream status, InputStream stderr) {
    LastWords words = new LastWords(status, stderr);
    words.statusReader.start();
    words.stderrReader.start();
    return words;
  }

  /** What there is once the child has closed both, or after this time. Empty if it said nothing. */
  String await(Duration patience) throws InterruptedException {
    statusReader.join(patience.toMillis());
    stderrReader.join(patience.toMillis());
    return failure.isEmpty() ? lastLine : failure;
  }

  /** Reading on another thread ends with the stream; nobody is left to tell of an error. */
  @FunctionalInterface
  private interface Reading {
    void run() throws IOException;
  }

  private static Thread reader(String name, Reading reading) {
    Thread thread =
        new Thread(
            () -> {
              try {
                reading.run();
              } catch (IOException e) {
                return;
              }
            },
            name);
    thread.setDaemon(true);
    return thread;
  }

  private void readStatus(InputStream status) throws IOException {
    DataInputStream in = new DataInputStream(status);
    while (true) {
      int length;
      try {
        length = in.readInt();
      } catch (EOFException e) {
        return;
      }
      if (length < 0 || length > MAX_STATUS) {
        in.transferTo(OutputStream.nullOutputStream());
        return;
      }
      byte[] message = new byte[length];
      in.readFully(message);
      String why = HsmdWire.failure(message);
      failure = why == null ? failure : why;
    }
  }

  private void readStderr(InputStream stderr) throws IOException {
    byte[] buffer = new byte[TAIL];
    byte[] tail = new byte[0];
    int count = stderr.read(buffer);
    while (count >= 0) {
      ByteArrayOutputStream all = new ByteArrayOutputStream(tail.length + count);
      all.writeBytes(tail);
      all.write(buffer, 0, count);
      tail = all.toByteArray();
      tail = Arrays.copyOfRange(tail, Math.max(0, tail.length - TAIL), tail.length);
      lastLine = HsmdWire.lastLine(tail);
      count = stderr.read(buffer);
    }
  }
}
