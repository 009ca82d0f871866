/** Code that loads on demand, so that a profile downloads less before its first paint. */
import { throwUnreachable, type WidgetProblem } from '../api/errors.ts';
import type { LiveCollection } from '../sync/live-collection.ts';

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

  /** Returns the module, or starts to load it. The elements of the collection render again when it has loaded. */
  get(collection: LiveCollection): Module | undefined {
    if (!this.#module && !this.#isLoading && !this.problem) void this.load(collection);
    return this.#module;
  }

  /** Resolves with undefined if the import fails. It is then tried again later. */
  async load(collection: LiveCollection): Promise<Module | undefined> {
    this.#isLoading = true;
    this.problem = undefined;
    try {
      this.#module = await this.#import().catch(throwUnreachable);
    } catch (problem) {
      this.problem = problem as WidgetProblem;
      collection.clock.setTimer(RETRY_MS, () => void this.load(collection));
    }
    this.#isLoading = false;
    collection.notifyListeners();
    return this.#module;
  }
}
