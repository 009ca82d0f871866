/** What is new of those whom a recruiter has invited, and who waits: for the start page of an ATS, or its side. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { WatchedCandidate } from '../../../proxy/contract/session.ts';
import type { Session } from '../../api/parse.ts';
import { Rows } from '../../components/keyed-list.ts';
import { problemView } from '../../components/problem.ts';
import { skeleton } from '../../components/skeleton.ts';
import { base, card } from '../../components/styles.ts';
import * as say from '../../strings/en/common.ts';
import * as sayInbox from '../../strings/en/inbox.ts';
import type { Connection } from '../../sync/connection.ts';
import { Inbox, newsAt } from '../../sync/inbox.ts';
import { announce } from '../../util/announce.ts';
import { followPage } from '../../util/page-lifecycle.ts';
import { define } from '../base/define.ts';
import { EvalonElement } from '../base/evalon-element.ts';
import { css } from '../base/reactive-element.ts';
import { labelOf } from '../evalon-assessments/view-model.ts';
import { inboxRow } from './inbox-row.ts';
import { Looking } from './read-marker.ts';

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
export class EvalonInbox extends EvalonElement {
  static override styles: string[] = [
    base,
    card,
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
  #looking: Looking | undefined;
  #lists = newLists();
  #stop = () => {};
  #tick: ReturnType<typeof setTimeout> | undefined;
  /** The row that has the focus, or should get it where its button vanishes. */
  #focused: { uuid: string | undefined; list: Element; index: number } | undefined;
  #told: unknown;

  protected override get identity(): string {
    return '';
  }

  protected override get missing(): string[] {
    return [];
  }

  /** It is about all whom the recruiter has invited, and watches none of them by name. */
  protected override get candidate(): WatchedCandidate | undefined {
    return undefined;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A page that only moves the element puts it back before this runs.
    queueMicrotask(() => this.isConnected || this.#end());
  }

  protected override forget(): void {
    this.#end();
  }

  protected override willUpdate(): void {
    super.willUpdate();
    if (this.connection && this.isConnected && !this.#inbox) this.#start(this.connection);
    this.#looking?.by(this.#inbox?.viewer);
  }

  protected override updated(): void {
    super.updated();
    const problem = this.#inbox?.problem;
    if (problem && problem !== this.#told) this.tellProblem(problem);
    this.#told = problem;
    this.#keepFocus();
    clearTimeout(this.#tick);
    if (!this.#inbox) return;
    this.#tick = setTimeout(() => this.requestUpdate(), this.#inbox.staleSince === undefined ? TICK : SECOND);
    this.#looking?.shown();
  }

  protected override render(): TemplateResult {
    this.#noteFocus();
    if (this.hint) return html`<p class="failed" part="hint">${this.hint}</p>`;
    const environment = this.#inbox?.offer?.environment ?? 'production';
    return html`<section class="card" part="panel" aria-label=${sayInbox.title}>
      <header part="header">
        <h2>${sayInbox.title}</h2>
        ${environment === 'production' ? nothing : html`<small class="scoring" part="environment">${say.environment(environment)}</small>`}
        ${this.#since === undefined ? nothing : html`<p part="headline" tabindex="-1">${this.#headline()}</p>`}
      </header>
      ${this.#body()} ${this.#stale()} ${this.connection?.tokens.account}
    </section>`;
  }

  #start(connection: Connection): void {
    const inbox = new Inbox(connection, {
      changed: () => this.requestUpdate(),
      news: (session) => {
        const { candidate_name, status, score_summary } = session;
        announce(say.announcement(candidate_name, this.#label(session), status, score_summary?.overall));
      },
    });
    const looking = new Looking(
      this,
      connection.clock,
      () => this.#newest,
      () => this.requestUpdate(),
    );
    this.#inbox = inbox;
    this.#looking = looking;
    const endPage = followPage(inbox);
    this.#stop = () => {
      looking.stop();
      endPage();
      inbox.turn(false);
    };
  }

  #end(): void {
    this.#stop();
    this.#stop = () => {};
    this.#inbox = undefined;
    this.#looking = undefined;
    this.#focused = undefined;
    this.#lists = newLists();
    clearTimeout(this.#tick);
  }

  get #since(): string | undefined {
    return this.#looking?.since;
  }

  get #now(): number {
    return this.connection?.clock.now() ?? 0;
  }

  get #newest(): string {
    const [first] = this.#inbox?.finished ?? [];
    return first ? newsAt(first) : '';
  }

  #isNew(session: Session): boolean {
    return newsAt(session) > (this.#since ?? '');
  }

  #label(session: Session): string {
    return labelOf(session, this.#inbox?.offer?.assessments ?? []);
  }

  #headline(): string {
    const { finished = [], waiting = [], hasMore } = this.#inbox ?? {};
    const fresh = finished.filter((session) => this.#isNew(session));
    const results = fresh.filter(({ status }) => status === 'completed').length;
    const more = fresh.length === finished.length && !!hasMore?.finished;
    return sayInbox.headline(
      { results: { count: results, more }, ended: { count: fresh.length - results, more } },
      { count: waiting.length, more: !!hasMore?.waiting },
    );
  }

  #body(): TemplateResult {
    const inbox = this.#inbox;
    if (!inbox || this.#since === undefined) {
      return inbox?.problem ? problemView(inbox.problem, () => inbox.retry()) : skeleton();
    }
    const now = this.#now;
    const finished = this.#list(inbox, 'finished', sayInbox.results, (session) => sayInbox.ago(newsAt(session), now));
    const waiting = this.#list(inbox, 'waiting', sayInbox.waiting, ({ updated_at }) =>
      sayInbox.silent(updated_at, now),
    );
    return html`${finished}${waiting}${finished === nothing && waiting === nothing ? html`<p>${sayInbox.nothingYet}</p>` : nothing}`;
  }

  /** A list under its heading; nothing where it is empty. */
  #list(inbox: Inbox, name: ListName, title: string, when: (session: Session) => string) {
    const sessions = inbox[name];
    const list = this.#lists[name];
    const rows = list.rows.show(
      sessions.slice(0, list.shown).map((session) => ({
        key: session.session_uuid,
        view: inboxRow(session, {
          label: this.#label(session),
          when: when(session),
          isNew: name === 'finished' && this.#isNew(session),
          open: () => this.#open(session),
        }),
      })),
    );
    if (!sessions.length) return nothing;
    const more = () => {
      this.#focused = { uuid: undefined, list: rows, index: list.shown };
      list.shown += ROWS;
      if (list.shown > sessions.length) inbox.more(name);
      this.requestUpdate();
    };
    return html`<div>
      <h3>${title}</h3>
      ${rows}
      ${
        sessions.length > list.shown || inbox.hasMore[name]
          ? html`<button part="more-button" aria-label=${sayInbox.showMoreOf(title)} @click=${more}>${sayInbox.showMore}</button>`
          : nothing
      }
    </div>`;
  }

  #open(session: Session): void {
    const told = { detail: { session }, bubbles: true, composed: true, cancelable: true };
    this.dispatchEvent(new CustomEvent('evalon-open', told));
  }

  #noteFocus(): void {
    const active = this.renderRoot?.activeElement;
    const row = active?.closest('li');
    const list = row?.parentElement;
    if (list) this.#focused = { uuid: row.firstElementChild?.id, list, index: [...list.children].indexOf(row) };
    else if (!active) this.#focused = undefined;
  }

  /** What had the focus and is gone leaves it to whom it was about, else to whoever is in its place. */
  #keepFocus(): void {
    const root = this.renderRoot;
    if (!this.#focused || !root || root.activeElement || document.activeElement !== document.body) return;
    const { uuid, list, index } = this.#focused;
    const neighbour = list.isConnected && (list.children[index] ?? list.lastElementChild)?.firstElementChild;
    const place = (uuid && root.getElementById(uuid)) || neighbour || root.querySelector('[part=headline]');
    (place as HTMLElement | null)?.focus({ preventScroll: true });
  }

  #stale(): TemplateResult | undefined {
    const { staleSince } = this.#inbox ?? {};
    const silent = staleSince ? this.#now - staleSince : 0;
    if (navigator.onLine && silent < SILENT_FOR) return undefined;
    return html`<p part="stale">${navigator.onLine ? '' : say.offline} ${say.updatedWithin(silent)}</p>`;
  }
}

function newLists(): Record<ListName, { rows: Rows; shown: number }> {
  const list = (part: string) => ({ rows: new Rows(part), shown: ROWS });
  return { finished: list('results'), waiting: list('waiting') };
}

declare global {
  interface HTMLElementTagNameMap {
    'evalon-inbox': EvalonInbox;
  }
}

define('evalon-inbox', EvalonInbox);
