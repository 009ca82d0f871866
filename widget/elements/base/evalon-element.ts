/**
 * Base class of all public elements. Manages the connection to the proxy, the recruiter's token, the watched candidate
 * and the events. An element shows only data of its current subject: when the candidate changes, it removes everything
 * about the previous candidate.
 */
import { property } from 'lit/decorators.js';
import type { WatchedCandidate } from '../../../proxy/contract/session.ts';
import type { WidgetProblem } from '../../api/errors.ts';
import type { Session } from '../../api/parse.ts';
import { resolveProxyUrl, resolveTokenSetting } from '../../api/settings.ts';
import type { TokenProvider } from '../../package/settings.ts';
import * as strings from '../../strings/en/common.ts';
import type { Connection } from '../../sync/connection.ts';
import { getConnection } from '../../sync/connections.ts';
import { watchKey } from '../../sync/subscriptions.ts';
import { announce, ensureLiveRegion } from '../../util/announce.ts';
import { emit } from '../../util/events.ts';
import { pageDocument } from '../../util/page-document.ts';
import { findAssessmentLabel } from './assessments.ts';
import { BaseElement } from './base-element.ts';

export abstract class EvalonElement extends BaseElement {
  /** The language, such as `de`. Only the loader reads it, from the first element. Defaults to the nearest `lang`. */
  locale: string | undefined;
  /** Address of the proxy. Defaults to the origin of the script. */
  @property({ attribute: 'proxy-url' }) proxyUrl: string | undefined;
  /** Returns a recruiter token. Pass the same function to all elements: each function has its own connection. */
  @property({ attribute: false }) getToken: TokenProvider | undefined;

  /** A message for the page's developer if an attribute is missing or invalid. The element then sends no request. */
  protected configError = '';
  /** A message for the page's developer. The element still sends requests. */
  protected hint = '';
  protected connection: Connection | undefined;
  /** Increases when the subject changes. The element drops responses to requests of an older generation. */
  protected generation = 0;
  #subjectKey: string | undefined;
  #watchedKey: string | undefined;
  #unwatch = () => {};
  #lastStatuses: Map<string, string> | undefined;
  #lastProblem: WidgetProblem | undefined;
  #lastHint = '';
  /** The focused node at the start of the current update. */
  #previousFocus: Element | null | undefined;

  /** Identifies the subject of the element. When it changes, the element clears its content. */
  protected abstract get subjectKey(): string;
  /** Names of the required attributes that are missing. */
  protected abstract get missingAttributes(): string[];
  /** The candidate to watch, or undefined while unknown. */
  protected abstract get candidate(): WatchedCandidate | undefined;

  /** Drops the state of the previous subject or an erased session. Also called when the page removes the element. */
  protected reset(): void {}

