package org.cldcb.client.cln;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.cldcb.chain.Network;
import org.cldcb.client.cli.Messages;

/** Finds out which network a lightning-dir is about, where nobody said it. */
final class NetworkFinder {
  private static final Network BITCOIN = new Network("bitcoin");

  private NetworkFinder() {}

  /** The network of the lightningd that runs there, else the one whose folder holds a node. */
  static Network find(Path base) throws IOException {
    List<Network> running = folders(base, NetworkFinder::isRunning);
    if (running.size() == 1) {
      return running.get(0);
    }
    List<Network> nodes = folders(base, NetworkFinder::holdsNode);
    if (nodes.size() == 1) {
      return nodes.get(0);
    }
    if (nodes.size() > 1 && !nodes.contains(BITCOIN)) {
      throw Messages.severalNetworks(nodes);
    }
    if (nodes.isEmpty() && holdsNode(base) && Files.exists(base.resolve("lightningd.sqlite3"))) {
      throw Messages.networkFolderGiven(base);
    }
    return BITCOIN;
  }

  private static List<Network> folders(Path base, Predicate<Path> test) throws IOException {
    try (Stream<Path> entries = Files.list(base)) {
      return entries
          .filter(entry -> entry.getFileName().toString().matches("[a-z0-9-]{1,16}"))
          .filter(Files::isDirectory)
          .filter(test)
          .map(entry -> new Network(entry.getFileName().toString()))
          .toList();
    }
  }

  private static boolean isRunning(Path folder) {
    return new LightningRpc(folder.resolve("lightning-rpc")).isListening();
  }

  private static boolean holdsNode(Path folder) {
    return Files.exists(folder.resolve("hsm_secret"))
        || Files.exists(folder.resolve("lightningd.sqlite3"));
  }
}
