/**
 * What happened to a session: who invited, each status, who passed the link on, and who read the result. Loads the
 * timeline, and reloads it when the session changes. Announces nothing to screen readers.
 */
import { html, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { toProblem, type WidgetProblem } from '../../api/errors.ts';
import type { Session } from '../../api/parse.ts';
import { BaseElement } from '../../elements/base/base-element.ts';
import { defineElement } from '../../elements/base/define-element.ts';
import * as strings from '../../strings/en/history.ts';
import { formatTime } from '../../strings/en/time.ts';
import type { Connection } from '../../sync/connection.ts';
import { renderProblem } from '../problem.ts';
import { renderSkeleton } from '../skeleton.ts';
import { baseStyles } from '../styles.ts';
import { describeEvent } from './describe-event.ts';
import { loadTimeline, type TimelineEntry } from './timeline.ts';
import { timelineStyles } from './timeline-styles.ts';

class EvalonHistory extends BaseElement {
  static override styles = [baseStyles, timelineStyles];

  @property({ attribute: false }) connection!: Connection;
  @property({ attribute: false }) session!: Session;

  @state() private entries: TimelineEntry[] | undefined;
  @state() private problem: WidgetProblem | undefined;
  /** The version of the session for which the entries were requested. */
  #requestedVersion: string | undefined;

  protected override willUpdate(): void {
    const version = getSessionVersion(this.session);
    if (version !== this.#requestedVersion) void this.#load(version);
  }

  protected override render(): TemplateResult {
    const { entries, problem } = this;
    if (problem) {
      return html`<p class="failed" part="problem">${strings.historyFailed}</p>${renderProblem(problem, () => void this.#retry())}`;
    }
    if (!entries) return renderSkeleton();
    if (!entries.length) return html`<p>${strings.noHistory}</p>`;
    return html`<ol role="list" part="timeline" tabindex="-1">${entries.map(renderEntry)}</ol>`;
  }

  /** Moves the focus from the retry button to the timeline, which replaces it. */
  async #retry(): Promise<void> {
    const hadFocus = this.renderRoot.activeElement !== null;
    await this.#load(getSessionVersion(this.session));
    await this.updateComplete;
    if (hadFocus && !this.problem) this.renderRoot.querySelector('ol')?.focus({ preventScroll: true });
  }

  /** Ignores the response if the session has changed in the meantime. */
  async #load(version: string): Promise<void> {
    this.#requestedVersion = version;
    const { session_uuid } = this.session;
    try {
      const entries = await loadTimeline(this.connection.client, session_uuid);
      if (version !== this.#requestedVersion) return;
      this.entries = entries;
      this.problem = undefined;
    } catch (cause) {
      if (version === this.#requestedVersion) this.problem = toProblem(cause);
    }
  }
}

function renderEntry(entry: TimelineEntry): TemplateResult {
  return html`<li class=${entry.type} part="timeline-entry">
    <p>${describeEvent(entry)}</p>
    <time datetime=${entry.at}>${formatTime(entry.at)}</time>
  </li>`;
}

/** Returns a text that changes when the timeline may have changed. */
function getSessionVersion({ session_uuid, status, updated_at, handed_over, score_summary }: Session): string {
  return JSON.stringify([session_uuid, status, updated_at, handed_over?.at, score_summary?.overall]);
}

defineElement('evalon-history', EvalonHistory);

declare global {
  interface HTMLElementTagNameMap {
    'evalon-history': EvalonHistory;
  }
}
