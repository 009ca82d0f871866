/**
 * The state of a recruiter's bulk invites to one assessment: the draft, the batch on screen and the list of past batches.
 * Calls `onChange` after every change.
 */
import * as ROUTES from '../../proxy/contract/routes.ts';
import { toProblem, WidgetProblem } from '../api/errors.ts';
import type { ClientConfig } from '../api/parse.ts';
import { type BatchSummary, parseBatchList, parseBatchProgress, parseBatchRows } from '../api/parse-batch.ts';
import type { CandidateInput } from '../package/elements.ts';
import { computeBackoff } from '../util/backoff.ts';
import { BatchWatcher } from './batch-watcher.ts';
import { CohortDraft, toInput } from './cohort-draft.ts';
import type { Connection } from './connection.ts';

export interface CohortAssessment {
  project_id: string;
  assessment_type: string;
}

/** Only one action runs at a time. */
export type CohortAction = 'check' | 'invite' | 'cancel' | 'retry' | 'loadMore';

export class Cohort {
  config: ClientConfig | undefined;
  /** The recruiter's batches of the assessment, newest first; undefined until loaded. */
  batches: BatchSummary[] | undefined;
  draft: CohortDraft | undefined;
  /** The batch on screen. */
  watcher: BatchWatcher | undefined;
  /** Why the first load failed. */
  loadProblem: WidgetProblem | undefined;
  /** Why the last action failed. */
  actionProblem: WidgetProblem | undefined;
  runningAction: CohortAction | undefined;
  readonly #connection: Connection;
  readonly #assessment: CohortAssessment;
  readonly #onChange: () => void;
  readonly #unsubscribe: () => void;
  #nextCursor: string | undefined;
  #failureCount = 0;
  #isVisible = true;
  #isClosed = false;
  /** Identifies the invite, so that the proxy creates no second batch if the invite is sent again. */
  #idempotencyKey: string | undefined;
  #cancelTimer = () => {};
  #cancelRenewal = () => {};

