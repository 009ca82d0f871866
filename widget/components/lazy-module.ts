/** Code that loads on demand, so that a profile downloads less before its first paint. */
import { throwUnreachable, type WidgetProblem } from '../api/errors.ts';
import type { Connection } from '../sync/connection.ts';

/** A failed import is tried again after this time. */
const RETRY_MS = 5_000;

export class LazyModule<Module> {
  /** Why the last import failed; undefined while another one runs. */
  problem: WidgetProblem | undefined;
  readonly #import: () => Promise<Module>;
  #module: Module | undefined;
  #isLoading = false;

  constructor(importModule: () => Promise<Module>) {
    this.#import = importModule;
  }

  /** Returns the module, or starts to load it. The elements of the connection render again when it has loaded. */
  get(connection: Connection): Module | undefined {
    if (!this.#module && !this.#isLoading && !this.problem) void this.load(connection);
    return this.#module;
  }

  /** Resolves with undefined if the import fails. It is then tried again later. */
  async load(connection: Connection): Promise<Module | undefined> {
    this.#isLoading = true;
    this.problem = undefined;
    try {
      this.#module = await this.#import().catch(throwUnreachable);
    } catch (problem) {
      this.problem = problem as WidgetProblem;
      connection.clock.setTimer(RETRY_MS, () => void this.load(connection));
    }
    this.#isLoading = false;
    connection.notifyListeners();
    return this.#module;
  }
}
