package org.cldcb.client.status;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.cldcb.client.cli.NodeOptions;
import org.cldcb.client.cli.Terminal;
import org.cldcb.client.cln.KeySigner;
import org.cldcb.client.cln.LightningDir;
import org.cldcb.client.cln.LightningNode;
import org.cldcb.client.cln.NodeFinder;
import org.cldcb.client.cln.NodeSigner;
import org.cldcb.client.hsmd.HsmdOptions;
import org.cldcb.client.secret.PassphraseOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code cldcb-client node-id}: what a server's operator needs to let the node in. */
@Command(
    name = "node-id",
    description = "Prints the node's id, whether lightningd runs or not.",
    footer = {
      "",
      "Example:",
      "  cldcb-server allow $(cldcb-client node-id --lightning-dir=$HOME/.lightning) --label alice"
    })
public final class NodeIdCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private NodeOptions node = new NodeOptions();

  @Mixin private PassphraseOptions passphrase = new PassphraseOptions();

  @Mixin private HsmdOptions hsmd = new HsmdOptions();

  @Override
  public Integer call() throws IOException {
    Terminal terminal = Terminal.of(Objects.requireNonNull(spec).commandLine(), false);
    LightningNode found = NodeFinder.find(node.lightningDir(), node.network());
    try (NodeSigner signer = signer(found, terminal)) {
      hsmd.match(signer.nodeId());
      terminal.say(signer.nodeId().hex());
    }
    return 0;
  }

  private NodeSigner signer(LightningNode found, Terminal terminal) throws IOException {
    if (!hsmd.areGiven()) {
      return found.openSigner(passphrase.from(terminal));
    }
    LightningDir dir = found.dir();
    return KeySigner.of(hsmd.open(dir.networkFolder(), dir.network(), passphrase.given(terminal)));
  }
}
