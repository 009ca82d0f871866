/** Reads what systemd passes to a service of type `notify` (sd_notify(3), sd_watchdog_enabled(3)). */
import type { Environment } from './environment.ts';

export interface ServiceManager {
  /** systemd restarts the proxy if it sends no notification for this long. Absent without a watchdog. */
  watchdogMs?: number;
}

/** Returns undefined if no service manager expects notifications from this process. */
export function readServiceManager(
  environment: Environment = process.env,
  pid = process.pid,
): ServiceManager | undefined {
  const { NOTIFY_SOCKET: socket, WATCHDOG_USEC: watchdogUs, WATCHDOG_PID: watchdogPid } = environment;
  if (!socket) return undefined;
  const watchdogMs = Number(watchdogUs) / 1_000;
  const isWatched = watchdogMs > 0 && (!watchdogPid || Number(watchdogPid) === pid);
  return isWatched ? { watchdogMs } : {};
}
