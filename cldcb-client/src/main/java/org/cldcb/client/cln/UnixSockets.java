package org.cldcb.client.cln;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Connects to unix sockets, however long their paths. */
final class UnixSockets {
  /** What the kernel takes. lightningd itself binds within the socket's folder. */
  private static final int MAX_PATH_BYTES = 107;

  private UnixSockets() {}

  static SocketChannel connect(Path socket) throws IOException {
    if (socket.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_PATH_BYTES) {
      return SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }
    Path folder = Files.createTempDirectory("cldcb-");
    Path link = folder.resolve("rpc");
    try {
      Files.createSymbolicLink(link, socket);
      return SocketChannel.open(UnixDomainSocketAddress.of(link));
    } finally {
      Files.deleteIfExists(link);
      Files.delete(folder);
    }
  }
}
