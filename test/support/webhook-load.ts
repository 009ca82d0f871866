/** Senders of webhooks, each on a connection that it keeps. They live in a process of their own. */
import { fork } from 'node:child_process';
import { join } from 'node:path';

export interface WebhookBurst {
  url: string;
  path: string;
  bodies: readonly string[];
  connections: number;
}

export interface WebhookLoad {
  /** Sends each body once and answers after how many milliseconds all were answered 202. */
  sendBurst(burst: WebhookBurst): Promise<number>;
  close(): void;
}

export function startWebhookLoad(): WebhookLoad {
  const child = fork(join(import.meta.dirname, 'webhook-load-process.ts'), { execArgv: [] });
  return {
    async sendBurst(burst) {
      const { promise, resolve, reject } = Promise.withResolvers<{ took: number } | { error: string }>();
      const gone = () => reject(new Error('the senders have died'));
      child.once('message', resolve).once('exit', gone);
      child.send(burst);
      const answer = await promise.finally(() => child.off('message', resolve).off('exit', gone));
      if ('error' in answer) throw new Error(answer.error);
      return answer.took;
    },
    close: () => child.disconnect(),
  };
}
