package org.cldcb.client.hsmd;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.SocketChannel;
import org.newsclub.net.unix.AFSocketPair;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketPair;
import org.newsclub.net.unix.FileDescriptorCast;

/**
 * Two connected unix sockets, one of them for a child: what lightningd makes with socketpair(2),
 * which Java itself hasn't got.
 *
 * <p>Why not a socket with a name that the child's launcher connects to: that takes an interpreter
 * that can (perl, python), and whoever gets at the name first is the hsmd. This pair has no name.
 */
final class SocketPair implements AutoCloseable {
  private final SocketChannel ours;
  private final FileDescriptor childs;

  private SocketPair(SocketChannel ours, FileDescriptor childs) {
    this.ours = ours;
    this.childs = childs;
  }

  /** A failure if the native library can't be loaded. */
  static SocketPair open() throws IOException {
    PrintStream err = System.err;
    AFSocketPair<AFUNIXSocketChannel> pair;
    try {
      // Where it can't load, the library prints a stack trace by itself.
      System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
      pair = AFUNIXSocketPair.open();
    } catch (LinkageError | UnsupportedOperationException e) {
      throw HsmdText.noLibrary(e);
    } finally {
      System.setErr(err);
    }
    return new SocketPair(pair.getSocket1(), pair.getSocket2().getFileDescriptor());
  }

  SocketChannel ours() {
    return ours;
  }

  /** What makes the child's end one of its standard streams. */
  ProcessBuilder.Redirect childs() throws IOException {
    return FileDescriptorCast.using(childs).as(ProcessBuilder.Redirect.class);
  }

  /**
   * Once the child has it. Not by the channel's own close, which shuts the socket down for both.
   */
  void closeChilds() throws IOException {
    new FileOutputStream(childs).close();
  }

  @Override
  public void close() throws IOException {
    ours.close();
    if (childs.valid()) {
      closeChilds();
    }
  }
}
