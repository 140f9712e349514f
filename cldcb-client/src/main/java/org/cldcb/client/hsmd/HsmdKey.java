package org.cldcb.client.hsmd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.cldcb.chain.Delegation;
import org.cldcb.client.cli.Messages;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.FormatException;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.NodeKey;
import org.cldcb.crypto.PublicKey;
import org.cldcb.crypto.Secrets;
import org.jspecify.annotations.Nullable;

/**
 * A node's key that never leaves an hsmd: Core Lightning's own, or one that stands in for it
 * (remote signers, hardware). Not thread-safe.
 */
final class HsmdKey implements NodeKey {
  /** How long any answer may take. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String INIT = "hsmd_init";
  private static final String ECDH = "an ECDH request";
  private static final String SIGN = "a request for a signature";

  private final Path program;
  private final HsmdProcess process;
  private final PublicKey nodeId;

  private HsmdKey(Path program, HsmdProcess process, PublicKey nodeId) {
    this.program = program;
    this.process = process;
    this.nodeId = nodeId;
  }

  /**
   * Starts an hsmd and has it say who it is.
   *
   * @param program absolute
   * @param folder the network's, which is its working directory
   * @param passphrase in UTF-8, for an hsmd that opens a file with it; the caller's to wipe
   * @throws IOException if it isn't an hsmd as it should be
   */
  static HsmdKey open(
      Path program,
      Path folder,
      ChainParameters chain,
      byte @Nullable [] passphrase,
      Duration patience)
      throws IOException {
    HsmdProcess process = HsmdProcess.start(program, folder, patience);
    byte[] request = HsmdWire.init(chain, passphrase);
    try {
      PublicKey nodeId = introduction(program, process.ask(request, INIT), passphrase != null);
      return new HsmdKey(program, process, nodeId);
    } catch (HsmdException | RuntimeException e) {
      process.close();
      throw e;
    } finally {
      Secrets.wipe(request);
    }
  }

  @Override
  public PublicKey nodeId() {
    return nodeId;
  }

  @Override
  public byte[] ecdh(PublicKey peer) {
    return ask(HsmdWire.ecdh(peer), ECDH, HsmdWire.ECDH_REPLY, HsmdWire::sharedSecret);
  }

  @Override
  public MessageSignature sign(String message) {
    MessageSignature signature =
        ask(HsmdWire.signMessage(message), SIGN, HsmdWire.SIGN_MESSAGE_REPLY, HsmdWire::signature);
    if (!Delegation.signedBy(nodeId, message, signature)) {
      throw new UncheckedIOException(new HsmdException(HsmdText.otherKey(program)));
    }
    return signature;
  }

  @Override
  public void close() {
    process.close();
  }

  /** Reads an answer after its type. */
  @FunctionalInterface
  private interface Parser<T> {
    T parse(ByteReader reply) throws FormatException;
  }

  private <T> T ask(byte[] request, String what, int type, Parser<T> parser) {
    try {
      byte[] reply = process.ask(request, what);
      try {
        return parse(program, reply, what, type, parser);
      } finally {
        Secrets.wipe(reply);
      }
    } catch (HsmdException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PublicKey introduction(Path program, byte[] reply, boolean passphrase)
      throws HsmdException {
    if (type(reply) == HsmdWire.INIT_FAILURE) {
      String why = parse(program, reply, INIT, HsmdWire.INIT_FAILURE, HsmdWire::initFailure);
      throw new HsmdException(HsmdText.refused(program, why, passphrase));
    }
    HsmdWire.Introduction introduction =
        parse(program, reply, INIT, HsmdWire.INIT_REPLY, HsmdWire::introduction);
    long version = introduction.version();
    if (version < HsmdWire.MIN_VERSION || version > HsmdWire.MAX_VERSION) {
      throw new HsmdException(HsmdText.wrongVersion(program, version));
    }
    return introduction.nodeId();
  }

  private static <T> T parse(Path program, byte[] reply, String what, int type, Parser<T> parser)
      throws HsmdException {
    if (type(reply) != type) {
      throw new HsmdException(HsmdText.otherAnswer(program, what, type(reply)));
    }
    try {
      ByteReader reader = new ByteReader(reply);
      reader.u16();
      return parser.parse(reader);
    } catch (FormatException e) {
      throw new HsmdException(HsmdText.garbage(program, what, Messages.reason(e)), e);
    }
  }

  /** Of a message, which has two bytes at least. */
  private static int type(byte[] message) {
    return (message[0] & 0xff) << 8 | message[1] & 0xff;
  }
}
