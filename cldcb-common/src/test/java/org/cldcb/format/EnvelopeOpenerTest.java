package org.cldcb.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cldcb.codec.FormatException;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.NodeKey;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.crypto.PublicKey;
import org.junit.jupiter.api.Test;

class EnvelopeOpenerTest {

  @Test
  void asksTheNodesKeyOnceForEachDelegateAndOnceForEachRun() throws IOException {
    CountingNodeKey node = new CountingNodeKey();
    try (EnvelopeOpener opener = Envelopes.opener(node)) {
      for (int round = 0; round < 3; round++) {
        for (int delegate = 0x20; delegate < 0x22; delegate++) {
          for (int ephemeral = 0x40; ephemeral < 0x44; ephemeral++) {
            open(opener, delegate, ephemeral);
            open(opener, delegate, ephemeral);
          }
        }
      }
      assertThat(node.asked).hasSize(2 + 4).doesNotHaveDuplicates();
    }
  }

  @Test
  void opensAnyNumberOfRunsInAnyOrderAndStillAsksOnceForEach() throws IOException {
    CountingNodeKey node = new CountingNodeKey();
    try (EnvelopeOpener opener = Envelopes.opener(node)) {
      for (int round = 0; round < 2; round++) {
        for (int ephemeral = 1; ephemeral <= 100; ephemeral++) {
          open(opener, 0x70, ephemeral);
        }
      }
      open(opener, 0x70, 1);
      assertThat(node.asked).hasSize(1 + 100).doesNotHaveDuplicates();
    }
  }

  @Test
  void readsWhoSealedItWithoutAskingTheNodesKey() throws IOException {
    CountingNodeKey node = new CountingNodeKey();
    try (EnvelopeOpener opener = Envelopes.opener(node)) {
      byte[] first = Envelopes.seal(Envelopes.RECORD, new byte[1]).get(0);
      for (int i = 0; i < 2; i++) {
        EnvelopeHeader header = opener.parse(first).header();
        assertThat(header.delegate()).isEqualTo(ExampleKeys.DELEGATE.publicKey());
        assertThat(header.ephemeral()).isEqualTo(ExampleKeys.EPHEMERAL.publicKey());
      }
      assertThat(node.asked).isEmpty();
    }
  }

  @Test
  void isAsStrictWithAHeaderThatItKnows() throws IOException {
    try (EnvelopeOpener opener = Envelopes.opener()) {
      byte[] first = Envelopes.seal(Envelopes.RECORD, new byte[1]).get(0);
      assertThat(opener.parse(first).segment().ciphertext()).hasSize(17);
      for (int length = 0; length <= first.length + 1; length++) {
        byte[] changed = java.util.Arrays.copyOf(first, length);
        if (length != first.length) {
          assertThatThrownBy(() -> opener.parse(changed)).isInstanceOf(FormatException.class);
        }
      }
      byte[] other = first.clone();
      other[0] = 2;
      assertThatThrownBy(() -> opener.parse(other)).isInstanceOf(FormatException.class);
      assertThat(opener.parse(first).header().delegate())
          .isEqualTo(ExampleKeys.DELEGATE.publicKey());
    }
  }

  @Test
  void aFailedEnvelopeDoesNotSpoilTheNextOfItsRun() throws IOException {
    try (EnvelopeOpener opener = Envelopes.opener()) {
      List<byte[]> parts = Envelopes.seal(Envelopes.RECORD, new byte[] {5});
      assertThatThrownBy(
              () -> Envelopes.open(opener, Envelopes.RECORD, Envelopes.flip(parts, 0, 799)))
          .isInstanceOf(EnvelopeException.class);
      assertThat(Envelopes.open(opener, Envelopes.RECORD, parts).readAllBytes()).containsExactly(5);
    }
  }

  private static void open(EnvelopeOpener opener, int delegate, int ephemeral) throws IOException {
    try (SealingRun run =
        SealingRun.start(
            ExampleKeys.IDENTITY, ExampleKeys.key(delegate), ExampleKeys.key(ephemeral))) {
      byte[] plaintext = {(byte) delegate, (byte) ephemeral};
      List<byte[]> parts = Envelopes.seal(run, Envelopes.RECORD, plaintext);
      assertThat(Envelopes.open(opener, Envelopes.RECORD, parts).readAllBytes())
          .isEqualTo(plaintext);
    }
  }

  private static final class CountingNodeKey implements NodeKey {
    private final PrivateKey key = ExampleKeys.NODE;
    private final List<PublicKey> asked = new ArrayList<>();

    @Override
    public PublicKey nodeId() {
      return key.publicKey();
    }

    @Override
    public byte[] ecdh(PublicKey peer) {
      asked.add(peer);
      return key.ecdh(peer);
    }

    @Override
    public MessageSignature sign(String message) {
      throw new AssertionError("nothing is to be signed");
    }

    @Override
    public void close() {}
  }
}
