import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { WatchedCandidate } from '../../../proxy/contract/session.ts';
import type { Session } from '../../api/parse.ts';
import { renderEnvironment } from '../../components/environment.ts';
import { iconStyles } from '../../components/icon-styles.ts';
import { renderLazyScorecard } from '../../components/lazy-scorecard.ts';
import { renderProblem } from '../../components/problem.ts';
import { renderMissingResult } from '../../components/session-without-result.ts';
import { renderAccount } from '../../components/sign-in.ts';
import { renderSkeleton } from '../../components/skeleton.ts';
import { renderStaleNotice } from '../../components/stale-notice.ts';
import { baseStyles, cardStyles } from '../../components/styles.ts';
import * as strings from '../../strings/en/results.ts';
import type { Connection } from '../../sync/connection.ts';
import { Results, type ResultsQuery } from '../../sync/results.ts';
import { toTrimmedString } from '../../util/json.ts';
import { observePageLifecycle } from '../../util/page-lifecycle.ts';
import { findAssessmentLabel } from '../base/assessments.ts';
import { EvalonElement } from '../base/evalon-element.ts';
import { renderComparison } from './compare.ts';
import { CsvExporter } from './csv-exporter.ts';
import { printResults } from './print-results.ts';
import { renderActions } from './results-actions.ts';
import { resultsStyles } from './results-styles.ts';
import { renderTable } from './results-table.ts';
import { renderToolbar } from './results-toolbar.ts';

const SEARCH_DEBOUNCE_MS = 300;
/** How often the age of stale data is updated. */
const STALE_TICK_MS = 1_000;

/**
 * A project's results as a table. The recruiter can search, filter and sort it, open scorecards in it, print it and
 * export it as CSV. If comparison is on, results can be compared side by side.
 *
 * @tagname evalon-results
 * @attr project-id - The project. Required.
 * @attr assessment-type - Shows only this assessment.
 * @attr proxy-url - Address of the proxy. Default: the origin of the script.
 * @attr locale - The language, such as `de`. All elements of a page have the language of the first. Default: the nearest `lang`.
 * @fires {CustomEvent<EvalonEvents['evalon-candidate-select']>} evalon-candidate-select - The recruiter selected a row. Cancel it to keep the row closed.
 * @fires {CustomEvent<EvalonEvents['evalon-error']>} evalon-error - An attribute is missing, or a request failed.
 * @csspart panel - The whole element: surface, border, corners.
 * @csspart header - The header of the panel.
 * @csspart environment - The badge of a test system.
 * @csspart search - The search field.
 * @csspart status-filter - The filter by status.
 * @csspart assessment-filter - The filter by assessment.
 * @csspart sort - The order.
 * @csspart changes-button - Shows rows that have changed.
 * @csspart table - The table of results.
 * @csspart row - One candidate of a list; in the inbox a button.
 * @csspart candidate - Name and email; in the inbox the name.
 * @csspart assessment - One assessment with its details; in the inbox its name.
 * @csspart status - The chip: an icon and a word.
 * @csspart overall - The overall score, in the chip or with the dial.
 * @csspart sections - The list of sections.
 * @csspart invited-by - Who invited the candidate.
 * @csspart invited - The date of the invite.
 * @csspart completed - The date of completion.
 * @csspart changed - The date of the last change, in place of the date of completion if the rows are sorted by it.
 * @csspart details - The scorecard below a row.
 * @csspart count - How many candidates are shown.
 * @csspart more-button - The Show more button.
 * @csspart csv-button - The Download all as CSV button.
 * @csspart print-button - The Print list button, or the Print result button of an open scorecard.
 * @csspart cancel-button - Cancels an invite that waits for Evalon, or queued invites.
 * @csspart progress - The progress bar and its text.
 * @csspart compare-button - The Compare button.
 * @csspart comparison - Results side by side.
 * @csspart close-button - Closes the comparison.
 * @csspart scorecard - The result.
 * @csspart dial - The dial of the overall score.
 * @csspart standing - The percentile (COMPARISON).
 * @csspart section - One section.
 * @csspart bar - The bar of a section's score.
 * @csspart questions - The questions of a section.
 * @csspart question - One question.
 * @csspart narrative - Evalon's summary.
 * @csspart copy-button - The buttons that copy.
 * @csspart problem - The error message.
 * @csspart waiting - The notice of a pending result; in the inbox the list of waiting candidates.
 * @csspart reference - The reference for IT's log.
 * @csspart retry-button - The Retry button.
 * @csspart stale - The notice that the connection is lost, and since when.
 * @csspart hint - The message about a missing or invalid attribute, or that no result matches.
 * @csspart account - The signed-in user (single sign-on).
 * @csspart sign-out-button - The Sign out button.
 * @csspart sign-in - The sign-in prompt.
 * @csspart sign-in-button - The Sign in button.
 * @csspart sign-in-link - The link to the sign-in window, if the browser blocked it.
 * @csspart code - The form for the code that the sign-in window shows.
 * @csspart code-input - The input of that form.
 * @csspart code-button - The button of that form.
 * @cssprop --evalon-accent - The main button, the dial, the bars, “Invited”.
 * @cssprop --evalon-surface - The panel's background.
 * @cssprop --evalon-text - Text.
 * @cssprop --evalon-muted - Secondary text.
 * @cssprop --evalon-border - Lines, and borders of buttons.
 * @cssprop --evalon-good - “Completed”.
 * @cssprop --evalon-bad - A failed status.
 * @cssprop --evalon-busy - A status in progress.
 * @cssprop --evalon-radius - The panel's corners.
 * @cssprop --evalon-min-height - The panel's minimum height, to keep the content below from moving.
 * @cssprop --evalon-font-family - Font.
 * @cssprop --evalon-font-size - The base font size, to which other sizes are relative.
 * @cssprop --evalon-accent-text - Text on the main button.
 * @cssprop --evalon-hover - A secondary button or a section under the pointer.
 * @cssprop --evalon-narrative - The background of Evalon's summary.
 */
