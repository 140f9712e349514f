package org.cldcb.client.recover;

import java.time.Instant;

/**
 * What came back.
 *
 * @param lastWrite by the clock of the plugin that sealed it
 * @param baseBytes of the database file that the base held
 * @param recordBytes of the envelopes
 */
record Recovered(
    long dataVersion, Instant lastWrite, long baseBytes, long records, long recordBytes) {}
