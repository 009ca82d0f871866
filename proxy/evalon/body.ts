/** Bodies of Evalon's answers: bounded, and read for what they are worth. */
import { nonsense, unreachable } from './failure.ts';

/** Bytes of an answer that are read at the most. */
const LARGEST_ANSWER = 2 * 1024 * 1024;

/** The body, or UpstreamUnavailable where it is cut off or larger than any answer of Evalon. */
export async function boundedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength;
      if (size > LARGEST_ANSWER) break;
      chunks.push(chunk);
    }
  } catch (error) {
    throw unreachable(error);
  }
  if (size > LARGEST_ANSWER) throw nonsense(`Evalon's answer is larger than ${LARGEST_ANSWER} bytes`);
  return Buffer.concat(chunks).toString('utf8');
}

/** @throws UpstreamUnavailable where it is no JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw nonsense('Evalon did not answer with JSON');
  }
}

/** Evalon's `detail`, or the beginning of whatever it sent instead. */
export function detailOf(text: string): string {
  try {
    const answer = JSON.parse(text) as { detail?: unknown } | null;
    const detail = answer?.detail ?? answer;
    return typeof detail === 'string' ? detail : JSON.stringify(detail);
  } catch {
    return text;
  }
}
