package org.cldcb.e2e.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.cldcb.e2e.rig.Executables;
import org.cldcb.e2e.rig.ServerProcess;

/** Bytes of the records that a server keeps, as it says itself. */
final class StoredBytes {
  private StoredBytes() {}

  static long of(Executables executables, ServerProcess server) throws IOException {
    String json =
        executables
            .server("status", "--json", "--data-dir", server.dataDir().toString())
            .orFail()
            .out();
    JsonNode status = new ObjectMapper().readTree(json);
    return status.findValue("record_bytes").asLong();
  }
}
