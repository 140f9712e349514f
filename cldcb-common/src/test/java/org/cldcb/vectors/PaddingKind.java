package org.cldcb.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.cldcb.format.PackedSql;

/** Padded lengths, FORMAT §3.4. */
final class PaddingKind implements Kind {
  @Override
  public String name() {
    return "padding";
  }

  @Override
  public List<Vector> all() {
    return LongStream.of(0, 1, 2, 9, 100, 1023, 1025, 65_537, 1_000_003, 1L << 40)
        .mapToObj(
            length ->
                Vector.of("padding/ok-" + length, Vector.OK, "no payload", new byte[0])
                    .with("length", Long.toString(length))
                    .with("padded", Long.toString(PackedSql.padded(length))))
        .toList();
  }

  @Override
  public String read(Vector vector) {
    assertThat(PackedSql.padded(vector.number("length"))).isEqualTo(vector.number("padded"));
    return Vector.OK;
  }
}
