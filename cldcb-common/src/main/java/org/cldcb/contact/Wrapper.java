package org.cldcb.contact;

import java.nio.file.Path;
import java.util.Arrays;
import org.cldcb.chain.Claim;
import org.cldcb.chain.Network;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.crypto.PublicKey;
import org.cldcb.format.Identity;

/**
 * What {@code cldcb-plugin-wrapper} tells the plugin: docs/FORMAT.md §10. {@link WrapperFile} reads
 * and writes it.
 *
 * @param claim number of the claim that made this delegate the writer
 * @param chunkIdKey 32 bytes
 * @param database lightningd's database file, absolute
 * @param pluginExecutable what the script starts, absolute
 */
public record Wrapper(
    Identity identity,
    Contact server,
    PrivateKey delegateKey,
    MessageSignature delegation,
    long claim,
    byte[] chunkIdKey,
    Path database,
    Path pluginExecutable)
    implements AutoCloseable {

  public Network network() {
    return identity.network();
  }

  public PublicKey nodeId() {
    return identity.nodeId();
  }

  /** The folder of lightningd's database, where copies of it are cheapest. */
  public Path folder() {
    Path folder = database.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalStateException("the database can't be the root folder");
    }
    return folder;
  }

  /**
   * Whether {@code newer} proves that this wrapper's delegate was superseded: both signatures are
   * the node's, for another delegate on this server, under a higher number.
   */
  public boolean isSupersededBy(Claim newer) {
    return newer.number() > claim
        && !newer.delegate().equals(delegateKey.publicKey())
        && newer.isValid(nodeId(), server.serverKey());
  }

  @Override
  public void close() {
    delegateKey.close();
    Arrays.fill(chunkIdKey, (byte) 0);
  }

  /** Without keys. */
  @Override
  public String toString() {
    return "Wrapper[" + nodeId() + " on " + network() + " at " + server + "]";
  }
}
