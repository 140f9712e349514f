package org.cldcb.client.cln;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.cldcb.cli.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WalletOptionTest {
  private static final Path FOLDER = Path.of("/l/bitcoin");

  @ParameterizedTest
  @CsvSource({
    "sqlite3:///d/db.sqlite3,/d/db.sqlite3",
    "sqlite3:///d/db.sqlite3:/mnt/replica.sqlite3,/d/db.sqlite3",
    "sqlite3://other.sqlite3,/l/bitcoin/other.sqlite3",
    "sqlite3:///d/../e/db,/e/db"
  })
  void sqlite(String wallet, Path database) {
    assertThat(WalletOption.database(wallet, FOLDER)).isEqualTo(database);
  }

  @Test
  void otherDatabasesAreRefusedWithoutTellingTheirPassword() {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> WalletOption.database("postgres://u:secret@h:5432/db", FOLDER))
        .withMessageContaining("postgres")
        .matches(e -> !(e.getMessage() + e.hints()).contains("secret"));
  }
}
