/** Runs one CSV export at a time, and tracks its progress. */
import { toProblem, type WidgetProblem } from '../../api/errors.ts';
import type { Session } from '../../api/parse.ts';
import * as strings from '../../strings/en/results.ts';
import type { Connection } from '../../sync/connection.ts';
import type { ResultsQuery } from '../../sync/results.ts';
import { announce } from '../../util/announce.ts';
import { createAbortController } from '../../util/with-timeout.ts';
import { exportResults } from './export-results.ts';

export class CsvExporter {
  /** How many rows the running export has read; undefined if no export is running. */
  exportedCount: number | undefined;
  problem: WidgetProblem | undefined;
  readonly #onChange: () => void;
  #controller: AbortController | undefined;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  async run(connection: Connection, query: ResultsQuery, findLabel: (session: Session) => string): Promise<void> {
    if (this.#controller) return;
    const controller = createAbortController();
    const { signal } = controller;
    this.#controller = controller;
    this.problem = undefined;
    this.#setCount(0);
    try {
      const onProgress = (count: number) => signal.aborted || this.#setCount(count);
      const count = await exportResults({ connection, query, signal, findLabel, onProgress });
      if (count !== undefined) announce(strings.exportDone(count));
    } catch (cause) {
      if (!signal.aborted) this.problem = toProblem(cause);
    }
    if (this.#controller === controller) this.#end();
  }

  cancel(): void {
    if (!this.#controller) return;
    this.#controller.abort();
    this.#end();
    announce(strings.exportCancelled);
  }

  #end(): void {
    this.#controller = undefined;
    this.#setCount(undefined);
  }

  #setCount(count: number | undefined): void {
    this.exportedCount = count;
    this.#onChange();
  }
}
