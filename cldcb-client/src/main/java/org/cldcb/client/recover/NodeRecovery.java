package org.cldcb.client.recover;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.cldcb.client.cli.Terminal;
import org.cldcb.client.cln.LightningDir;
import org.cldcb.client.cln.LightningNode;
import org.cldcb.client.cln.NodeFinder;
import org.cldcb.client.install.WrapperInstaller;
import org.cldcb.contact.Wrapper;
import org.cldcb.link.Access;

/**
 * Brings a node back: its database, its wrapper, its config line. The order matters: the database
 * gets its name last, so that nothing starts on it that isn't the one writer.
 */
final class NodeRecovery {
  private final LightningNode node;
  private final LightningDir dir;
  private final Target target;
  private final Source source;
  private final Access access;
  private final Terminal terminal;
  private final TakeOver takeOver;

  NodeRecovery(
      LightningNode node, Source source, Access access, Terminal terminal, TakeOver takeOver) {
    this.node = node;
    this.dir = node.dir();
    this.target = new Target(node.database().file());
    this.source = source;
    this.access = access;
    this.terminal = terminal;
    this.takeOver = takeOver;
  }

  /**
   * Recovers.
   *
   * @param hsmSecret of the node, unless its key isn't in a file
   * @param plugin what the wrapper starts
   */
  void run(Optional<Path> hsmSecret, Path plugin) throws IOException {
    requireReadiness(node);
    takeOver.require(Survey.of(source).age());
    try (NodeFolder folder = NodeFolder.of(dir)) {
      new Recovery(source, terminal, target.folder())
          .run(
              copy -> {
                Checks.require(copy, terminal);
                requireReadiness(NodeFinder.find(dir.base(), dir.network()));
                long claim = new Claimer(source, takeOver, terminal).claim(copy);
                copy.complete();
                install(copy, claim, folder, hsmSecret, plugin);
                report(copy.summary(), claim);
              });
    }
  }

  /** Fails where a node can't be put in place. */
  static void requireReadiness(LightningNode node) {
    if (!node.isDown()) {
      throw RecoverMessages.running(node.dir().base());
    }
    new Target(node.database().file()).requireFree();
  }

  private void install(
      Copy copy, long claim, NodeFolder folder, Optional<Path> hsmSecret, Path plugin)
      throws IOException {
    Wrapper wrapper =
        new Wrapper(
            access.identity(),
            access.server(),
            access.delegateKey(),
            access.delegation(),
            claim,
            copy.chunkIdKey(),
            target.file(),
            plugin);
    try {
      WrapperInstaller.install(dir.base(), wrapper);
      if (hsmSecret.isPresent() && folder.takeSecret(hsmSecret.get())) {
        terminal.note(RecoverMessages.secretCopied(hsmSecret.get(), dir.networkFolder()));
      }
      folder.give(copy.file());
      target.put(copy.file());
    } catch (IOException e) {
      throw RecoverMessages.notInstalled(e);
    }
  }

  private void report(Recovered recovered, long claim) {
    RecoverMessages.recovered(
            access.identity(), recovered, takeOver.age(recovered.lastWrite()), target.file())
        .forEach(terminal::say);
    RecoverMessages.next(dir.base(), claim).forEach(terminal::say);
  }
}
