package org.cldcb.client.cln;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeConfigTest {
  @TempDir private Path folder;

  @Test
  void fromListconfigs() throws Exception {
    NodeConfig config =
        NodeConfig.of(
            new ObjectMapper()
                .readTree(
                    "{\"configs\":{\"wallet\":{\"value_str\":\"sqlite3:///d\",\"source\":\"x\"},"
                        + "\"rescan\":{\"value_int\":15},"
                        + "\"important-plugin\":{\"values_str\":[\"/a\",\"/b\"]}}}"));

    assertThat(config.get("wallet")).contains("sqlite3:///d");
    assertThat(config.get("rescan")).isEmpty();
    assertThat(config.importantPlugins()).containsExactly("/a", "/b");
  }

  @Test
  void filesOverrideThoseBefore() throws Exception {
    Path first = Files.writeString(folder.resolve("a"), "# wallet=no\nwallet=1 \nalias=ö\nx\n");
    Path second = Files.writeString(folder.resolve("b"), "wallet=2=3");

    NodeConfig config = NodeConfig.read(first, second, folder.resolve("missing"));

    assertThat(config.get("wallet")).contains("2=3");
    assertThat(config.get("alias")).contains("ö");
    assertThat(config.get("x")).isEmpty();
    assertThat(config.importantPlugins()).isEmpty();
  }

  @Test
  void anyBytesAreRead() throws Exception {
    Path file =
        Files.write(folder.resolve("a"), new byte[] {(byte) 0xff, '=', 'x', '\n', 'a', '=', 'b'});
    assertThat(NodeConfig.read(file).get("a")).contains("b");
  }
}
