const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/;

/** Whether a host name is this machine's own: `127.0.0.1`, `localhost`, `::1` (with or without brackets). */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}
