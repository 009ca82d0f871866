/** Opens thousands of SSE streams in a child process, and measures how long an event takes to reach them. */
import { fork } from 'node:child_process';
import { join } from 'node:path';

export interface StreamLoad {
  url: string;
  path: string;
  streamCount: number;
  /** How many candidates each stream is for: `c<number>@example.com`. */
  candidatesPerStream: number;
  /** How many successive streams are for the same candidates. */
  streamsPerCandidate: number;
  /** Bearer tokens, used in rotation. Without tokens, a stream is opened with a GET. */
  tokens: readonly string[];
}

export interface PublishRequest {
  url: string;
  path: string;
  body: string;
  /** How many frames the event causes in all streams together. */
  expectedFrames: number;
}

export type LoadCommand = { open: StreamLoad } | { publish: PublishRequest };
export type LoadResult = { latencies: number[] } | { error: string };

export interface SseLoad {
  /** Opens `streamCount` more streams. Resolves when the server has accepted all of them. */
  openStreams(load: StreamLoad): Promise<void>;
  /** Publishes one event. Returns the latency of each frame in milliseconds, in the order of receipt. */
  publish(request: PublishRequest): Promise<number[]>;
  close(): void;
}

export function startSseLoad(): SseLoad {
  const child = fork(join(import.meta.dirname, 'sse-load-process.ts'), { execArgv: [] });
  async function send(command: LoadCommand): Promise<number[]> {
    const { promise, resolve, reject } = Promise.withResolvers<LoadResult>();
    const onExit = () => reject(new Error('the load process exited'));
    child.once('message', resolve).once('exit', onExit);
    child.send(command);
    const result = await promise.finally(() => child.off('message', resolve).off('exit', onExit));
    if ('error' in result) throw new Error(result.error);
    return result.latencies;
  }
  return {
    async openStreams(load) {
      await send({ open: load });
    },
    publish: (request) => send({ publish: request }),
    close: () => child.disconnect(),
  };
}
