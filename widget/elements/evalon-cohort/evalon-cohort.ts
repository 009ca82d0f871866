import { html, type nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { WatchedCandidate } from '../../../proxy/contract/session.ts';
import { renderEnvironment } from '../../components/environment.ts';
import { renderProblem } from '../../components/problem.ts';
import { renderAccount } from '../../components/sign-in.ts';
import { renderSkeleton } from '../../components/skeleton.ts';
import { baseStyles, cardStyles } from '../../components/styles.ts';
import type { CandidateInput } from '../../package/elements.ts';
import * as strings from '../../strings/en/cohort.ts';
import { humanize } from '../../strings/humanize.ts';
import { Cohort } from '../../sync/cohort.ts';
import { announce } from '../../util/announce.ts';
import { toTrimmedString } from '../../util/json.ts';
import { observePageLifecycle } from '../../util/page-lifecycle.ts';
import { EvalonElement } from '../base/evalon-element.ts';
import { type BatchState, renderBatch } from './batch-view.ts';
import { CandidateReader } from './candidate-reader.ts';
import { cohortStyles } from './cohort-styles.ts';
import { describeFinishedBatch } from './describe-batch.ts';
import { renderPastBatches } from './past-batches.ts';
import { type PreviewState, renderPreview } from './preview.ts';
import { renderSource } from './source.ts';

/** How often the estimate of the time left is updated. */
const TICK_MS = 5_000;

type ViewState = PreviewState & BatchState;

const INITIAL_STATE: ViewState = { filter: undefined, page: 0, editedRowId: undefined, isConfirmingCancel: false };

/**
 * Invites many candidates to one assessment. The candidates come from the page, a pasted list or a CSV file. The
 * recruiter reviews the list, then follows the progress and each candidate's outcome. Past invites stay available.
 *
 * @tagname evalon-cohort
 * @attr project-id - The project. Required.
 * @attr assessment-type - The assessment. Required.
 * @attr proxy-url - Address of the proxy. Default: the origin of the script.
 * @attr locale - The language, such as `de`. All elements of a page have the language of the first. Default: the nearest `lang`.
 * @fires {CustomEvent<EvalonEvents['evalon-error']>} evalon-error - An attribute is missing, or a request failed.
 * @csspart panel - The whole element: surface, border, corners.
 * @csspart header - The header of the panel.
 * @csspart environment - The badge of a test system.
 * @csspart assessment - One assessment with its details; in the inbox its name.
 * @csspart source - The form to paste candidates or choose a file.
 * @csspart preview - The list before the invite.
 * @csspart filters - The buttons that filter rows.
 * @csspart rows - The table of candidates.
 * @csspart row - One candidate of a list; in the inbox a button.
 * @csspart pager - The previous and next page.
 * @csspart invite-button - The Invite button.
 * @csspart check-button - The Review list button.
 * @csspart batch - One batch with its outcome.
 * @csspart progress - The progress bar and its text.
 * @csspart cancel-button - Cancels an invite that waits for Evalon, or queued invites.
 * @csspart retry-failed-button - The Retry failed button.
 * @csspart csv-button - The Download CSV button.
 * @csspart copy-button - The buttons that copy.
 * @csspart batches - The list of past invites.
 * @csspart more-button - The Show more button.
 * @csspart problem - The error message.
 * @csspart reference - The reference for IT's log.
 * @csspart retry-button - The Retry button.
 * @csspart hint - The message about a missing or invalid attribute.
 * @csspart account - The signed-in user (single sign-on).
 * @csspart sign-out-button - The Sign out button.
 * @csspart sign-in - The sign-in prompt.
 * @csspart sign-in-button - The Sign in button.
 * @csspart sign-in-link - The link to the sign-in window, if the browser blocked it.
 * @csspart code - The form for the code that the sign-in window shows.
 * @csspart code-input - The input of that form.
 * @csspart code-button - The button of that form.
 * @cssprop --evalon-accent - The main button, the dial, the bars, “Invited”.
 * @cssprop --evalon-accent-text - Text on the main button.
 * @cssprop --evalon-surface - The panel's background.
 * @cssprop --evalon-text - Text.
 * @cssprop --evalon-muted - Secondary text.
 * @cssprop --evalon-border - Lines, and borders of buttons.
 * @cssprop --evalon-bad - A failed status.
 * @cssprop --evalon-radius - The panel's corners.
 * @cssprop --evalon-font-family - Font.
 * @cssprop --evalon-font-size - The base font size, to which other sizes are relative.
 * @cssprop --evalon-hover - A secondary button or a section under the pointer.
 * @cssprop --evalon-min-height - The panel's minimum height, to keep the content below from moving.
 */
export default class EvalonCohort extends EvalonElement {
  static override styles = [baseStyles, cardStyles, cohortStyles];

  @property({ attribute: 'project-id' }) projectId: string | undefined;
  @property({ attribute: 'assessment-type' }) assessmentType: string | undefined;
  /** Candidates that the page adds. Setting a new list replaces the draft. */
  @property({ attribute: false }) candidates: readonly CandidateInput[] | undefined;

  @state() private view: ViewState = INITIAL_STATE;
  @state() private isFileOver = false;
  readonly #reader = new CandidateReader({
    onChange: () => this.requestUpdate(),
    onCandidates: (candidates) => this.#showDraft(candidates),
  });
  #cohort: Cohort | undefined;
  #stopObserving = () => {};
  /** The last value of `candidates` that became a draft. */
  #appliedCandidates: readonly CandidateInput[] | undefined;
  /** Selector of the element that receives the focus after the next update. */
  #focusSelector: string | undefined;
  #lastReportedProblem: unknown;
  #lastBatchId: string | undefined;
  #wasRunning = false;
  #tickTimer: ReturnType<typeof setTimeout> | undefined;

  protected override get subjectKey(): string {
    return JSON.stringify([toTrimmedString(this.projectId), toTrimmedString(this.assessmentType)]);
  }

  protected override get missingAttributes(): string[] {
    return [
      ...(toTrimmedString(this.projectId) ? [] : ['project-id']),
      ...(toTrimmedString(this.assessmentType) ? [] : ['assessment-type']),
    ];
  }

  /** Bulk invites have their own requests, and do not watch a single candidate. */
  protected override get candidate(): WatchedCandidate | undefined {
    return undefined;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // When the microtask runs, an element that the page has only moved is connected again.
    queueMicrotask(() => this.isConnected || this.reset());
  }

  protected override reset(): void {
    this.#stopObserving();
    this.#stopObserving = () => {};
    this.#cohort = undefined;
    this.#appliedCandidates = undefined;
    this.view = INITIAL_STATE;
    this.#reader.reset();
    clearTimeout(this.#tickTimer);
  }

  protected override willUpdate(): void {
    super.willUpdate();
    if (this.connection && this.isConnected && !this.#cohort) this.#start();
    const { candidates } = this;
    if (!this.#cohort || candidates === this.#appliedCandidates) return;
    this.#appliedCandidates = candidates;
    this.view = INITIAL_STATE;
    this.#cohort.setCandidates(this.#reader.readList(candidates));
  }

  protected override updated(): void {
    super.updated();
    const cohort = this.#cohort;
    const problem = cohort?.actionProblem ?? cohort?.loadProblem ?? cohort?.watcher?.problem;
    if (problem && problem !== this.#lastReportedProblem) this.dispatchError(problem);
    this.#lastReportedProblem = problem;
    this.#trackBatch();
    this.#moveFocus();
    clearTimeout(this.#tickTimer);
    if (cohort?.watcher?.batch?.counts.queued) this.#tickTimer = setTimeout(() => this.requestUpdate(), TICK_MS);
  }

  protected override render(): TemplateResult {
    if (this.configError) return html`<div class="card"><p class="failed" part="hint">${this.configError}</p></div>`;
    return html`<section class="card" part="panel" aria-label=${strings.cohortTitle}>
      <header part="header">
        <h2>${strings.cohortTitle}</h2>
        ${renderEnvironment(this.#cohort?.config)}
        <p part="assessment"><bdi>${this.#findLabel(toTrimmedString(this.assessmentType))}</bdi></p>
      </header>
      ${this.#renderBody()}
      ${renderAccount(this.connection)}
    </section>`;
  }

  #renderBody(): TemplateResult {
    const cohort = this.#cohort;
    if (!cohort?.batches || !cohort.config) {
      return cohort?.loadProblem ? renderProblem(cohort.loadProblem, () => void cohort.load()) : renderSkeleton();
    }
    if (!cohort.config.canInvite) return html`<p>${strings.noInvitePermission}</p>${this.#renderPastBatches(cohort)}`;
    const setState = (changes: Partial<ViewState>) => {
      this.view = { ...this.view, ...changes };
    };
    if (cohort.draft) {
      const focusRow = (id: number | undefined) => {
        this.#focusSelector = id === undefined ? 'h3' : `#row-${id}`;
      };
      return renderPreview(cohort, cohort.draft, this.view, { setState, focusRow });
    }
    if (cohort.watcher) {
      return renderBatch(cohort, cohort.watcher, this.view, setState, (type) => this.#findLabel(type));
    }
    return html`${this.#renderSource()}${this.#renderPastBatches(cohort)}`;
  }

  #renderSource(): TemplateResult {
    const { isReading, problem } = this.#reader;
    return renderSource({
      isReading,
      problem,
      isFileOver: this.isFileOver,
      onText: (text) => void this.#reader.readText(text),
      onFile: (file) => void this.#reader.readFile(file),
      onFileOver: (isFileOver) => {
        this.isFileOver = isFileOver;
      },
    });
  }

  #renderPastBatches(cohort: Cohort): TemplateResult | typeof nothing {
    return renderPastBatches(cohort, (batchId) => {
      this.view = INITIAL_STATE;
      cohort.openBatch(batchId);
    });
  }

  #start(): void {
    const { connection } = this;
    if (!connection) return;
    const project_id = toTrimmedString(this.projectId);
    const assessment_type = toTrimmedString(this.assessmentType);
    const cohort = new Cohort(connection, { project_id, assessment_type }, () => this.requestUpdate());
    const stopLifecycle = observePageLifecycle(cohort);
    this.#cohort = cohort;
    this.#stopObserving = () => {
      stopLifecycle();
      cohort.close();
    };
  }

  #showDraft(candidates: readonly CandidateInput[]): void {
    this.view = INITIAL_STATE;
    this.#focusSelector = 'h3';
    this.#cohort?.setCandidates(candidates);
  }

  #moveFocus(): void {
    const selector = this.#focusSelector;
    if (!selector) return;
    const target = this.renderRoot.querySelector<HTMLElement>(selector);
    if (!target) return;
    this.#focusSelector = undefined;
    target.focus();
  }

  /** Announces when the batch on screen finishes. Resets the filter and page when the element shows another batch. */
  #trackBatch(): void {
    const batch = this.#cohort?.watcher?.batch;
    const isRunning = !!batch?.counts.queued;
    if (batch && batch.batch_id !== this.#lastBatchId) this.view = INITIAL_STATE;
    else if (batch && this.#wasRunning && !isRunning) announce(describeFinishedBatch(batch.counts));
    this.#lastBatchId = batch?.batch_id;
    this.#wasRunning = isRunning;
  }

  #findLabel(assessmentType: string): string {
    const assessments = this.#cohort?.config?.assessments ?? [];
    const projectId = toTrimmedString(this.projectId);
    const assessment = assessments.find(
      ({ project_id, assessment_type }) => project_id === projectId && assessment_type === assessmentType,
    );
    return assessment?.label ?? humanize(assessmentType);
  }
}
