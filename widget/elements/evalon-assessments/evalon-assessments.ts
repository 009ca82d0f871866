/** The panel on a candidate's profile. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { chip } from '../../components/chip.ts';
import { head, person } from '../../components/headings.ts';
import { problemView } from '../../components/problem.ts';
import { scorecardView } from '../../components/scorecard.ts';
import { skeleton } from '../../components/skeleton.ts';
import { base, card, scorecard } from '../../components/styles.ts';
import * as say from '../../strings/en/common.ts';
import { CandidateElement } from '../base/candidate-element.ts';
import { define } from '../base/define.ts';
import type { Properties } from '../base/reactive-element.ts';
import { boardOf, type Choices, type OfferEntry, parseChoices, type SessionEntry } from './view-model.ts';

/** Shorter silences are ordinary reconnects and not worth a word. */
const SILENT_FOR = 5_000;
const TICK = 1_000;

/**
 * All that Evalon knows of one person: invite, live status, result.
 *
 * @attr candidate-email - Who it is. Required.
 * @attr candidate-name - What the invite and the recruiter call them. Required.
 * @attr project-id - Offers only this project's assessments.
 * @attr assessment-types - What to offer, as `type[@project_id][:Label]`, comma-separated; by default what IT has set up.
 * @attr application-id - The ATS's own id, stored with the invite.
 * @attr proxy-url - Where the proxy is; by default where the script came from.
 * @fires evalon-invited
 * @fires evalon-status
 * @fires evalon-completed
 * @fires evalon-error
 * @csspart panel, header, environment, candidate, assessment, label, status, invite-button, cancel-button, share,
 *   copy-button, mail-link, scorecard, overall, dial, standing, sections, section, bar, questions, question, narrative,
 *   print-button, problem, waiting, reference, retry-button, stale, hint, more-button, account, sign-out-button, sign-in,
 *   sign-in-button, sign-in-link, code, code-input, code-button
 * @cssprop --evalon-accent, --evalon-accent-text, --evalon-surface, --evalon-text, --evalon-muted, --evalon-border,
 *   --evalon-good, --evalon-bad, --evalon-busy, --evalon-radius, --evalon-font-family, --evalon-font-size,
 *   --evalon-min-height
 */
export class EvalonAssessments extends CandidateElement {
  static override properties: Properties = {
    ...CandidateElement.properties,
    assessmentTypes: { attribute: 'assessment-types' },
  };
  static override styles: string[] = [base, card, scorecard];

  /** What to offer, as `type[@project_id][:Label]`, comma-separated. */
  declare assessmentTypes: string | undefined;
  #tick: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#tick);
  }

  protected override updated(): void {
    super.updated();
    clearTimeout(this.#tick);
    if (this.connection?.staleSince !== undefined) this.#tick = setTimeout(() => this.requestUpdate(), TICK);
  }

  protected override render(): TemplateResult {
    if (this.hint) return html`<p class="failed" part="hint">${this.hint}</p>`;
    const environment = this.connection?.offer?.environment ?? 'production';
    return html`<section class="card" part="panel" aria-label=${say.about(say.title, this.name)}>
      <header part="header">
        <h2>${say.title}</h2>
        ${environment === 'production' ? nothing : html`<small class="scoring" part="environment">${say.environment(environment)}</small>`}
        ${person(this.name, this.email)}
      </header>
      ${this.#body()} ${this.#stale()} ${this.connection?.tokens.account}
    </section>`;
  }

  #body(): TemplateResult {
    const { connection, sessions, candidate } = this;
    const offer = connection?.offer;
    if (candidate && connection?.denied(candidate)) return html`<p>${say.denied}</p>`;
    if (!sessions || !offer) {
      return connection?.problem ? problemView(connection.problem, () => connection.retry()) : skeleton();
    }
    const { choices, unplaced } = this.#choices(offer.assessments);
    const entries = boardOf(sessions, choices, offer.assessments);
    return html`${unplaced.length ? html`<p class="failed" part="hint">${say.missing(this.localName, [say.unplaced(unplaced)])}</p>` : nothing}
      ${entries.map((entry) => (entry.kind === 'offer' ? this.#offer(entry) : this.#session(entry)))}
      ${entries.length ? nothing : html`<p>${say.none}</p>`}`;
  }

  #choices(offered: Parameters<typeof parseChoices>[2]): Choices {
    const { project } = this;
    if (this.assessmentTypes) return parseChoices(this.assessmentTypes, project, offered);
    return { choices: offered.filter((one) => !project || one.project_id === project), unplaced: [] };
  }

  #offer({ choice }: OfferEntry): TemplateResult {
    const { assessment_type: type, project_id: project, label } = choice;
    return html`<div class="head" part="assessment">
      ${head(label, this.problem(type, project) ? '' : say.notInvited, this.mayInvite ? this.inviteView(type, project, label, say.invite) : html`<p>${say.mayNotInvite}</p>`)}
    </div>`;
  }

  #session(entry: SessionEntry): TemplateResult {
    const { session, label, elsewhere } = entry;
    const { session_uuid: uuid, status } = session;
    const root = this.renderRoot as ShadowRoot;
    const line = head(label, say.since(session, elsewhere), chip(session, elsewhere));
    const view = () =>
      this.sessionView(
        entry,
        this.connection && status === 'completed' ? scorecardView(this.connection, root, session, label) : undefined,
      );
    if (!elsewhere)
      return html`<div class="rows" part="assessment" id=${uuid}><div class="head">${line}</div>${view()}</div>`;
    // The result of another project is not read before somebody wants to see it.
    const opened = root.getElementById(uuid) as HTMLDetailsElement | null;
    return html`<details part="assessment" id=${uuid} @toggle=${() => this.requestUpdate()}>
      <summary class="head">${line}</summary>
      ${opened?.open ? html`<div class="rows">${view()}</div>` : nothing}
    </details>`;
  }

  #stale(): TemplateResult | undefined {
    const { staleSince, clock } = this.connection ?? {};
    const silent = staleSince && clock ? clock.now() - staleSince : 0;
    if (navigator.onLine && silent < SILENT_FOR) return undefined;
    return html`<p part="stale">${navigator.onLine ? say.reconnecting : say.offline} ${say.updatedWithin(silent)}</p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'evalon-assessments': EvalonAssessments;
  }
}

define('evalon-assessments', EvalonAssessments);
