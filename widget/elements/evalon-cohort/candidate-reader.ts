import { throwUnreachable, toProblem } from '../../api/errors.ts';
import * as strings from '../../strings/en/cohort.ts';
import { describeProblem } from '../../strings/en/common.ts';
import type { CandidateInput } from '../../sync/cohort-draft.ts';
import { announce } from '../../util/announce.ts';

export interface CandidateReaderListener {
  onChange(): void;
  onCandidates(candidates: readonly CandidateInput[]): void;
}

/** Reads the candidates in a text or a file. The code of the parser loads on demand. */
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

async function read(getText: () => Promise<string | undefined>): Promise<ReadResult> {
  try {
    const [{ parseCandidates }, text] = await Promise.all([loadParser(), getText().catch(() => undefined)]);
    if (text === undefined) return { problem: strings.unreadableFile };
    const { candidates = [], problem } = await parseCandidates(text);
    if (problem) return { problem: problem === 'too_many' ? strings.tooManyCandidates : strings.listTooLong };
    return candidates.length ? { candidates } : { problem: strings.noCandidatesFound };
  } catch (cause) {
    return { problem: describeProblem(toProblem(cause)) };
  }
}

function loadParser(): Promise<typeof import('./parse-candidates.ts')> {
  return import('./parse-candidates.ts').catch(throwUnreachable);
}
