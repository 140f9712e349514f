package org.cldcb.client.hsmd;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cldcb.chain.Network;
import org.cldcb.codec.ByteWriter;

/**
 * What an hsmd is told about the block chain, as in Core Lightning's bitcoin/chainparams.c.
 *
 * @param publicVersion the prefix of an extended public key (BIP 32)
 * @param privateVersion the prefix of an extended private key
 * @param genesis the first block's hash in hexadecimal, in the order of its bytes: the reverse of
 *     how block explorers print it
 */
record ChainParameters(int publicVersion, int privateVersion, String genesis) {
  private static final Map<String, ChainParameters> BY_NETWORK =
      new TreeMap<>(
          Map.of(
              "bitcoin",
              main("6fe28c0ab6f1b372c1a6a246ae63f74f931e8365e15a089c68d6190000000000"),
              "testnet",
              test("43497fd7f826957108f4a30fd9cec3aeba79972084e90ead01ea330900000000"),
              "testnet4",
              test("43f08bdab050e35b567c864b91f47f50ae725ae2de53bcfbbaf284da00000000"),
              "signet",
              test("f61eee3b63a380a477a063af32b2bbc97c9ff9f01f2c4225e973988108000000"),
              "regtest",
              test("06226e46111a0b59caaf126043eb5bbf28c34f3a5e332a1fc7b2b73cf188910f"),
              "liquid",
              main("1466275836220db2944ca059a3a10ef6fd2ea684b0688d2c379296888a206003"),
              "liquid-regtest",
              test("9f87eb580b9e5f11dc211e9fb66abb3699999044f8fe146801162393364286c6")));

  static Optional<ChainParameters> of(Network network) {
    return Optional.ofNullable(BY_NETWORK.get(network.name()));
  }

  /** The names of the networks that there are. */
  static List<String> networks() {
    return List.copyOf(BY_NETWORK.keySet());
  }

  void write(ByteWriter out) {
    out.u32(publicVersion).u32(privateVersion).bytes(HexFormat.of().parseHex(genesis));
  }

  private static ChainParameters main(String genesis) {
    return new ChainParameters(0x0488B21E, 0x0488ADE4, genesis);
  }

  private static ChainParameters test(String genesis) {
    return new ChainParameters(0x043587CF, 0x04358394, genesis);
  }
}
