/** What is new of those whom a recruiter has invited, and who waits: for the start page of an ATS, or its side. */
import { css, html, nothing, type TemplateResult } from 'lit';
import type { WatchedCandidate } from '../../../proxy/contract/session.ts';
import type { Session } from '../../api/parse.ts';
import { KeyedList } from '../../components/keyed-list.ts';
import { renderProblem } from '../../components/problem.ts';
import { renderAccount } from '../../components/sign-in.ts';
import { renderSkeleton } from '../../components/skeleton.ts';
import { baseStyles, cardStyles } from '../../components/styles.ts';
import * as say from '../../strings/en/common.ts';
import * as sayInbox from '../../strings/en/inbox.ts';
import type { Connection } from '../../sync/connection.ts';
import { getReportedTime, Inbox } from '../../sync/inbox.ts';
import { announce } from '../../util/announce.ts';
import { observePageLifecycle } from '../../util/page-lifecycle.ts';
import { customElement } from '../base/custom-element.ts';
import { EvalonElement } from '../base/evalon-element.ts';
import { findAssessmentLabel } from '../evalon-assessments/view-model.ts';
import { renderInboxRow } from './inbox-row.ts';
import { ReadMarker } from './read-marker.ts';

/** Milliseconds between two looks at the clock. */
const TICK = 30_000;
const SECOND = 1_000;
/** Shorter silences are ordinary reconnects and not worth a word. */
const SILENT_FOR = 5_000;
/** Rows that are shown at first, and by each click more. */
const ROWS = 10;

type ListName = 'finished' | 'waiting';

/**
 * News since the recruiter looked last, and who has waited over five days, live. Each row is a button.
 *
 * @attr proxy-url - Where the proxy is; by default where the script came from.
 * @fires evalon-open - A row was chosen: the page shows its candidate. Cancelable.
 * @fires evalon-error
 * @csspart panel, header, environment, headline, results, waiting, row, candidate, new, status, overall, more-button,
 *   problem, reference, retry-button, stale, hint, account, sign-out-button, sign-in, sign-in-button, sign-in-link, code,
 *   code-input, code-button
 * @cssprop --evalon-accent, --evalon-surface, --evalon-text, --evalon-muted, --evalon-border, --evalon-good,
 *   --evalon-bad, --evalon-busy, --evalon-radius, --evalon-font-family, --evalon-font-size, --evalon-min-height,
 *   --evalon-accent-text
 */
@customElement('evalon-inbox')
export class EvalonInbox extends EvalonElement {
  static override styles = [
    baseStyles,
    cardStyles,
    css`
      [part='headline'] {
        color: var(--_text);
        outline: none;
      }
      ul {
        margin: 4px -10px 0;
      }
      li button,
      .who {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 8px;
        width: 100%;
        text-align: start;
      }
      li button {
        padding: 6px 10px;
        border-color: transparent;
      }
      li button:hover {
        background: var(--_tint);
      }
      .who b {
        flex: 1;
        text-decoration: underline;
        text-decoration-color: var(--_muted);
        text-underline-offset: 3px;
      }
      li small {
        flex: 1 0 auto;
        max-width: 100%;
        color: var(--_muted);
        font-size: 12px;
      }
      [part='more-button'] {
        margin-top: 6px;
      }
      @container (min-width: 640px) {
        .who {
          width: 40%;
        }
      }
    `,
  ];

  #inbox: Inbox | undefined;
  #readMarker: ReadMarker | undefined;
  #lists = newLists();
  #stopObserving = () => {};
  #refreshTimer: ReturnType<typeof setTimeout> | undefined;
  /** The row that has the focus, or should get it where its button vanishes. */
  #savedFocus: { uuid: string | undefined; list: Element; index: number } | undefined;
  #lastReported: unknown;

  protected override get subjectKey(): string {
    return '';
  }

  protected override get missingAttributes(): string[] {
    return [];
  }

