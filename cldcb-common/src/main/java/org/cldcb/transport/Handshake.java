package org.cldcb.transport;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.cldcb.crypto.AuthenticationException;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.crypto.PublicKey;
import org.cldcb.transport.HandshakeException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * One side of BOLT 8's handshake in three acts: {@code -> e, es; <- e, ee; -> s, se}.
 *
 * <p>The initiator must know the responder's static key beforehand; whoever doesn't gets no answer.
 * A completed handshake proves to each side that the other holds the private key of its static key.
 * Whoever drives it sends what {@link #start} and {@link #read} return, and reads exactly {@link
 * #bytesWanted} bytes for the next {@link #read}, until {@link #complete}.
 *
 * <p>Not thread-safe. It owns the ephemeral key, and wipes it with all else when it completes,
 * fails or is closed; the static key stays the caller's, and the transport becomes the caller's.
 */
public final class Handshake implements AutoCloseable {

  /** What both sides must agree on besides the keys; ASCII. BOLT 8's own is "lightning". */
  public static final String PROLOGUE = "cldcb";

  /** The size of act one: version (1) ‖ ephemeral key (33) ‖ tag (16). */
  public static final int ACT_ONE_BYTES = 50;

  /** The size of act two: version (1) ‖ ephemeral key (33) ‖ tag (16). */
  public static final int ACT_TWO_BYTES = 50;

  /** The size of act three: version (1) ‖ encrypted static key (33 + 16) ‖ tag (16). */
  public static final int ACT_THREE_BYTES = 66;

  private static final byte VERSION = 0;
  private static final int SEALED_KEY_BYTES = PublicKey.BYTES + Transport.TAG;
  private static final byte[] NOTHING = {};

  /** What comes next. */
  private enum Step {
    SEND_ACT_ONE(0),
    READ_ACT_ONE(ACT_ONE_BYTES),
    READ_ACT_TWO(ACT_TWO_BYTES),
    READ_ACT_THREE(ACT_THREE_BYTES),
    COMPLETE(0),
    CLOSED(0);

    final int bytesWanted;

    Step(int bytesWanted) {
      this.bytesWanted = bytesWanted;
    }
  }

  private final PrivateKey localStatic;
  private final PrivateKey ephemeral;
  private final HandshakeState state;
  private Step step;
  private @Nullable PublicKey remoteStatic;
  private @Nullable Transport transport;

  private Handshake(
      PrivateKey localStatic, PrivateKey ephemeral, HandshakeState state, Step firstStep) {
    this.localStatic = localStatic;
    this.ephemeral = ephemeral;
    this.state = state;
    this.step = firstStep;
  }

  /**
   * The side that connects, and starts.
   *
   * @param prologue {@link #PROLOGUE}, or another that the responder uses too
   * @param ephemeral a new key, for this handshake only
   */
  public static Handshake initiator(
      String prologue, PrivateKey localStatic, PublicKey remoteStatic, PrivateKey ephemeral) {
    HandshakeState state = new HandshakeState(prologue, remoteStatic);
    Handshake handshake = new Handshake(localStatic, ephemeral, state, Step.SEND_ACT_ONE);
    handshake.remoteStatic = remoteStatic;
    return handshake;
  }

  /**
   * The side that is connected to, and waits for act one.
   *
   * @param prologue {@link #PROLOGUE}, or another that the initiator uses too
   * @param ephemeral a new key, for this handshake only
   */
  public static Handshake responder(String prologue, PrivateKey localStatic, PrivateKey ephemeral) {
    HandshakeState state = new HandshakeState(prologue, localStatic.publicKey());
    return new Handshake(localStatic, ephemeral, state, Step.READ_ACT_ONE);
  }

  /** Starts the handshake: act one, for the initiator to send. */
  public byte[] start() {
    require(step == Step.SEND_ACT_ONE, "only an initiator starts, and once");
    step = Step.READ_ACT_TWO;
    return writeEphemeral(requireNonNull(remoteStatic));
  }

  /** The size of the act to read next; 0 if none is to be read. */
  public int bytesWanted() {
    return step.bytesWanted;
  }

  /**
   * Reads the peer's next act.
   *
   * @param act {@link #bytesWanted} bytes, or those that came before the connection ended
   * @return the act to send in answer; empty if there is none
   * @throws HandshakeException if the act is refused; the handshake is closed then
   */
  public byte[] read(byte[] act) throws HandshakeException {
    require(step.bytesWanted > 0, "there is no act to read");
    try {
      return switch (step) {
        case READ_ACT_ONE -> readActOne(act);
        case READ_ACT_TWO -> readActTwo(act);
        default -> readActThree(act);
      };
    } catch (HandshakeException e) {
      close();
      throw e;
    }
  }

  /** Whether the peer is who it says, and {@link #transport} is there. */
  public boolean complete() {
    return step == Step.COMPLETE;
  }

  /** The peer's static key, which it has proved to hold; the handshake must be complete. */
  public PublicKey remoteStatic() {
    require(complete(), "the handshake isn't complete");
    return requireNonNull(remoteStatic);
  }

  /** The channel, the caller's to close; the handshake must be complete. */
  public Transport transport() {
    require(complete(), "the handshake isn't complete");
    return requireNonNull(transport);
  }

  /** Wipes the ephemeral key and the handshake's state. Leaves the transport alone. */
  @Override
  public void close() {
    ephemeral.close();
    state.close();
    step = complete() ? step : Step.CLOSED;
  }

  private byte[] readActOne(byte[] act) throws HandshakeException {
    PublicKey peer = readEphemeral(1, act, localStatic);
    byte[] reply = writeEphemeral(peer);
    step = Step.READ_ACT_THREE;
    return reply;
  }

  private byte[] readActTwo(byte[] act) throws HandshakeException {
    PublicKey peer = readEphemeral(2, act, ephemeral);
    byte[] reply = writeStatic(peer);
    finish(state.split(true));
    return reply;
  }

  private byte[] readActThree(byte[] act) throws HandshakeException {
    remoteStatic = readStatic(act);
    finish(state.split(false));
    return NOTHING;
  }

  private void finish(Transport channel) {
    transport = channel;
    step = Step.COMPLETE;
    close();
  }

  /** Acts one and two have one form; the peer's key is its static one first, then its ephemeral. */
  private byte[] writeEphemeral(PublicKey peer) {
    byte[] key = ephemeral.publicKey().bytes();
    state.mixHash(key);
    state.mixKey(ephemeral.ecdh(peer));
    return concatenate(ACT_ONE_BYTES, key, state.seal(NOTHING));
  }

  private PublicKey readEphemeral(int number, byte[] act, PrivateKey local)
      throws HandshakeException {
    requireWellFormed(number, act, ACT_ONE_BYTES);
    PublicKey peer = publicKey(number, Arrays.copyOfRange(act, 1, 1 + PublicKey.BYTES));
    state.mixHash(peer.bytes());
    state.mixKey(local.ecdh(peer));
    open(number, Arrays.copyOfRange(act, 1 + PublicKey.BYTES, act.length), Reason.BAD_TAG);
    return peer;
  }

  private byte[] writeStatic(PublicKey peer) {
    byte[] key = state.seal(localStatic.publicKey().bytes());
    state.mixKey(localStatic.ecdh(peer));
    return concatenate(ACT_THREE_BYTES, key, state.seal(NOTHING));
  }

  private PublicKey readStatic(byte[] act) throws HandshakeException {
    requireWellFormed(3, act, ACT_THREE_BYTES);
    byte[] sealedKey = Arrays.copyOfRange(act, 1, 1 + SEALED_KEY_BYTES);
    PublicKey peer = publicKey(3, open(3, sealedKey, Reason.BAD_CIPHERTEXT));
    state.mixKey(ephemeral.ecdh(peer));
    open(3, Arrays.copyOfRange(act, 1 + SEALED_KEY_BYTES, act.length), Reason.BAD_TAG);
    return peer;
  }

  private byte[] open(int number, byte[] ciphertext, Reason otherwise) throws HandshakeException {
    try {
      return state.open(ciphertext);
    } catch (AuthenticationException e) {
      throw new HandshakeException(number, otherwise);
    }
  }

  private static void requireWellFormed(int number, byte[] act, int size)
      throws HandshakeException {
    if (act.length != size) {
      throw new HandshakeException(number, Reason.READ_FAILED);
    }
    if (act[0] != VERSION) {
      throw new HandshakeException(number, Reason.BAD_VERSION);
    }
  }

  private static PublicKey publicKey(int number, byte[] bytes) throws HandshakeException {
    try {
      return PublicKey.of(bytes);
    } catch (IllegalArgumentException e) {
      throw new HandshakeException(number, Reason.BAD_PUBKEY);
    }
  }

  private static byte[] concatenate(int size, byte[] key, byte[] tag) {
    return ByteBuffer.allocate(size).put(VERSION).put(key).put(tag).array();
  }

  private static void require(boolean holds, String complaint) {
    if (!holds) {
      throw new IllegalStateException(complaint);
    }
  }
}
