package org.cldcb.client.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.cldcb.chain.Delegation;
import org.cldcb.client.cli.Messages;
import org.cldcb.client.cli.Terminal;
import org.cldcb.contact.Wrapper;
import org.cldcb.contact.WrapperException;
import org.cldcb.contact.WrapperFile;
import org.cldcb.format.Identity;

/** The wrapper that an earlier install or a recovery left. */
final class ExistingWrapper {
  private ExistingWrapper() {}

  /**
   * Reads it.
   *
   * @return empty if there is none of use for this node, which is said if there is one of none
   */
  static Optional<Wrapper> read(Path path, Identity node, Terminal terminal) throws IOException {
    if (Files.notExists(path)) {
      return Optional.empty();
    }
    try {
      Wrapper wrapper = WrapperFile.read(path);
      if (!wrapper.network().equals(node.network())) {
        wrapper.close();
        throw Messages.wrapperOfOtherNetwork(path, wrapper.network());
      }
      if (isFor(wrapper, node)) {
        return Optional.of(wrapper);
      }
      wrapper.close();
      terminal.warn(Messages.wrapperOfOtherNode(path));
    } catch (WrapperException e) {
      terminal.warn(Messages.wrapperUnusable(path, e));
    }
    return Optional.empty();
  }

  private static boolean isFor(Wrapper wrapper, Identity node) {
    String text = Delegation.delegationText(wrapper.delegateKey().publicKey());
    return wrapper.nodeId().equals(node.nodeId())
        && Delegation.signedBy(node.nodeId(), text, wrapper.delegation());
  }
}