  constructor(connection: Connection, assessment: CohortAssessment, onChange: () => void) {
    this.#connection = connection;
    this.#assessment = assessment;
    this.#onChange = () => this.#isClosed || onChange();
    this.#unsubscribe = connection.tokens.subscribe({
      onNewToken: () => {
        this.#scheduleRenewal();
        void this.#checkViewer();
      },
      onSignedOut: () => this.#clear(),
    });
    void this.load();
  }

  get hasMoreBatches(): boolean {
    return !!this.#nextCursor;
  }

  /** Loads the config and the batches. The first load opens the newest unfinished batch, unless there is a draft. */
  async load(): Promise<void> {
    this.#cancelTimer();
    const { client } = this.#connection;
    try {
      const [config, list] = await Promise.all([
        client.getConfig(),
        client.request(this.#listPath(), {}, parseBatchList),
      ]);
      if (this.#isClosed) return;
      const isFirstLoad = !this.batches;
      this.config = config;
      this.batches = list.batches;
      this.#nextCursor = list.next;
      this.loadProblem = undefined;
      this.#failureCount = 0;
      const unfinished = list.batches.find(({ counts }) => counts.queued);
      if (isFirstLoad && unfinished && !this.draft && !this.watcher) this.openBatch(unfinished.batch_id);
    } catch (cause) {
      if (this.#isClosed) return;
      const problem = toProblem(cause);
      this.loadProblem = problem;
      const { status = 503, retryAfter } = problem.details;
      const retryMs = computeBackoff(this.#failureCount++, this.#connection.clock, retryAfter);
      if (status >= 500 || status === 429) {
        this.#cancelTimer = this.#connection.clock.setTimer(retryMs, () => void this.load());
      }
    }
    this.#onChange();
  }

  async loadMoreBatches(): Promise<void> {
    await this.#run('loadMore', async (client) => {
      const { batches, next } = await client.request(this.#listPath(this.#nextCursor), {}, parseBatchList);
      this.batches = [...(this.batches ?? []), ...batches];
      this.#nextCursor = next;
    });
  }

  /** Replaces the draft and checks it. An empty list discards the draft. */
  setCandidates(candidates: readonly CandidateInput[]): void {
    this.draft = candidates.length ? new CohortDraft(candidates) : undefined;
    if (this.draft) this.#closeBatch();
    this.#idempotencyKey = undefined;
    this.actionProblem = undefined;
    this.#onChange();
    void this.checkDraft();
  }

  editRow(id: number, values: CandidateInput): Promise<void> {
    this.draft?.edit(id, values);
    return this.#recheck();
  }

  removeRow(id: number): Promise<void> {
    this.draft?.remove(id);
    if (!this.draft?.rows.length) this.draft = undefined;
    return this.#recheck();
  }

  /** Asks the proxy what an invite of the unchecked rows would do. */
  async checkDraft(): Promise<void> {
    await this.#run('check', async (client) => {
      // The recruiter may edit rows or replace the draft during a request.
      for (let { draft } = this; draft?.uncheckedRows.length; draft = this.draft) {
        const checked = draft.uncheckedRows;
        const body = { ...this.#assessment, dry_run: true, candidates: checked.map(toInput) };
        const results = await client.request(ROUTES.batches, { body }, parseBatchRows);
        if (results.length !== checked.length) throw new WidgetProblem('bad_answer');
        if (draft === this.draft) draft.applyCheck(checked, results);
      }
    });
  }

  /** Sends the draft's new candidates as a batch. The call can be repeated if the response was lost. */
  async invite(): Promise<void> {
    const { draft } = this;
    const candidates = draft?.listByKind('new').map(toInput);
    if (!candidates?.length) return;
    await this.#run('invite', async (client) => {
      this.#idempotencyKey ??= createIdempotencyKey();
      const headers = { 'idempotency-key': this.#idempotencyKey };
      const body = { ...this.#assessment, candidates };
      const { batch_id } = await client.request(ROUTES.batches, { body, headers }, parseBatchProgress);
      if (draft !== this.draft) return;
      this.draft = undefined;
      this.#idempotencyKey = undefined;
      this.openBatch(batch_id);
      void this.load();
    });
  }

  openBatch(batchId: string): void {
    this.#closeBatch();
    this.watcher = new BatchWatcher(this.#connection.client, this.#connection.clock, batchId, this.#onChange);
    this.watcher.onVisibilityChange(this.#isVisible);
    this.#onChange();
  }

  /** Returns to the list of batches, and reloads it. */
  leaveBatch(): void {
    this.#closeBatch();
    void this.load();
    this.#onChange();
  }

  async cancelQueued(): Promise<void> {
    await this.#changeBatch('cancel', ROUTES.batchCancelPath);
  }

  async retryFailed(): Promise<void> {
    await this.#changeBatch('retry', ROUTES.batchRetryPath);
  }

  onVisibilityChange(isVisible: boolean): void {
    this.#isVisible = isVisible;
    this.#scheduleRenewal();
    this.watcher?.onVisibilityChange(isVisible);
  }

  onOffline(): void {
    this.watcher?.onOffline();
  }

  /** Reopens the stream for the batch on screen, and repeats a failed load. */
  retry(): void {
    this.watcher?.retry();
    if (this.loadProblem) void this.load();
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelRenewal();
    this.#unsubscribe();
    this.#cancelTimer();
    this.#closeBatch();
  }

  #closeBatch(): void {
    this.watcher?.close();
    this.watcher = undefined;
    this.actionProblem = undefined;
  }

  /** Removes everything that the signed-out recruiter saw, and loads again. */
  #clear(): void {
    this.#connection.client.forgetConfig();
    this.draft = undefined;
    this.batches = undefined;
    this.config = undefined;
    this.#closeBatch();
    void this.load();
    this.#onChange();
  }

  /** Renews the token before it expires, so that the widget notices without a click when another recruiter signs in. */
  #scheduleRenewal(): void {
    const { tokens, clock } = this.#connection;
    this.#cancelRenewal();
    if (tokens.renewAt === undefined || this.#isClosed || !this.#isVisible) return;
    const delayMs = Math.max(0, tokens.renewAt - clock.now());
    this.#cancelRenewal = clock.setTimer(delayMs, () => void tokens.get().catch(() => {}));
  }

  /** Clears everything if the new token belongs to another recruiter, or has other rights. */
  async #checkViewer(): Promise<void> {
    const { config } = this;
    if (!config) return;
    const { client } = this.#connection;
    client.forgetConfig();
    try {
      if ((await client.getConfig()).viewer === config.viewer) return;
    } catch (cause) {
      const { status } = toProblem(cause).details;
      if (status !== 401 && status !== 403) return;
    }
    if (!this.#isClosed && config === this.config) this.#clear();
  }

  #recheck(): Promise<void> {
    this.#idempotencyKey = undefined;
    this.#onChange();
    return this.checkDraft();
  }

  async #changeBatch(action: CohortAction, toPath: (batchId: string) => string): Promise<void> {
    const { watcher } = this;
    const batchId = watcher?.batch?.batch_id;
    if (!watcher || !batchId) return;
    await this.#run(action, async (client) => {
      watcher.applyProgress(await client.request(toPath(batchId), { body: {} }, parseBatchProgress));
    });
  }

  /** Does nothing if another action is running. */
  async #run(action: CohortAction, work: (client: Connection['client']) => Promise<void>): Promise<void> {
    if (this.runningAction) return;
    this.runningAction = action;
    this.actionProblem = undefined;
    this.#onChange();
    try {
      await work(this.#connection.client);
    } catch (cause) {
      this.actionProblem = toProblem(cause);
    }
    this.runningAction = undefined;
    this.#onChange();
  }

  #listPath(after?: string): string {
    return `${ROUTES.batches}?${new URLSearchParams({ ...this.#assessment, ...(after && { after }) })}`;
  }
}

function createIdempotencyKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
