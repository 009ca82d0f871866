/** One event stream: frames out of bytes, and a watchdog for the line that died without a word. */
import type { Clock } from '../util/clock.ts';
import { WidgetProblem } from './errors.ts';
import { createFrameParser } from './sse-parser.ts';

export interface StreamListener {
  /** Anything at all arrived, a comment included. */
  onActivity(): void;
  onFrame(id: string | undefined, event: string | undefined, data: unknown): void;
  /** The stream is over, other than by `close`. */
  onEnd(problem: WidgetProblem): void;
}

/** The proxy writes a comment every 15 s; three missed ones mean that nobody is there. */
const SILENCE = 45_000;

/** Opens a stream; resolves with its `close` once the proxy has accepted it. */
export async function openStream(
  connect: (signal: AbortSignal) => Promise<Response>,
  clock: Clock,
  listener: StreamListener,
): Promise<() => void> {
  const controller = new AbortController();
  const response = await connect(controller.signal);
  let over = false;
  let watchdog = () => {};
  const finish = (problem?: WidgetProblem) => {
    if (over) return;
    over = true;
    watchdog();
    controller.abort();
    if (problem) listener.onEnd(problem);
  };
  const listen = () => {
    watchdog();
    watchdog = clock.setTimer(SILENCE, () => finish(new WidgetProblem('timeout')));
  };
  /** Seconds: a proxy that restarts tells each of its readers when to come back, so that not all come at once. */
  let retryAfter: number | undefined;
  const feed = createFrameParser(({ id, event, data, retry }) => {
    if (retry) retryAfter = +retry / 1000 || 0;
    const parsed = over ? undefined : jsonIn(data);
    if (parsed !== undefined) listener.onFrame(id, event, parsed);
  });
  const read = async () => {
    const reader = response.body?.getReader();
    const decoder = new TextDecoder();
    for (;;) {
      const chunk = await reader?.read();
      if (over || !chunk || chunk.done) return;
      listen();
      listener.onActivity();
      feed(decoder.decode(chunk.value, { stream: true }));
    }
  };
  listen();
  read()
    .catch((cause: unknown) => cause)
    .then((cause) => finish(new WidgetProblem('unreachable', { cause, retryAfter })));
  return () => finish();
}

function jsonIn(data = ''): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
