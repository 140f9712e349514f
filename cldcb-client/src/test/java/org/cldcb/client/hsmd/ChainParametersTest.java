package org.cldcb.client.hsmd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.bouncycastle.util.Arrays;
import org.cldcb.chain.Network;
import org.cldcb.codec.ByteWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChainParametersTest {

  /** The hashes as block explorers print them, their bytes reversed. */
  @ParameterizedTest
  @CsvSource({
    "bitcoin, 0488b21e0488ade4, 000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f",
    "testnet, 043587cf04358394, 000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943",
    "testnet4, 043587cf04358394, 00000000da84f2bafbbc53dee25a72ae507ff4914b867c565be350b0da8bf043",
    "signet, 043587cf04358394, 00000008819873e925422c1ff0f99f7cc9bbb232af63a077a480a3633bee1ef6",
    "regtest, 043587cf04358394, 0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206",
    "liquid, 0488b21e0488ade4, 1466275836220db2944ca059a3a10ef6fd2ea684b0688d2c379296888a206003",
    "liquid-regtest, 043587cf04358394,"
        + " 9f87eb580b9e5f11dc211e9fb66abb3699999044f8fe146801162393364286c6"
  })
  void areThoseOfTheChain(String network, String versions, String genesis) {
    byte[] hash = HexFormat.of().parseHex(genesis);
    // Core Lightning has Liquid's in the printed order.
    byte[] inOrder = network.startsWith("liquid") ? hash : Arrays.reverse(hash);
    ByteWriter out = new ByteWriter();
    ChainParameters.of(new Network(network)).orElseThrow().write(out);

    assertThat(HexFormat.of().formatHex(out.toBytes()))
        .isEqualTo(versions + HexFormat.of().formatHex(inOrder));
  }

  @Test
  void thereAreNone() {
    assertThat(ChainParameters.of(new Network("dogecoin"))).isEmpty();
    assertThat(ChainParameters.networks()).hasSize(7).contains("bitcoin", "regtest");
  }
}
