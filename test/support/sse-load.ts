/** Thousands of readers of one server, and how long an event takes to reach them. They live in a process of their own. */
import { fork } from 'node:child_process';
import { join } from 'node:path';

export interface StreamLoad {
  url: string;
  path: string;
  streamCount: number;
  /** How many candidates each watches: `c<number>@example.com`. */
  candidates: number;
  /** How many readers in a row watch the same candidates. */
  watchers: number;
  /** Bearers, taken in turn; without any, the subscription is a GET without a body. */
  tokens: readonly string[];
}

export interface PublishRequest {
  url: string;
  path: string;
  body: string;
  /** How many frames it causes in all. */
  expectedFrames: number;
}

export type LoadCommand = { open: StreamLoad } | { publish: PublishRequest };
export type LoadResult = { latencies: number[] } | { error: string };

export interface SseLoad {
  /** Opens that many streams more; resolves when all were accepted. */
  openStreams(members: StreamLoad): Promise<void>;
  /** Publishes once; answers after how many milliseconds each frame was received, in the order of receipt. */
  publish(publication: PublishRequest): Promise<number[]>;
  close(): void;
}

export function startSseLoad(): SseLoad {
  const child = fork(join(import.meta.dirname, 'sse-load-process.ts'), { execArgv: [] });
  async function order(what: LoadCommand): Promise<number[]> {
    const { promise, resolve, reject } = Promise.withResolvers<LoadResult>();
    const gone = () => reject(new Error('the crowd has died'));
    child.once('message', resolve).once('exit', gone);
    child.send(what);
    const answer = await promise.finally(() => child.off('message', resolve).off('exit', gone));
    if ('error' in answer) throw new Error(answer.error);
    return answer.latencies;
  }
  return {
    async openStreams(members) {
      await order({ open: members });
    },
    publish: (publication) => order({ publish: publication }),
    close: () => child.disconnect(),
  };
}
