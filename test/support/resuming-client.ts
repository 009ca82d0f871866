/** A reader as the standard has it: resumes from the last id, when the stream has told it to. */
import { request } from 'node:http';
import { createParser } from 'eventsource-parser';
import type { SseFrame } from './api-client.ts';

export interface ResumingClient {
  readonly frames: SseFrame[];
  /** When each of its streams was accepted, in milliseconds of `performance.now()`. */
  readonly accepted: number[];
  /** Milliseconds that it was told to wait at each end. */
  readonly waits: number[];
  /** How often it came to a closed door. */
  readonly refused: number;
  close(): void;
}

export interface ResumingClientOptions {
  /** Its bearer, or who makes one for each stream. */
  token: string | (() => Promise<string>);
  candidates: { candidate_email: string }[];
  cursor: string;
}

/** Milliseconds until it tries again where nobody has told it when. */
const PAUSE = 1_000;

export function startResumingClient(url: string, { token, candidates, cursor }: ResumingClientOptions): ResumingClient {
  const body = JSON.stringify({ candidates });
  let last = cursor;
  let over = false;
  let timer: NodeJS.Timeout | undefined;
  let leave = () => {};
  const reader = { frames: [] as SseFrame[], accepted: [] as number[], waits: [] as number[], refused: 0, close };

  async function connect(): Promise<void> {
    const bearer = typeof token === 'string' ? token : await token();
    if (over) return;
    let retry: number | undefined;
    let heard = false;
    const again = () => {
      if (over) return;
      if (!heard) reader.refused += 1;
      else if (retry !== undefined) reader.waits.push(retry);
      clearTimeout(timer);
      timer = setTimeout(() => void connect(), retry ?? PAUSE);
    };
    const parser = createParser({
      onEvent({ id, event, data }) {
        if (id) last = id;
        reader.frames.push({ id, event, data: JSON.parse(data) });
      },
      onRetry: (ms) => {
        retry = ms;
      },
    });
    const asked = request(`${url}/v1/events`, {
      method: 'POST',
      agent: false,
      headers: {
        authorization: `Bearer ${bearer}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'last-event-id': last,
      },
    });
    asked.once('error', again).once('response', (response) => {
      heard = response.statusCode === 200;
      if (heard) reader.accepted.push(performance.now());
      response.setEncoding('utf8');
      response.on('data', (text: string) => heard && parser.feed(text));
      response.on('error', () => {});
      response.once('close', again);
    });
    asked.end(body);
    leave = () => asked.destroy();
  }

  function close(): void {
    over = true;
    clearTimeout(timer);
    leave();
  }
  void connect();
  return reader;
}
