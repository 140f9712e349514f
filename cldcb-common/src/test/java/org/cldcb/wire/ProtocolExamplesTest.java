package org.cldcb.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.cldcb.codec.FormatException;
import org.cldcb.docs.DocExamples;
import org.junit.jupiter.api.Test;

/** Every message is in docs/PROTOCOL.md as it is on the wire, and reads back strictly. */
class ProtocolExamplesTest {
  @Test
  void documentSaysWhatTheCodeDoes() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Message message : ExampleMessages.all()) {
      String name = message.getClass().getSimpleName();
      String hex = HexFormat.of().formatHex(message.encode());
      text.append(String.format("%-12s %s%n", name, hex));
    }
    DocExamples.check("PROTOCOL.md", Map.of("messages", text.toString()));
  }

  @Test
  void everyTypeIsAmongTheExamples() {
    List<Class<?>> examples = new ArrayList<>();
    ExampleMessages.all().forEach(message -> examples.add(message.getClass()));
    assertThat(examples).containsExactlyInAnyOrder(Message.class.getPermittedSubclasses());
  }

  @Test
  void whatIsWrittenReadsBackToTheSameBytes() throws IOException {
    for (Message message : ExampleMessages.all()) {
      byte[] encoded = message.encode();
      assertThat(Message.decode(encoded).encode()).isEqualTo(encoded);
    }
  }

  @Test
  void refusesEveryTruncation() {
    for (Message message : ExampleMessages.all()) {
      byte[] encoded = message.encode();
      for (int length = 0; length < encoded.length; length++) {
        byte[] shorter = java.util.Arrays.copyOf(encoded, length);
        assertThatRefused(message, shorter);
      }
    }
  }

  @Test
  void refusesAByteLeftOver() {
    for (Message message : ExampleMessages.all()) {
      byte[] longer = java.util.Arrays.copyOf(message.encode(), message.encode().length + 1);
      assertThatRefused(message, longer);
    }
  }

  @Test
  void refusesWhatIsOverALimit() {
    assertRefused("001f05dd"); // an offer of 1,501 ids
    assertRefused("001f0000"); // an offer of none
    assertRefused("002900c9"); // 201 claims
    assertRefused("0003000301f5"); // an error text of 501 bytes
    assertRefused("0003000b0000"); // an unknown error code
    assertRefused("0063"); // an unknown type
    assertRefused("00054000000000000000"); // an integer of 2^62
  }

  private static void assertRefused(String hex) {
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> Message.decode(HexFormat.of().parseHex(hex)))
        .isInstanceOf(FormatException.class);
  }

  /** Messages that end in a part take any length of it: its own reader is strict. */
  private static void assertThatRefused(Message message, byte[] changed) {
    try {
      Message read = Message.decode(changed);
      assertThat(read.encode()).isEqualTo(changed);
      assertThat(read)
          .isInstanceOfAny(
              Segment.class,
              Append.class,
              Chunk.class,
              PutManifest.class,
              Base.class,
              StoredRecord.class);
    } catch (FormatException expected) {
      assertThat(expected).hasMessageNotContaining("null");
    }
  }
}
