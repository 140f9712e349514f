package org.cldcb.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.cldcb.crypto.Vectors.hex;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.crypto.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** BOLT 8's own test vectors (appendix A). All its handshakes use the same four keys. */
class Bolt8Test {

  private static final String PROLOGUE = "lightning";
  private static final byte[] HELLO = "hello".getBytes(US_ASCII);

  static Stream<Arguments> handshakes() throws IOException {
    return StreamSupport.stream(Vectors.json("bolt8.json").get("handshakes").spliterator(), false)
        .map(handshake -> Arguments.of(handshake.get("name").textValue(), handshake));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("handshakes")
  void handshake(String name, JsonNode vector) throws Exception {
    boolean initiator = name.startsWith("transport-initiator");
    Handshake handshake = initiator ? initiator() : responder();
    String outcome = initiator ? HexFormat.of().formatHex(handshake.start()) : "";
    for (JsonNode step : vector.get("steps")) {
      if (step.has("input")) {
        outcome = outcomeOfRead(handshake, hex(step.get("input").textValue()));
      } else if (step.has("output")) {
        assertThat(outcome).isEqualTo(step.get("output").textValue());
      } else {
        // An error may go on with the version that was found: "ACT2_BAD_VERSION 1".
        assertThat(step.get("error").textValue() + " ").startsWith(outcome + " ");
      }
    }
    assertThat(handshake.complete()).isEqualTo(vector.has("sk"));
    if (handshake.complete()) {
      assertSameChannel(handshake.transport(), vector);
    }
  }

  @Test
  void messages() throws Exception {
    JsonNode messages = Vectors.json("bolt8.json").get("messages");
    JsonNode outputs = messages.get("outputs");
    Transport sender = transport(messages, "sk", "rk");
    Transport receiver = transport(messages, "rk", "sk");
    for (int i = 0; i <= 1001; i++) {
      byte[] sent = sender.encrypt(HELLO);
      if (outputs.has("" + i)) {
        assertThat(sent).isEqualTo(hex(outputs.get("" + i).textValue()));
      }
      assertThat(Channel.receive(receiver, sent)).isEqualTo(HELLO);
    }
    assertThat(outputs).hasSize(6);
  }

  /** The act to send in hexadecimal, or the error in the vectors' words. */
  private static String outcomeOfRead(Handshake handshake, byte[] act) {
    try {
      return HexFormat.of().formatHex(handshake.read(act));
    } catch (HandshakeException e) {
      return "ACT" + e.act() + "_" + e.reason();
    }
  }

  /** Both have the same keys, for sending and for receiving. */
  private static void assertSameChannel(Transport actual, JsonNode vector) throws Exception {
    Transport expected = transport(vector, "sk", "rk");
    Transport peer = transport(vector, "rk", "sk");
    assertThat(actual.encrypt(HELLO)).isEqualTo(expected.encrypt(HELLO));
    assertThat(Channel.receive(actual, peer.encrypt(HELLO))).isEqualTo(HELLO);
  }

  private static Transport transport(JsonNode keys, String send, String receive)
      throws IOException {
    // ck is stated with the messages only, but belongs to the same handshake.
    byte[] ck = key(Vectors.json("bolt8.json").get("messages"), "ck");
    return new Transport(ck, key(keys, send), key(keys, receive));
  }

  private static Handshake initiator() {
    return Handshake.initiator(PROLOGUE, key(0x11), key(0x21).publicKey(), key(0x12));
  }

  private static Handshake responder() {
    return Handshake.responder(PROLOGUE, key(0x21), key(0x22));
  }

  private static byte[] key(JsonNode keys, String name) {
    return hex(keys.get(name).textValue());
  }

  private static PrivateKey key(int octet) {
    return PrivateKey.of(hex(Integer.toHexString(octet).repeat(32)));
  }
}
