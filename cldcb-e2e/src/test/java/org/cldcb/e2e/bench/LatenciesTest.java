package org.cldcb.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void quantilesDontDependOnTheOrder() {
    Latencies latencies = new Latencies();
    LongStream.iterate(1000, i -> i > 0, i -> i - 1).forEach(latencies::add);
    LongStream.rangeClosed(1001, 2000).forEach(latencies::add);

    assertThat(latencies.count()).isEqualTo(2000);
    assertThat(latencies.quantile(0)).isEqualTo(1);
    assertThat(latencies.quantile(0.5)).isEqualTo(1001);
    assertThat(latencies.quantile(0.99)).isEqualTo(1981);
    assertThat(latencies.quantile(1)).isEqualTo(2000);
  }

  @Test
  void theFirstOnesCanBeForgotten() {
    Latencies latencies = new Latencies();
    latencies.add(9_000);
    latencies.add(1);
    latencies.add(2);

    assertThat(latencies.without(1).quantile(1)).isEqualTo(2);
    assertThat(latencies.without(1).count()).isEqualTo(2);
  }

  @Test
  void ofNothingThereIsNoQuantile() {
    assertThatIllegalStateException().isThrownBy(() -> new Latencies().quantile(0.5));
  }
}
