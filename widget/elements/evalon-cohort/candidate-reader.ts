import { throwUnreachable, toProblem } from '../../api/errors.ts';
import type { CandidateInput } from '../../package/elements.ts';
import * as strings from '../../strings/en/cohort.ts';
import { describeProblem } from '../../strings/en/common.ts';
import { announce } from '../../util/announce.ts';
import { toTrimmedString } from '../../util/json.ts';

/** The proxy's limit for one batch. */
export const MAX_CANDIDATES = 10_000;

export interface CandidateReaderListener {
  onChange(): void;
  onCandidates(candidates: readonly CandidateInput[]): void;
}

/** Reads the candidates in a text, a file, or a list from the page. The parser's code loads on demand. */
export class CandidateReader {
  isReading = false;
  /** Why the last text or file could not be read; empty if it could. */
  problem = '';
  readonly #listener: CandidateReaderListener;
  /** Increases with each reset, so that candidates read before the reset are ignored. */
  #generation = 0;

  constructor(listener: CandidateReaderListener) {
    this.#listener = listener;
  }

  readText(text: string): Promise<void> {
    return this.#read(async () => text);
  }

  readFile(file: File): Promise<void> {
    return this.#read(async () => (await loadParser()).decodeFile(file));
  }

  /** @param list any value, because the page sets it. @returns no candidates if the list is too long. */
  readList(list: unknown): readonly CandidateInput[] {
    this.reset();
    const count = countItems(list);
    if (count <= MAX_CANDIDATES) return toCandidates(list as readonly CandidateInput[], count);
    this.problem = strings.tooManyCandidates;
    announce(this.problem);
    return [];
  }

  reset(): void {
    this.#generation++;
    this.problem = '';
  }

  async #read(getText: () => Promise<string | undefined>): Promise<void> {
    if (this.isReading) return;
    const generation = this.#generation;
    this.isReading = true;
    this.problem = '';
    this.#listener.onChange();
    const { candidates, problem = '' } = await read(getText);
    this.isReading = false;
    if (generation === this.#generation) {
      this.problem = problem;
      if (candidates) this.#listener.onCandidates(candidates);
    }
    this.#listener.onChange();
    if (this.problem) announce(this.problem);
  }
}

interface ReadResult {
  candidates?: readonly CandidateInput[];
  problem?: string;
}

/** @param getText resolves with undefined if the file is too large */
async function read(getText: () => Promise<string | undefined>): Promise<ReadResult> {
  try {
    // The text is null if the browser cannot read the file.
    const [{ parseCandidates }, text] = await Promise.all([loadParser(), getText().catch(() => null)]);
    if (text === null) return { problem: strings.unreadableFile };
    if (text === undefined) return { problem: strings.listTooLong };
    const { candidates = [], problem } = await parseCandidates(text, MAX_CANDIDATES);
    if (problem) return { problem: problem === 'too_many' ? strings.tooManyCandidates : strings.listTooLong };
    return candidates.length ? { candidates } : { problem: strings.noCandidatesFound };
  } catch (cause) {
    return { problem: describeProblem(toProblem(cause)) };
  }
}

function loadParser(): Promise<typeof import('./parse-candidates.ts')> {
  return import('./parse-candidates.ts').catch(throwUnreachable);
}

function countItems(list: unknown): number {
  return attempt(() => (Array.isArray(list) ? list.length : 0)) ?? 0;
}

/** An item without a readable email or name becomes an invalid row. The other rows stay usable. */
function toCandidates(list: readonly CandidateInput[], count: number): CandidateInput[] {
  const candidates: CandidateInput[] = [];
  for (let index = 0; index < count; index++) {
    candidates.push({
      candidate_email: attempt(() => toTrimmedString(list[index]?.candidate_email)) ?? '',
      candidate_name: attempt(() => toTrimmedString(list[index]?.candidate_name)) ?? '',
    });
  }
  return candidates;
}

/** Returns undefined if the function throws. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
