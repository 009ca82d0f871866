/** Sends webhooks on persistent connections, from a child process. */
import { fork } from 'node:child_process';
import { join } from 'node:path';

export interface WebhookBurst {
  /** The server's origin. */
  url: string;
  path: string;
  bodies: readonly string[];
  connectionCount: number;
  /** The highest rate. Default: as fast as the server accepts them. */
  perSecond?: number;
  /** Whether to resend a webhook that the server refused with 503, as Evalon does. Default: a refusal is an error. */
  retriesRefused?: boolean;
}

export interface BurstResult {
  /** Milliseconds until the server has accepted all bodies with 202. */
  durationMs: number;
  refusedCount: number;
}

export interface WebhookLoad {
  /** Sends all bodies. Rejects if the server refuses one and `retriesRefused` does not apply. */
  sendBurst(burst: WebhookBurst): Promise<BurstResult>;
  close(): void;
}

export function startWebhookLoad(): WebhookLoad {
  const child = fork(join(import.meta.dirname, 'webhook-load-process.ts'), { execArgv: [] });
  return {
    async sendBurst(burst) {
      const { promise, resolve, reject } = Promise.withResolvers<BurstResult | { error: string }>();
      const onExit = () => reject(new Error('the load process exited'));
      child.once('message', resolve).once('exit', onExit);
      child.send(burst);
      const result = await promise.finally(() => child.off('message', resolve).off('exit', onExit));
      if ('error' in result) throw new Error(result.error);
      return result;
    },
    close: () => child.disconnect(),
  };
}
