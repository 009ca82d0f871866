/** Sends webhooks on persistent connections, from a child process. */
import { fork } from 'node:child_process';
import { join } from 'node:path';

export interface WebhookBurst {
  url: string;
  path: string;
  bodies: readonly string[];
  connections: number;
}

export interface WebhookLoad {
  /** Sends each body once. Returns the milliseconds until the server has accepted all of them with 202. */
  sendBurst(burst: WebhookBurst): Promise<number>;
  close(): void;
}

export function startWebhookLoad(): WebhookLoad {
  const child = fork(join(import.meta.dirname, 'webhook-load-process.ts'), { execArgv: [] });
  return {
    async sendBurst(burst) {
      const { promise, resolve, reject } = Promise.withResolvers<{ durationMs: number } | { error: string }>();
      const onExit = () => reject(new Error('the load process exited'));
      child.once('message', resolve).once('exit', onExit);
      child.send(burst);
      const result = await promise.finally(() => child.off('message', resolve).off('exit', onExit));
      if ('error' in result) throw new Error(result.error);
      return result.durationMs;
    },
    close: () => child.disconnect(),
  };
}
