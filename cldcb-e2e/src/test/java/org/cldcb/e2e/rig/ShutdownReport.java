package org.cldcb.e2e.rig;

import java.time.Duration;

/**
 * How an orderly end went.
 *
 * @param took from the {@code shutdown} notification to the end of the last plugin
 * @param writes how many last writes came while a plugin was left
 * @param killed whether a plugin had to be killed, for it didn't leave within 30 s
 */
public record ShutdownReport(Duration took, int writes, boolean killed) {}
