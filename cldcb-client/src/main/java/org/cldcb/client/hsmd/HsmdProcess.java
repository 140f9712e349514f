package org.cldcb.client.hsmd;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.cldcb.client.cln.TimedChannel;
import org.cldcb.crypto.Secrets;

/**
 * A child that finds all as if lightningd had started it: fd 0 is its status socket, fd 3 its
 * request socket, the working directory the network's folder. A request and its answer each are a
 * length (u32) and a message. Not thread-safe.
 */
final class HsmdProcess implements AutoCloseable {
  /**
   * Java sets a child's first three descriptors only: this moves the second to where it belongs.
   */
  private static final String MOVE_TO_FD_3 = "exec 3<&1 1>&2; exec \"$@\"";

  /** Far above what any answer here has: some 200 bytes. */
  private static final int MAX_ANSWER = 1 << 16;

  private static final Duration TO_END = Duration.ofSeconds(2);

  private final Path program;
  private final Duration patience;
  private final Process process;
  private final SocketPair requests;
  private final SocketPair status;
  private final LastWords lastWords;

  private HsmdProcess(
      Path program, Duration patience, Process process, SocketPair requests, SocketPair status) {
    this.program = program;
    this.patience = patience;
    this.process = process;
    this.requests = requests;
    this.status = status;
    lastWords = LastWords.of(Channels.newInputStream(status.ours()), process.getErrorStream());
  }

  /**
   * Starts it.
   *
   * @param program absolute
   * @param folder its working directory
   * @param patience how long an answer may take
   */
  static HsmdProcess start(Path program, Path folder, Duration patience) throws IOException {
    SocketPair requests = SocketPair.open();
    try {
      SocketPair status = SocketPair.open();
      try {
        Process process =
            new ProcessBuilder("/bin/sh", "-c", MOVE_TO_FD_3, "sh", program.toString())
                .directory(folder.toFile())
                .redirectInput(status.childs())
                .redirectOutput(requests.childs())
                .start();
        status.closeChilds();
        requests.closeChilds();
        return new HsmdProcess(program, patience, process, requests, status);
      } catch (IOException e) {
        status.close();
        throw e;
      }
    } catch (IOException e) {
      requests.close();
      throw e;
    }
  }

  /**
   * Asks, and waits for the answer.
   *
   * @param what the request, in messages to people
   * @return the answer, the caller's to wipe
   */
  byte[] ask(byte[] request, String what) throws HsmdException {
    ByteBuffer out = ByteBuffer.allocate(Integer.BYTES + request.length);
    out.putInt(request.length).put(request).flip();
    try (TimedChannel channel = new TimedChannel(requests.ours(), patience, program.toString())) {
      channel.write(out);
      int length = read(channel, Integer.BYTES).getInt();
      if (length < Short.BYTES || length > MAX_ANSWER) {
        throw new HsmdException(
            HsmdText.garbage(program, what, "a message of " + length + " bytes"));
      }
      return read(channel, length).array();
    } catch (SocketTimeoutException e) {
      throw new HsmdException(HsmdText.silent(program, what, patience.toSeconds()), e);
    } catch (HsmdException e) {
      throw e;
    } catch (IOException e) {
      throw ended(what, e);
    } finally {
      Secrets.wipe(out.array());
    }
  }

  /** Lets it go: it ends by itself when its sockets close, or is ended. */
  @Override
  public void close() {
    try (requests;
        status) {
      requests.ours().close();
      status.ours().close();
      if (!process.waitFor(TO_END.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor(TO_END.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static ByteBuffer read(TimedChannel channel, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new EOFException();
      }
    }
    return bytes.flip();
  }

  private HsmdException ended(String what, IOException cause) {
    try {
      boolean exited = process.waitFor(TO_END.toMillis(), TimeUnit.MILLISECONDS);
      String how =
          exited ? "ended with exit code " + process.exitValue() : "closed its request socket";
      return new HsmdException(HsmdText.ended(program, how, what, lastWords.await(TO_END)), cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new HsmdException(HsmdText.ended(program, "was left", what, ""), cause);
    }
  }
}
