import { html, nothing, type TemplateResult } from 'lit';
import type { WatchedCandidate } from '../../../proxy/contract/session.ts';
import type { Session } from '../../api/parse.ts';
import { renderEnvironment } from '../../components/environment.ts';
import { iconStyles } from '../../components/icon-styles.ts';
import { renderProblem } from '../../components/problem.ts';
import { renderAccount } from '../../components/sign-in.ts';
import { renderSkeleton } from '../../components/skeleton.ts';
import { renderStaleNotice } from '../../components/stale-notice.ts';
import { baseStyles, cardStyles } from '../../components/styles.ts';
import { statusAnnouncement } from '../../strings/en/common.ts';
import * as strings from '../../strings/en/inbox.ts';
import type { Connection } from '../../sync/connection.ts';
import { getReportedTime, Inbox } from '../../sync/inbox.ts';
import { announce } from '../../util/announce.ts';
import { observePageLifecycle } from '../../util/page-lifecycle.ts';
import { findAssessmentLabel } from '../base/assessments.ts';
import { EvalonElement } from '../base/evalon-element.ts';
import { InboxLists } from './inbox-lists.ts';
import { inboxStyles } from './inbox-styles.ts';
import { ReadMarker } from './read-marker.ts';
import { RowFocus } from './row-focus.ts';

/** How often relative times are updated. */
const TICK_MS = 30_000;
/** How often the age of stale data is updated. */
const STALE_TICK_MS = 1_000;

/**
 * Shows the recruiter's new results since the last visit, and candidates without activity for five days or more.
 * Updates live.
 *
 * @tagname evalon-inbox
 * @attr proxy-url - Address of the proxy. Default: the origin of the script.
 * @attr locale - The language, such as `de`. All elements of a page have the language of the first. Default: the nearest `lang`.
 * @fires {CustomEvent<EvalonEvents['evalon-candidate-select']>} evalon-candidate-select - The recruiter selected a row. Cancelable. `evalon-open` is an alias.
 * @fires {CustomEvent<EvalonEvents['evalon-error']>} evalon-error - An attribute is invalid, or a request failed.
 * @csspart panel - The whole element: surface, border, corners.
 * @csspart header - The header of the panel.
 * @csspart environment - The badge of a test system.
 * @csspart headline - A summary of what is new.
 * @csspart search - The search field.
 * @csspart results - The list of completed or ended assessments.
 * @csspart waiting - The notice of a pending result; in the inbox the list of waiting candidates.
 * @csspart row - One candidate of a list; in the inbox a button.
 * @csspart candidate - Name and email; in the inbox the name.
 * @csspart new - Marks a result that the recruiter has not seen.
 * @csspart assessment - One assessment with its details; in the inbox its name.
 * @csspart status - The chip: an icon and a word.
 * @csspart overall - The overall score, in the chip or with the dial.
 * @csspart time - When the result arrived, or the last activity.
 * @csspart remind-button - The Remind button.
 * @csspart share - The buttons that send the link after the invite.
 * @csspart reminder - The reminder with its buttons.
 * @csspart handover - Who passed the link on, and when.
 * @csspart copy-button - The buttons that copy.
 * @csspart mail-link - The link to a draft in the mail program.
 * @csspart more-button - The Show more button.
 * @csspart problem - The error message.
 * @csspart reference - The reference for IT's log.
 * @csspart retry-button - The Retry button.
 * @csspart stale - The notice that the connection is lost, and since when.
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
 * @cssprop --evalon-surface - The panel's background.
 * @cssprop --evalon-text - Text.
 * @cssprop --evalon-muted - Secondary text.
 * @cssprop --evalon-border - Lines, and borders of buttons.
 * @cssprop --evalon-good - “Completed”.
 * @cssprop --evalon-bad - A failed status.
 * @cssprop --evalon-busy - A status in progress.
 * @cssprop --evalon-radius - The panel's corners.
 * @cssprop --evalon-font-family - Font.
 * @cssprop --evalon-font-size - The base font size, to which other sizes are relative.
 * @cssprop --evalon-min-height - The panel's minimum height, to keep the content below from moving.
 * @cssprop --evalon-accent-text - Text on the main button.
 * @cssprop --evalon-hover - A secondary button or a section under the pointer.
 */
export default class EvalonInbox extends EvalonElement {
  static override styles = [baseStyles, cardStyles, iconStyles, inboxStyles];

  #inbox: Inbox | undefined;
  #lists: InboxLists | undefined;
  #readMarker: ReadMarker | undefined;
  readonly #rowFocus = new RowFocus();
  #stopObserving = () => {};
  #tickTimer: ReturnType<typeof setTimeout> | undefined;
  #lastReportedProblem: unknown;

  protected override get subjectKey(): string {
    return '';
  }

  protected override get missingAttributes(): string[] {
    return [];
  }

