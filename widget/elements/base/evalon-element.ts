/**
 * What all our elements have in common: which proxy, which token, whom to watch, what to tell the page.
 * All that is shown is derived from the present identity, so that a change of candidate leaves nothing behind.
 */
import { nothing, render } from 'lit/html.js';
import type { WatchedCandidate } from '../../../proxy/contract/session.ts';
import type { WidgetProblem } from '../../api/errors.ts';
import type { Session } from '../../api/parse.ts';
import { proxyUrlFor, tokenSourceFor } from '../../api/settings.ts';
import type { TokenMaker } from '../../api/tokens.ts';
import * as say from '../../strings/en/common.ts';
import type { Connection } from '../../sync/connection.ts';
import { connectionFor } from '../../sync/connections.ts';
import { watchKey } from '../../sync/subscriptions.ts';
import { announce, prepareAnnouncements } from '../../util/announce.ts';
import { tell } from '../../util/events.ts';
import { labelOf } from '../evalon-assessments/view-model.ts';
import { type Properties, ReactiveElement } from './reactive-element.ts';

export abstract class EvalonElement extends ReactiveElement {
  static override properties: Properties = {
    proxyUrl: { attribute: 'proxy-url' },
    getToken: { attribute: false },
  };

  /** Where the proxy is; by default where the script came from. */
  declare proxyUrl: string | undefined;
  /** Mints a recruiter token. Hand the same function to all elements: each function has a connection of its own. */
  declare getToken: TokenMaker | undefined;

  /** A sentence for the page's developer, where an attribute is missing; then nothing is asked of the proxy. */
  protected hint = '';
  declare protected connection: Connection | undefined;
  /** Grows with every change of identity: an answer that was asked for under another one is dropped. */
  protected epoch = 0;
  #identity: string | undefined;
  #watching: string | undefined;
  #unwatch = () => {};
  #shown: Map<string, string> | undefined;
  #told: unknown;
  /** What had the focus when the present update began. */
  #focused: Element | null | undefined;

  /** What the element is about, as one string; whoever is seen through it vanishes when it changes. */
  protected abstract get identity(): string;
  /** The required attributes that are absent. */
  protected abstract get missing(): string[];
  /** Whom to watch; undefined as long as that is not known. */
  protected abstract get candidate(): WatchedCandidate | undefined;

  /** Drops what belongs to the identity before, to a session that is gone, or to a page that the element has left. */
  protected forget(): void {}

  /** The sessions in sight, the newest first; undefined before the first answer. */
  protected get sessions(): Session[] | undefined {
    const { candidate } = this;
    return candidate && this.connection?.sessions(candidate);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    prepareAnnouncements();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A page that only moves the element puts it back before this runs.
    queueMicrotask(() => this.isConnected || this.#stop());
  }

  protected override willUpdate(): void {
    this.#focused ??= this.shadowRoot?.activeElement;
    const { missing } = this;
    const proxyUrl = proxyUrlFor(this.proxyUrl);
    if (!proxyUrl) missing.push(say.properProxyUrl);
    this.hint = missing.length ? say.missing(this.localName, missing) : '';
    const connection = this.hint || !proxyUrl ? undefined : connectionFor(proxyUrl, tokenSourceFor(this.getToken));
    const identity = `${connection?.era} ${this.identity}`;
    if (connection !== this.connection || identity !== this.#identity) {
      this.#stop();
      this.connection = connection;
      this.#identity = identity;
      this.#shown = undefined;
      this.epoch++;
      this.forget();
      // Nothing of the former identity may stay, not even an unfolded section or a button that is being pressed.
      if (this.renderRoot) render(nothing, this.renderRoot);
    }
    this.#watch();
  }

  protected override updated(): void {
    this.#keepFocus();
    if (this.hint && this.#told !== this.hint)
      tell(this, 'evalon-error', { code: 'missing_attribute', detail: this.hint });
    const problem = this.connection?.problem;
    if (problem && this.#told !== problem) this.tellProblem(problem);
    this.#told = this.hint || problem;
    this.#tellStatuses();
  }

  protected tellProblem(problem: WidgetProblem): void {
    const { code, facts } = problem;
    tell(this, 'evalon-error', { code, detail: say.problem(problem), reference: facts.reference });
  }

  /** What gets the focus where what had it is gone. */
  protected get heir(): Element | null | undefined {
    return this.renderRoot?.firstElementChild;
  }

  #keepFocus(): void {
    const focused = this.#focused;
    this.#focused = undefined;
    if (!focused || focused.isConnected) return;
    // Whoever has changed the page says meanwhile what comes next.
    setTimeout(() => {
      const heir = this.heir as HTMLElement | undefined;
      if (!heir || document.activeElement !== document.body) return;
      if (heir.tabIndex < 0) heir.tabIndex = -1;
      heir.focus({ preventScroll: true });
    });
  }

  #watch(): void {
    const { candidate, connection } = this;
    const key = candidate && connection && this.isConnected ? watchKey(candidate) : undefined;
    if (key === this.#watching) return;
    this.#stop();
    this.#watching = key;
    if (key && candidate && connection) {
      const isInSight = () => {
        const { top, bottom } = this.getBoundingClientRect();
        return bottom > 0 && top < innerHeight;
      };
      this.#unwatch = connection.watch(candidate, () => this.requestUpdate(), isInSight);
    }
  }

  #stop(): void {
    this.forget();
    this.#unwatch();
    this.#unwatch = () => {};
    this.#watching = undefined;
  }

  #tellStatuses(): void {
    const { sessions } = this;
    if (!sessions) return;
    const before = this.#shown;
    this.#shown = new Map(sessions.map((session) => [session.session_uuid, session.status]));
    for (const uuid of before?.keys() ?? []) {
      if (this.#shown.has(uuid)) continue;
      announce(say.gone);
      this.forget();
      this.requestUpdate();
    }
    for (const session of sessions) {
      const previous = before?.get(session.session_uuid);
      if (previous === session.status) continue;
      tell(this, 'evalon-status', { session, ...(previous !== undefined && { previous }) });
      if (!before) continue;
      const label = labelOf(session, this.connection?.offer?.assessments ?? []);
      announce(say.announcement(session.candidate_name, label, session.status, session.score_summary?.overall));
      if (session.status === 'completed') tell(this, 'evalon-completed', { session });
    }
  }
}