  /** The candidate's sessions, newest first, or undefined before the first response. */
  protected get sessions(): Session[] | undefined {
    const { candidate } = this;
    return candidate && this.connection?.getSessions(candidate);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // The language and direction of the texts may differ from those of the page.
    this.lang ||= strings.locale;
    if (strings.direction) this.dir ||= strings.direction;
    ensureLiveRegion();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // When the microtask runs, an element that the page has only moved is connected again.
    queueMicrotask(() => this.isConnected || this.#unsubscribe());
  }

  override requestUpdate(name?: PropertyKey, ...args: unknown[]): void {
    super.requestUpdate(name, ...(args as []));
    // Clears the previous candidate at once, even if many elements wait to update.
    if (name !== undefined && this.hasUpdated) queueMicrotask(() => this.#followSubject());
  }

  protected override willUpdate(): void {
    this.#followSubject();
  }

  #followSubject(): void {
    this.#previousFocus ??= this.renderRoot.activeElement;
    const { missingAttributes } = this;
    const proxyUrl = resolveProxyUrl(this.proxyUrl);
    if (missingAttributes.length) this.configError = strings.missingAttributes(this.localName, missingAttributes);
    else this.configError = proxyUrl ? '' : strings.invalidProxyUrl(this.localName);
    const connection =
      this.configError || !proxyUrl ? undefined : getConnection(proxyUrl, resolveTokenSetting(this.getToken, proxyUrl));
    const subjectKey = `${connection?.rightsGeneration} ${this.subjectKey}`;
    if (connection !== this.connection || subjectKey !== this.#subjectKey) {
      this.#unsubscribe();
      this.connection = connection;
      this.#subjectKey = subjectKey;
      this.#lastStatuses = undefined;
      this.generation++;
      this.hint = '';
      // Resets again: `<evalon-scorecard>` ignores the reset in `#unsubscribe`, which precedes the new generation.
      this.reset();
      // Removes all nodes, so that no open details and no pressed button remain.
      this.clearContent();
    }
    this.#updateWatch();
  }

  protected override updated(): void {
    this.#restoreFocus();
    const hint = this.configError || this.hint;
    if (hint && this.#lastHint !== hint) emit(this, 'evalon-error', { code: 'missing_attribute', detail: hint });
    this.#lastHint = hint;
    const problem = this.connection?.problem;
    if (problem && this.#lastProblem !== problem) this.dispatchError(problem);
    this.#lastProblem = problem;
    this.#dispatchStatuses();
  }

  protected dispatchError(problem: WidgetProblem): void {
    const { code, details } = problem;
    emit(this, 'evalon-error', { code, detail: strings.describeProblem(problem), reference: details.requestId });
  }

  /** Receives the focus if the focused node was removed. */
  protected get focusFallback(): Element | null | undefined {
    return this.renderRoot.firstElementChild;
  }

  #restoreFocus(): void {
    const focused = this.#previousFocus;
    this.#previousFocus = undefined;
    if (!focused || focused.isConnected) return;
    // The element may render once more and replace the fallback, so the focus moves in the next task.
    setTimeout(() => {
      const fallback = this.focusFallback as HTMLElement | undefined;
      if (!fallback || pageDocument.activeElement !== pageDocument.body) return;
      // An explicit -1 lets scripts focus an element that is not focusable otherwise.
      if (fallback.tabIndex < 0) fallback.tabIndex = -1;
      fallback.focus({ preventScroll: true });
    });
  }

  #updateWatch(): void {
    const { candidate, connection } = this;
    const key = candidate && connection && this.isConnected ? watchKey(candidate) : undefined;
    if (key === this.#watchedKey) return;
    this.#unsubscribe();
    this.#watchedKey = key;
    if (key && candidate && connection) {
      const isInViewport = () => {
        const { top, bottom } = this.getBoundingClientRect();
        return bottom > 0 && top < innerHeight;
      };
      this.#unwatch = connection.watch(candidate, () => this.requestUpdate(), isInViewport);
    }
  }

  /** Also drops the state of the subject. */
  #unsubscribe(): void {
    this.reset();
    this.#unwatch();
    this.#unwatch = () => {};
    this.#watchedKey = undefined;
  }

  #dispatchStatuses(): void {
    const { sessions } = this;
    if (!sessions) return;
    const previousStatuses = this.#lastStatuses;
    this.#lastStatuses = new Map(sessions.map((session) => [session.session_uuid, session.status]));
    for (const uuid of previousStatuses?.keys() ?? []) {
      if (this.#lastStatuses.has(uuid)) continue;
      announce(strings.assessmentErased);
      this.reset();
      this.requestUpdate();
    }
    for (const session of sessions) {
      const previous = previousStatuses?.get(session.session_uuid);
      if (previous === session.status) continue;
      emit(this, 'evalon-status', { session, ...(previous !== undefined && { previous }) });
      if (!previousStatuses) continue;
      const label = findAssessmentLabel(session, this.connection?.config?.assessments ?? []);
      announce(strings.statusAnnouncement(session, label));
      if (session.status === 'completed') emit(this, 'evalon-completed', { session });
    }
  }
}