  /** It is about all whom the recruiter has invited, and watches none of them by name. */
  protected override get candidate(): WatchedCandidate | undefined {
    return undefined;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A page that only moves the element puts it back before this runs.
    queueMicrotask(() => this.isConnected || this.#teardown());
  }

  protected override reset(): void {
    this.#teardown();
  }

  protected override willUpdate(): void {
    super.willUpdate();
    if (this.connection && this.isConnected && !this.#inbox) this.#start(this.connection);
    this.#readMarker?.setViewer(this.#inbox?.viewer);
  }

  protected override updated(): void {
    super.updated();
    const problem = this.#inbox?.problem;
    if (problem && problem !== this.#lastReported) this.dispatchError(problem);
    this.#lastReported = problem;
    this.#restoreFocus();
    clearTimeout(this.#refreshTimer);
    if (!this.#inbox) return;
    this.#refreshTimer = setTimeout(() => this.requestUpdate(), this.#inbox.staleSince === undefined ? TICK : SECOND);
    this.#readMarker?.markVisible();
  }

  protected override render(): TemplateResult {
    this.#saveFocus();
    if (this.configError) return html`<p class="failed" part="hint">${this.configError}</p>`;
    const environment = this.#inbox?.config?.environment ?? 'production';
    return html`<section class="card" part="panel" aria-label=${sayInbox.inboxTitle}>
      <header part="header">
        <h2>${sayInbox.inboxTitle}</h2>
        ${environment === 'production' ? nothing : html`<small class="scoring" part="environment">${say.testEnvironment(environment)}</small>`}
        ${this.#unreadSince === undefined ? nothing : html`<p part="headline" tabindex="-1">${this.#formatHeadline()}</p>`}
      </header>
      ${this.#renderBody()} ${this.#renderStaleNotice()} ${renderAccount(this.connection)}
    </section>`;
  }

  #start(connection: Connection): void {
    const inbox = new Inbox(connection, {
      onChange: () => this.requestUpdate(),
      onFinished: (session) => {
        const { candidate_name, status, score_summary } = session;
        announce(say.statusAnnouncement(candidate_name, this.#findLabel(session), status, score_summary?.overall));
      },
    });
    const looking = new ReadMarker(
      this,
      connection.clock,
      () => this.#newestTime,
      () => this.requestUpdate(),
    );
    this.#inbox = inbox;
    this.#readMarker = looking;
    const endPage = observePageLifecycle(inbox);
    this.#stopObserving = () => {
      looking.stop();
      endPage();
      inbox.close();
    };
  }

  #teardown(): void {
    this.#stopObserving();
    this.#stopObserving = () => {};
    this.#inbox = undefined;
    this.#readMarker = undefined;
    this.#savedFocus = undefined;
    this.#lists = newLists();
    clearTimeout(this.#refreshTimer);
  }

  get #unreadSince(): string | undefined {
    return this.#readMarker?.unreadSince;
  }

  get #now(): number {
    return this.connection?.clock.now() ?? 0;
  }

  get #newestTime(): string {
    const [first] = this.#inbox?.finished ?? [];
    return first ? getReportedTime(first) : '';
  }

  #isNew(session: Session): boolean {
    return getReportedTime(session) > (this.#unreadSince ?? '');
  }

  #findLabel(session: Session): string {
    return findAssessmentLabel(session, this.#inbox?.config?.assessments ?? []);
  }

  #formatHeadline(): string {
    const { finished = [], waiting = [], hasMore } = this.#inbox ?? {};
    const fresh = finished.filter((session) => this.#isNew(session));
    const results = fresh.filter(({ status }) => status === 'completed').length;
    const more = fresh.length === finished.length && !!hasMore?.finished;
    return sayInbox.headline(
      { results: { count: results, hasMore: more }, ended: { count: fresh.length - results, hasMore: more } },
      { count: waiting.length, hasMore: !!hasMore?.waiting },
    );
  }

  #renderBody(): TemplateResult {
    const inbox = this.#inbox;
    if (!inbox || this.#unreadSince === undefined) {
      return inbox?.problem ? renderProblem(inbox.problem, () => inbox.retry()) : renderSkeleton();
    }
    const now = this.#now;
    const finished = this.#renderList(inbox, 'finished', sayInbox.finishedHeading, (session) =>
      sayInbox.formatTimeAgo(getReportedTime(session), now),
    );
    const waiting = this.#renderList(inbox, 'waiting', sayInbox.waitingHeading, ({ updated_at }) =>
      sayInbox.formatInactivity(updated_at, now),
    );
    return html`${finished}${waiting}${finished === nothing && waiting === nothing ? html`<p>${sayInbox.emptyInbox}</p>` : nothing}`;
  }

  /** A list under its heading; nothing where it is empty. */
  #renderList(inbox: Inbox, name: ListName, title: string, when: (session: Session) => string) {
    const sessions = inbox[name];
    const list = this.#lists[name];
    const rows = list.rows.update(
      sessions.slice(0, list.shown).map((session) => ({
        key: session.session_uuid,
        view: renderInboxRow(session, {
          label: this.#findLabel(session),
          timeText: when(session),
          isNew: name === 'finished' && this.#isNew(session),
          onSelect: () => this.#selectCandidate(session),
        }),
      })),
    );
    if (!sessions.length) return nothing;
    const more = () => {
      this.#savedFocus = { uuid: undefined, list: rows, index: list.shown };
      list.shown += ROWS;
      if (list.shown > sessions.length) inbox.loadMore(name);
      this.requestUpdate();
    };
    return html`<div>
      <h3>${title}</h3>
      ${rows}
      ${
        sessions.length > list.shown || inbox.hasMore[name]
          ? html`<button part="more-button" aria-label=${sayInbox.showMoreLabel(title)} @click=${more}>${sayInbox.showMore}</button>`
          : nothing
      }
    </div>`;
  }

  #selectCandidate(session: Session): void {
    const told = { detail: { session }, bubbles: true, composed: true, cancelable: true };
    this.dispatchEvent(new CustomEvent('evalon-open', told));
  }

  #saveFocus(): void {
    const active = this.renderRoot?.activeElement;
    const row = active?.closest('li');
    const list = row?.parentElement;
    if (list) this.#savedFocus = { uuid: row.firstElementChild?.id, list, index: [...list.children].indexOf(row) };
    else if (!active) this.#savedFocus = undefined;
  }

  /** What had the focus and is gone leaves it to whom it was about, else to whoever is in its place. */
  #restoreFocus(): void {
    const root = this.renderRoot;
    if (!this.#savedFocus || !root || root.activeElement || document.activeElement !== document.body) return;
    const { uuid, list, index } = this.#savedFocus;
    const neighbour = list.isConnected && (list.children[index] ?? list.lastElementChild)?.firstElementChild;
    const place = (uuid && root.getElementById(uuid)) || neighbour || root.querySelector('[part=headline]');
    (place as HTMLElement | null)?.focus({ preventScroll: true });
  }

  #renderStaleNotice(): TemplateResult | undefined {
    const { staleSince } = this.#inbox ?? {};
    const silent = staleSince ? this.#now - staleSince : 0;
    if (navigator.onLine && silent < SILENT_FOR) return undefined;
    return html`<p part="stale">${navigator.onLine ? '' : say.offline} ${say.lastUpdated(silent)}</p>`;
  }
}

function newLists(): Record<ListName, { rows: KeyedList; shown: number }> {
  const list = (part: string) => ({ rows: new KeyedList(part), shown: ROWS });
  return { finished: list('results'), waiting: list('waiting') };
}

declare global {
  interface HTMLElementTagNameMap {
    'evalon-inbox': EvalonInbox;
  }
}
