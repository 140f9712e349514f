package org.cldcb.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.cldcb.codec.ByteWriter;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.format.ExampleKeys;
import org.cldcb.transport.Handshake;
import org.cldcb.transport.HandshakeException;
import org.cldcb.transport.Transport;
import org.cldcb.transport.TransportException;

/**
 * The transport with cldcb's prologue, PROTOCOL §1. BOLT 8's own vectors, with its prologue, are in
 * src/test/resources/vectors/bolt8.json.
 */
final class TransportKinds {
  private static final int ACT = 50;
  private static final byte[] MESSAGE = Bytes.hex("00050000000000000007");

  private TransportKinds() {}

  private static Handshake responder(PrivateKey key) {
    return Handshake.responder(Handshake.PROLOGUE, key, PrivateKey.of(ExampleKeys.bytes(0x34)));
  }

  /** What the initiator sends in acts one and three, and then in messages. */
  private static byte[][] sent(String prologue, int messages) {
    try (Handshake initiator =
            Handshake.initiator(
                prologue,
                ExampleKeys.DELEGATE,
                ExampleKeys.SERVER.publicKey(),
                PrivateKey.of(ExampleKeys.bytes(0x33)));
        Handshake responder =
            Handshake.responder(
                prologue, ExampleKeys.SERVER, PrivateKey.of(ExampleKeys.bytes(0x34)))) {
      byte[] one = initiator.start();
      byte[] two = responder.read(one);
      byte[] three = initiator.read(two);
      ByteWriter sent = new ByteWriter();
      try (Transport transport = initiator.transport()) {
        for (int i = 0; i < messages; i++) {
          sent.bytes(transport.encrypt(MESSAGE));
        }
      }
      return new byte[][] {one, two, three, sent.toBytes()};
    } catch (HandshakeException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Acts one and three, as the server gets them. */
  static final class OfHandshake implements Kind {
    @Override
    public String name() {
      return "handshake";
    }

    @Override
    public List<Vector> all() {
      byte[][] acts = sent(Handshake.PROLOGUE, 0);
      byte[] sound = new ByteWriter().bytes(acts[0]).bytes(acts[2]).toBytes();
      byte[] bolt8 = sent("lightning", 0)[0];
      return List.of(
          vector("ok", Vector.OK, "acts one and three", sound),
          vector(
              "act1-bad-version",
              "act1-bad-version",
              "act one of version 1",
              Bytes.put(sound, 0, (byte) 1)),
          vector(
              "act1-bad-pubkey",
              "act1-bad-pubkey",
              "an ephemeral key that is no point",
              Bytes.put(sound, 1, (byte) 5)),
          vector(
              "act1-bad-tag",
              "act1-bad-tag",
              "a bit of act one's tag is flipped",
              Bytes.flipped(sound, ACT - 1)),
          vector("act1-other-prologue", "act1-bad-tag", "the prologue of BOLT 8", bolt8),
          vector("act1-other-server", "act1-bad-tag", "meant for another server", sound)
              .with("server-key", ExampleKeys.bytes(0x45)),
          vector(
              "act3-bad-version",
              "act3-bad-version",
              "act three of version 1",
              Bytes.put(sound, ACT, (byte) 1)),
          vector(
              "act3-bad-ciphertext",
              "act3-bad-ciphertext",
              "a bit of the static key is flipped",
              Bytes.flipped(sound, ACT + 1)),
          vector(
              "act3-bad-tag",
              "act3-bad-tag",
              "a bit of act three's tag is flipped",
              Bytes.flipped(sound, -1)));
    }

    private static Vector vector(String name, String expect, String comment, byte[] payload) {
      return Vector.of("handshake/" + name, expect, comment, payload)
          .with("server-key", ExampleKeys.SERVER.bytes())
          .with("server-ephemeral-key", ExampleKeys.bytes(0x34))
          .with("act-two", sent(Handshake.PROLOGUE, 0)[1])
          .with("delegate", ExampleKeys.DELEGATE.publicKey().hex());
    }

    @Override
    public String read(Vector vector) {
      try (PrivateKey key = PrivateKey.of(vector.bytes("server-key"));
          Handshake responder = responder(key)) {
        byte[] two = responder.read(Arrays.copyOf(vector.payload(), ACT));
        assertThat(two).isEqualTo(vector.bytes("act-two"));
        responder.read(Arrays.copyOfRange(vector.payload(), ACT, vector.payload().length));
        assertThat(responder.remoteStatic().hex()).isEqualTo(vector.field("delegate"));
        return Vector.OK;
      } catch (HandshakeException e) {
        return "act" + e.act() + "-" + e.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
      }
    }
  }

  /** Messages after the handshake of handshake/ok. */
  static final class OfTransport implements Kind {
    private static final int FRAME = Transport.HEADER + MESSAGE.length + Transport.TAG;

    @Override
    public String name() {
      return "transport";
    }

    @Override
    public List<Vector> all() {
      byte[] one = sent(Handshake.PROLOGUE, 1)[3];
      byte[] three = sent(Handshake.PROLOGUE, 3)[3];
      byte[] rotated = sent(Handshake.PROLOGUE, 502)[3];
      byte[] last = Arrays.copyOfRange(rotated, 501 * FRAME, 502 * FRAME);
      byte[] swapped = new ByteWriter().bytes(three, FRAME, FRAME).bytes(three, 0, FRAME).toBytes();
      return List.of(
          vector("ok", Vector.OK, "a ping", one),
          vector("ok-three", Vector.OK, "three of them", three),
          vector("ok-rotated", Vector.OK, "the 502nd, after the keys' first rotation", last)
              .with("before", "501"),
          vector("bad-length", "bad-tag", "a bit of the length is flipped", Bytes.flipped(one, 0)),
          vector(
              "bad-length-tag",
              "bad-tag",
              "a bit of the length's tag is flipped",
              Bytes.flipped(one, 17)),
          vector("bad-body", "bad-tag", "a bit of the body is flipped", Bytes.flipped(one, 18)),
          vector(
              "bad-body-tag",
              "bad-tag",
              "a bit of the body's tag is flipped",
              Bytes.flipped(one, -1)),
          vector("bad-order", "bad-tag", "the second before the first", swapped),
          vector(
              "bad-repeated",
              "bad-tag",
              "the first again",
              new ByteWriter().bytes(one).bytes(one).toBytes()));
    }

    private static Vector vector(String name, String expect, String comment, byte[] payload) {
      byte[][] acts = sent(Handshake.PROLOGUE, 0);
      return Vector.of("transport/" + name, expect, comment, payload)
          .with("server-key", ExampleKeys.SERVER.bytes())
          .with("server-ephemeral-key", ExampleKeys.bytes(0x34))
          .with("act-one", acts[0])
          .with("act-three", acts[2])
          .with("before", "0")
          .with("message", MESSAGE);
    }

    @Override
    public String read(Vector vector) throws HandshakeException {
      try (PrivateKey key = PrivateKey.of(vector.bytes("server-key"));
          Handshake responder = responder(key)) {
        responder.read(vector.bytes("act-one"));
        responder.read(vector.bytes("act-three"));
        int before = (int) vector.number("before");
        try (Transport transport = responder.transport()) {
          byte[] all =
              new ByteWriter()
                  .bytes(sent(Handshake.PROLOGUE, before)[3])
                  .bytes(vector.payload())
                  .toBytes();
          for (int at = 0; at < all.length; at += FRAME) {
            int body = at + Transport.HEADER;
            assertThat(transport.decryptLength(Arrays.copyOfRange(all, at, body)))
                .isEqualTo(MESSAGE.length);
            assertThat(transport.decrypt(Arrays.copyOfRange(all, body, at + FRAME)))
                .isEqualTo(vector.bytes("message"));
          }
          return Vector.OK;
        }
      } catch (TransportException e) {
        return "bad-tag";
      }
    }
  }
}
