/** Code that loads on demand, so that a profile downloads less before its first paint. */
import { throwUnreachable, type WidgetProblem } from '../api/errors.ts';
import type { LiveCollection } from '../sync/live-collection.ts';

/** How long to wait before a failed import is retried. */
const RETRY_MS = 5_000;

export class LazyModule<Module> {
  /** Why the last import failed; undefined while an import runs. */
  problem: WidgetProblem | undefined;
  readonly #import: () => Promise<Module>;
  #module: Module | undefined;
  #isLoading = false;
  /** The collections whose elements wait for the module. */
  readonly #waiting = new Set<LiveCollection>();

  constructor(importModule: () => Promise<Module>) {
    this.#import = importModule;
  }

  /** Returns the module, or starts to load it. The collection's elements render again when the module has loaded. */
  get(collection: LiveCollection): Module | undefined {
    if (this.#module) return this.#module;
    this.#waiting.add(collection);
    if (!this.#isLoading && !this.problem) void this.load(collection);
    return undefined;
  }

  /** Resolves with undefined if the import fails, and then retries the import later. */
  async load(collection: LiveCollection): Promise<Module | undefined> {
    this.#waiting.add(collection);
    this.#isLoading = true;
    this.problem = undefined;
    try {
      this.#module = await this.#import().catch(throwUnreachable);
    } catch (problem) {
      this.problem = problem as WidgetProblem;
      collection.clock.setTimer(RETRY_MS, () => void this.load(collection));
    }
    this.#isLoading = false;
    for (const waiting of this.#waiting) waiting.notifyListeners();
    if (this.#module) this.#waiting.clear();
    return this.#module;
  }
}
