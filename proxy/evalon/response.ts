/** Bodies of Evalon's answers: bounded, and read for what they are worth. */
import { AnswerTooLarge, boundedText } from '../util/http-response.ts';
import { nonsense, unreachable } from './errors.ts';

/** Bytes of an answer that are read at the most. */
const LARGEST_ANSWER = 2 * 1024 * 1024;

/** The body, or UpstreamUnavailable where it is cut off or larger than any answer of Evalon. */
export async function textOf(response: Response): Promise<string> {
  try {
    return await boundedText(response, LARGEST_ANSWER);
  } catch (error) {
    throw error instanceof AnswerTooLarge ? nonsense(error) : unreachable(error);
  }
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
