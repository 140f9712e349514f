package org.cldcb.client.cln;

import java.nio.file.Path;
import org.cldcb.client.cli.Messages;

/** Where lightningd's {@code wallet} option puts the database. */
final class WalletOption {
  private static final String SQLITE = "sqlite3://";

  private WalletOption() {}

  /**
   * The database file.
   *
   * @param wallet {@code sqlite3://MAIN} or {@code sqlite3://MAIN:REPLICA}
   * @param networkFolder lightningd's working folder, for a relative path
   */
  static Path database(String wallet, Path networkFolder) {
    if (!wallet.startsWith(SQLITE)) {
      throw Messages.notSqlite(wallet.replaceFirst("://.*", ""));
    }
    String files = wallet.substring(SQLITE.length());
    int colon = files.indexOf(':');
    return networkFolder.resolve(colon < 0 ? files : files.substring(0, colon)).normalize();
  }
}
