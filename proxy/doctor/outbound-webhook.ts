/** Checks that `OUTBOUND_WEBHOOK_URL` can be reached. Sends no status change. */
import type { Config } from '../config/config.ts';
import { type CheckResult, ok, warn } from './check-result.ts';

export async function checkOutboundWebhook(
  { url }: NonNullable<Config['outboundWebhook']>,
  signal: AbortSignal,
): Promise<CheckResult[]> {
  const { origin } = new URL(url);
  const response = await fetch(url, { method: 'HEAD', redirect: 'manual', signal });
  await response.body?.cancel();
  const { status } = response;
  if (status >= 300 && status < 400) {
    return [
      warn(
        `OUTBOUND_WEBHOOK_URL at ${origin} redirects (${status}), and the proxy follows no redirects`,
        'set the URL that it redirects to',
      ),
    ];
  }
  if (status === 404 || status >= 500) {
    return [warn(`OUTBOUND_WEBHOOK_URL at ${origin} returns ${status}`, 'check the URL, and the system behind it')];
  }
  return [ok(`OUTBOUND_WEBHOOK_URL at ${origin} responds (${status} to HEAD)`)];
}