export default class EvalonResults extends EvalonElement {
  static override styles = [baseStyles, cardStyles, iconStyles, resultsStyles];

  @property({ attribute: 'project-id' }) projectId: string | undefined;
  @property({ attribute: 'assessment-type' }) assessmentType: string | undefined;

  @state() private openUuid: string | undefined;
  @state() private selectedUuids: ReadonlySet<string> = new Set();
  @state() private isComparing = false;
  readonly #exporter = new CsvExporter(() => this.requestUpdate());
  #results: Results | undefined;
  /** The connection and subject that `#results` was created for. */
  #subject: { connection: Connection; key: string } | undefined;
  #rightsGeneration = 0;
  #stopObserving = () => {};
  #searchTimer: ReturnType<typeof setTimeout> | undefined;
  #tickTimer: ReturnType<typeof setTimeout> | undefined;
  /** Selector of the element that receives the focus after the next update. */
  #focusSelector: string | undefined;
  #lastReportedProblem: unknown;

  protected override get subjectKey(): string {
    return JSON.stringify([this.projectId, this.assessmentType].map(toTrimmedString));
  }

  protected override get missingAttributes(): string[] {
    return toTrimmedString(this.projectId) ? [] : ['project-id'];
  }

  /** The connection watches the candidate of the open row, so that the scorecard stays up to date. */
  protected override get candidate(): WatchedCandidate | undefined {
    const session = this.#results?.rows.find(({ session_uuid }) => session_uuid === this.openUuid);
    return session && { candidate_email: session.candidate_email, project_id: session.project_id };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // When the microtask runs, an element that the page has only moved is connected again.
    queueMicrotask(() => this.isConnected || this.#stop());
  }

  protected override willUpdate(): void {
    super.willUpdate();
    const { connection, subjectKey } = this;
    if (this.#subject && (connection !== this.#subject.connection || subjectKey !== this.#subject.key)) this.#stop();
    if (connection && this.isConnected && !this.#results) this.#start(connection);
    const generation = this.#results?.rightsGeneration ?? 0;
    if (generation !== this.#rightsGeneration) this.#resetRowState();
    this.#rightsGeneration = generation;
  }

  protected override updated(): void {
    super.updated();
    this.#moveFocus();
    const { problem } = this.#results ?? {};
    if (problem && problem !== this.#lastReportedProblem) this.dispatchError(problem);
    this.#lastReportedProblem = problem;
    clearTimeout(this.#tickTimer);
    if (this.#results?.staleSince !== undefined) {
      this.#tickTimer = setTimeout(() => this.requestUpdate(), STALE_TICK_MS);
    }
  }

  protected override render(): TemplateResult {
    if (this.configError) return html`<div class="card"><p class="failed" part="hint">${this.configError}</p></div>`;
    const results = this.#results;
    return html`<section class="card" part="panel" aria-label=${strings.resultsTitle}>
      <header part="header"><h2>${strings.resultsTitle}</h2>${renderEnvironment(results?.config)}</header>
      ${results && this.connection ? this.#renderBody(this.connection, results) : renderSkeleton()}
      ${renderStaleNotice(results?.staleSince, this.connection?.clock, !results?.rows.length && !!results?.problem)}
      ${renderAccount(this.connection)}
    </section>`;
  }

  #renderBody(connection: Connection, results: Results): TemplateResult {
    const { rows, isLoaded, problem, changeCount, config } = results;
    if (!rows.length && problem) return renderProblem(problem, () => results.retry());
    const { status, q, assessment_type } = results.query;
    const isFiltered = !!status || !!q || !!assessment_type;
    const isFirstLoad = !rows.length && !isLoaded && !isFiltered;
    // The configuration adds a filter and a column. The rows wait for the configuration, so that nothing moves.
    if (isFirstLoad || (!config && !problem)) return renderSkeleton();
    const hasNoSessions = !rows.length && isLoaded && !isFiltered && !changeCount;
    if (hasNoSessions) return html`<p>${strings.noSessions}</p>`;
    return html`<div class="rows">
      ${renderToolbar(results, {
        hasAssessmentFilter: !toTrimmedString(this.assessmentType),
        onSearch: (text) => this.#search(text),
        onQueryChange: (changes) => this.#changeQuery(changes),
      })}
      ${changeCount ? html`<button part="changes-button" @click=${() => results.showChanges()}>${strings.showChanges(changeCount)}</button>` : nothing}
      ${rows.length ? this.#renderTable(connection, results) : html`<p part="hint">${isLoaded ? strings.noMatches : nothing}</p>`}
      ${this.#renderActions(connection, results)}
      ${this.isComparing ? renderComparison(this.#selectedSessions, this.#findLabel, () => this.#setComparing(false)) : nothing}
    </div>`;
  }

  #renderTable(connection: Connection, results: Results): TemplateResult {
    return renderTable({
      rows: results.rows,
      isBusy: !results.isLoaded,
      isSortedByChange: results.query.sort.endsWith('updated_at'),
      openUuid: this.openUuid,
      selectedUuids: results.config?.comparison ? this.selectedUuids : undefined,
      findLabel: this.#findLabel,
      onOpen: (session) => this.#open(session),
      onSelect: (session, isSelected) => this.#select(session, isSelected),
      renderDetails: (session) =>
        session.status === 'completed'
          ? renderLazyScorecard(connection, this.renderRoot, session, this.#findLabel(session))
          : renderMissingResult(connection, session),
    });
  }

  #renderActions(connection: Connection, results: Results): TemplateResult {
    return renderActions(results, {
      canCompare: this.#selectedSessions.length > 1,
      exporter: this.#exporter,
      onCompare: () => this.#setComparing(true),
      onExport: () => void this.#exporter.run(connection, results.query, this.#findLabel),
      onPrint: () => printResults(this, results.rows, this.#findLabel),
    });
  }

  readonly #findLabel = (session: Session): string =>
    findAssessmentLabel(session, this.#results?.config?.assessments ?? []);

  get #selectedSessions(): Session[] {
    const byUuid = new Map(this.#results?.rows.map((session) => [session.session_uuid, session]));
    return [...this.selectedUuids].flatMap((uuid) => byUuid.get(uuid) ?? []);
  }

  #start(connection: Connection): void {
    const assessment_type = toTrimmedString(this.assessmentType);
    const query: ResultsQuery = {
      project_id: toTrimmedString(this.projectId),
      sort: '-updated_at',
      ...(assessment_type && { assessment_type }),
    };
    const results = new Results(connection, query, () => this.requestUpdate());
    const stopLifecycle = observePageLifecycle(results);
    this.#results = results;
    this.#subject = { connection, key: this.subjectKey };
    this.#stopObserving = () => {
      stopLifecycle();
      results.close();
    };
  }

  #stop(): void {
    this.#stopObserving();
    this.#stopObserving = () => {};
    this.#results = undefined;
    this.#subject = undefined;
    this.#exporter.cancel();
    clearTimeout(this.#searchTimer);
    clearTimeout(this.#tickTimer);
    this.#resetRowState();
  }

  #resetRowState(): void {
    this.openUuid = undefined;
    this.selectedUuids = new Set();
    this.isComparing = false;
  }

  #search(text: string): void {
    clearTimeout(this.#searchTimer);
    this.#searchTimer = setTimeout(() => this.#changeQuery({ q: text.trim() }), SEARCH_DEBOUNCE_MS);
  }

  /** An empty value removes a filter. */
  #changeQuery(changes: Partial<ResultsQuery>): void {
    const results = this.#results;
    if (!results) return;
    const entries = Object.entries({ ...results.query, ...changes }).filter(([, value]) => value !== '');
    results.setQuery(Object.fromEntries(entries) as unknown as ResultsQuery);
    this.requestUpdate();
  }

  #open(session: Session): void {
    const options = { detail: { session }, bubbles: true, composed: true, cancelable: true };
    const { session_uuid } = session;
    if (!this.dispatchEvent(new CustomEvent('evalon-candidate-select', options))) return;
    this.openUuid = this.openUuid === session_uuid ? undefined : session_uuid;
  }

  #select({ session_uuid }: Session, isSelected: boolean): void {
    const others = [...this.selectedUuids].filter((uuid) => uuid !== session_uuid);
    this.selectedUuids = new Set(isSelected ? [...others, session_uuid] : others);
    if (this.selectedUuids.size < 2) this.isComparing = false;
  }

  #setComparing(isComparing: boolean): void {
    this.isComparing = isComparing;
    this.#focusSelector = isComparing ? '[part=comparison] h3' : '[part=compare-button]';
  }

  #moveFocus(): void {
    if (this.#focusSelector) this.renderRoot.querySelector<HTMLElement>(this.#focusSelector)?.focus();
    this.#focusSelector = undefined;
  }
}