  /** The inbox has its own query and stream, and does not watch a single candidate. */
  protected override get candidate(): WatchedCandidate | undefined {
    return undefined;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // When the microtask runs, an element that the page has only moved is connected again.
    queueMicrotask(() => this.isConnected || this.#stop());
  }

  protected override reset(): void {
    this.#stop();
  }

  protected override willUpdate(): void {
    this.#rowFocus.save(this.renderRoot);
    super.willUpdate();
    if (this.connection && this.isConnected && !this.#inbox) this.#start(this.connection);
    this.#readMarker?.setViewer(this.#inbox?.viewer);
  }

  protected override updated(): void {
    super.updated();
    const inbox = this.#inbox;
    if (inbox?.problem && inbox.problem !== this.#lastReportedProblem) this.dispatchError(inbox.problem);
    this.#lastReportedProblem = inbox?.problem;
    this.#rowFocus.restore(this.renderRoot, this.renderRoot.querySelector('[part=headline]'));
    clearTimeout(this.#tickTimer);
    if (!inbox) return;
    const tickMs = inbox.staleSince === undefined ? TICK_MS : STALE_TICK_MS;
    this.#tickTimer = setTimeout(() => this.requestUpdate(), tickMs);
    this.#readMarker?.markVisible();
  }

  protected override render(): TemplateResult {
    if (this.configError) return html`<div class="card"><p class="failed" part="hint">${this.configError}</p></div>`;
    const inbox = this.#inbox;
    const isEmpty = this.#isLoaded && !inbox?.finished.length && !inbox?.waiting.length;
    return html`<section class="card" part="panel" aria-label=${strings.inboxTitle}>
      <header part="header">
        <h2>${strings.inboxTitle}</h2>
        ${renderEnvironment(inbox?.config)}
        ${this.#isLoaded && !isEmpty ? renderHeadline(this.#summarize()) : nothing}
      </header>
      ${isEmpty ? renderHeadline(strings.emptyInbox) : this.#renderBody()}
      ${renderStaleNotice(inbox?.staleSince, this.connection?.clock, !this.#isLoaded && !!inbox?.problem)}
      ${renderAccount(this.connection)}
    </section>`;
  }

  /** Whether the lists were loaded with the recruiter's current rights. Until then, `#unreadSince` is undefined. */
  get #isLoaded(): boolean {
    return this.#unreadSince !== undefined;
  }

  #start(connection: Connection): void {
    const inbox = new Inbox(connection, {
      onChange: () => this.requestUpdate(),
      onFinished: (session) => announce(statusAnnouncement(session, this.#findLabel(session))),
    });
    const readMarker = new ReadMarker(this, connection.clock, {
      getNewestTime: () => this.#newestTime,
      onChange: () => this.requestUpdate(),
    });
    const stopLifecycle = observePageLifecycle(inbox);
    this.#inbox = inbox;
    this.#lists = new InboxLists(inbox, this.#rowFocus, {
      onChange: () => this.requestUpdate(),
      onSelect: (session) => this.#selectCandidate(session),
      findLabel: (session) => this.#findLabel(session),
      isNew: (session) => this.#isNew(session),
    });
    this.#readMarker = readMarker;
    this.#stopObserving = () => {
      readMarker.stop();
      stopLifecycle();
      inbox.close();
    };
  }

  #stop(): void {
    this.#stopObserving();
    this.#stopObserving = () => {};
    this.#lists?.stop();
    this.#inbox = undefined;
    this.#lists = undefined;
    this.#readMarker = undefined;
    this.#rowFocus.clear();
    clearTimeout(this.#tickTimer);
  }

  get #unreadSince(): string | undefined {
    return this.#readMarker?.unreadSince;
  }

  get #newestTime(): string {
    const [newest] = this.#inbox?.finished ?? [];
    return newest ? getReportedTime(newest) : '';
  }

  #isNew(session: Session): boolean {
    return getReportedTime(session) > (this.#unreadSince ?? '');
  }

  #findLabel(session: Session): string {
    return findAssessmentLabel(session, this.#inbox?.config?.assessments ?? []);
  }

  #summarize(): string {
    const { finished = [], waiting = [], hasMore } = this.#inbox ?? {};
    const newSessions = finished.filter((session) => this.#isNew(session));
    const resultCount = newSessions.filter(({ status }) => status === 'completed').length;
    const endedCount = newSessions.length - resultCount;
    // If all loaded results are new, later pages may contain new results.
    const hasMoreNew = newSessions.length === finished.length && !!hasMore?.finished;
    const sentences = [
      resultCount ? strings.newResults({ count: resultCount, hasMore: hasMoreNew }) : '',
      endedCount ? strings.newlyEnded({ count: endedCount, hasMore: hasMoreNew }) : '',
      newSessions.length ? '' : strings.nothingNew,
      waiting.length ? strings.waitingCount({ count: waiting.length, hasMore: !!hasMore?.waiting }) : '',
    ];
    return sentences.filter(Boolean).join(' ');
  }

  #renderBody(): TemplateResult | undefined {
    const inbox = this.#inbox;
    if (this.#isLoaded) return this.#lists?.render();
    return inbox?.problem ? renderProblem(inbox.problem, () => inbox.retry()) : renderSkeleton();
  }

  #selectCandidate(session: Session): void {
    const options = { detail: { session }, bubbles: true, composed: true, cancelable: true };
    this.dispatchEvent(new CustomEvent('evalon-candidate-select', options));
    this.dispatchEvent(new CustomEvent('evalon-open', options));
  }
}

function renderHeadline(text: string): TemplateResult {
  return html`<p part="headline" tabindex="-1">${text}</p>`;
}
