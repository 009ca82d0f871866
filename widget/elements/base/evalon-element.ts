/**
 * What all our elements have in common: which proxy, which token, whom to watch, what to tell the page.
 * All that is shown is derived from the present identity, so that a change of candidate leaves nothing behind.
 */
import { nothing, render } from 'lit/html.js';
import type { WatchedCandidate } from '../../../proxy/contract/session.ts';
import type { WidgetProblem } from '../../api/errors.ts';
import type { Session } from '../../api/parse.ts';
import { resolveProxyUrl, resolveTokenSetting } from '../../api/settings.ts';
import type { TokenProvider } from '../../api/token-source.ts';
import * as say from '../../strings/en/common.ts';
import type { Connection } from '../../sync/connection.ts';
import { getConnection } from '../../sync/connections.ts';
import { watchKey } from '../../sync/subscriptions.ts';
import { announce, ensureLiveRegion } from '../../util/announce.ts';
import { emit } from '../../util/events.ts';
import { findAssessmentLabel } from '../evalon-assessments/view-model.ts';
import { type Properties, ReactiveElement } from './reactive-element.ts';

export abstract class EvalonElement extends ReactiveElement {
  static override properties: Properties = {
    proxyUrl: { attribute: 'proxy-url' },
    getToken: { attribute: false },
  };

  /** Where the proxy is; by default where the script came from. */
  declare proxyUrl: string | undefined;
  /** Mints a recruiter token. Hand the same function to all elements: each function has a connection of its own. */
  declare getToken: TokenProvider | undefined;

  /** A sentence for the page's developer, where an attribute is missing; then nothing is asked of the proxy. */
  protected configError = '';
  declare protected connection: Connection | undefined;
  /** Grows with every change of identity: an answer that was asked for under another one is dropped. */
  protected generation = 0;
  #subjectKey: string | undefined;
  #watchedKey: string | undefined;
  #unwatch = () => {};
  #lastStatuses: Map<string, string> | undefined;
  #lastReported: unknown;
  /** What had the focus when the present update began. */
  #previousFocus: Element | null | undefined;

  /** What the element is about, as one string; whoever is seen through it vanishes when it changes. */
  protected abstract get subjectKey(): string;
  /** The required attributes that are absent. */
  protected abstract get missingAttributes(): string[];
  /** Whom to watch; undefined as long as that is not known. */
  protected abstract get candidate(): WatchedCandidate | undefined;

  /** Drops what belongs to the identity before, to a session that is gone, or to a page that the element has left. */
  protected reset(): void {}

  /** The sessions in sight, the newest first; undefined before the first answer. */
  protected get sessions(): Session[] | undefined {
    const { candidate } = this;
    return candidate && this.connection?.getSessions(candidate);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    ensureLiveRegion();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A page that only moves the element puts it back before this runs.
    queueMicrotask(() => this.isConnected || this.#unsubscribe());
  }

  protected override willUpdate(): void {
    this.#previousFocus ??= this.shadowRoot?.activeElement;
    const { missingAttributes: missing } = this;
    const proxyUrl = resolveProxyUrl(this.proxyUrl);
    if (!proxyUrl) missing.push(say.validProxyUrl);
    this.configError = missing.length ? say.missingAttributes(this.localName, missing) : '';
    const connection =
      this.configError || !proxyUrl ? undefined : getConnection(proxyUrl, resolveTokenSetting(this.getToken));
    const identity = `${connection?.rightsGeneration} ${this.subjectKey}`;
    if (connection !== this.connection || identity !== this.#subjectKey) {
      this.#unsubscribe();
      this.connection = connection;
      this.#subjectKey = identity;
      this.#lastStatuses = undefined;
      this.generation++;
      this.reset();
      // Nothing of the former identity may stay, not even an unfolded section or a button that is being pressed.
      if (this.renderRoot) render(nothing, this.renderRoot);
    }
    this.#updateWatch();
  }

  protected override updated(): void {
    this.#restoreFocus();
    if (this.configError && this.#lastReported !== this.configError)
      emit(this, 'evalon-error', { code: 'missing_attribute', detail: this.configError });
    const problem = this.connection?.problem;
    if (problem && this.#lastReported !== problem) this.dispatchError(problem);
    this.#lastReported = this.configError || problem;
    this.#dispatchStatuses();
  }

  protected dispatchError(problem: WidgetProblem): void {
    const { code, details: facts } = problem;
    emit(this, 'evalon-error', { code, detail: say.describeProblem(problem), reference: facts.requestId });
  }

  /** What gets the focus where what had it is gone. */
  protected get focusFallback(): Element | null | undefined {
    return this.renderRoot?.firstElementChild;
  }

  #restoreFocus(): void {
    const focused = this.#previousFocus;
    this.#previousFocus = undefined;
    if (!focused || focused.isConnected) return;
    // Whoever has changed the page says meanwhile what comes next.
    setTimeout(() => {
      const heir = this.focusFallback as HTMLElement | undefined;
      if (!heir || document.activeElement !== document.body) return;
      if (heir.tabIndex < 0) heir.tabIndex = -1;
      heir.focus({ preventScroll: true });
    });
  }

  #updateWatch(): void {
    const { candidate, connection } = this;
    const key = candidate && connection && this.isConnected ? watchKey(candidate) : undefined;
    if (key === this.#watchedKey) return;
    this.#unsubscribe();
    this.#watchedKey = key;
    if (key && candidate && connection) {
      const isInSight = () => {
        const { top, bottom } = this.getBoundingClientRect();
        return bottom > 0 && top < innerHeight;
      };
      this.#unwatch = connection.watch(candidate, () => this.requestUpdate(), isInSight);
    }
  }

  #unsubscribe(): void {
    this.reset();
    this.#unwatch();
    this.#unwatch = () => {};
    this.#watchedKey = undefined;
  }

  #dispatchStatuses(): void {
    const { sessions } = this;
    if (!sessions) return;
    const before = this.#lastStatuses;
    this.#lastStatuses = new Map(sessions.map((session) => [session.session_uuid, session.status]));
    for (const uuid of before?.keys() ?? []) {
      if (this.#lastStatuses.has(uuid)) continue;
      announce(say.assessmentErased);
      this.reset();
      this.requestUpdate();
    }
    for (const session of sessions) {
      const previous = before?.get(session.session_uuid);
      if (previous === session.status) continue;
      emit(this, 'evalon-status', { session, ...(previous !== undefined && { previous }) });
      if (!before) continue;
      const label = findAssessmentLabel(session, this.connection?.config?.assessments ?? []);
      announce(say.statusAnnouncement(session.candidate_name, label, session.status, session.score_summary?.overall));
      if (session.status === 'completed') emit(this, 'evalon-completed', { session });
    }
  }
}
