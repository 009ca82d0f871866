/** Bringing the candidate's link to the candidate: as a message, as a bare link, or in the recruiter's own mail. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { announce } from '../announce.ts';
import * as say from '../messages/en.ts';
import type { Offer, Session } from '../state/answers.ts';

const SHOWN = 2_500;

export class Share {
  readonly #changed: () => void;
  /** What was copied last, and whether the browser let us. */
  #last: { text: string; copied: boolean } | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  forget(): void {
    this.#last = undefined;
    this.#changed();
  }

  view(session: Session, label: string, delivery: Offer['delivery']): TemplateResult | undefined {
    const { candidate_url: link, candidate_name: name, candidate_email: email } = session;
    if (!link) return undefined;
    const { subject, body } = say.invitation(name, label, link);
    const mail = `mailto:${encodeURIComponent(email)}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body.replaceAll('\n', '\r\n'))}`;
    return html`<div part="share">
      <p>${say.delivery(delivery, name, email)}</p>
      <div class="actions">
        ${this.#copyButton(say.copyMessage, body)} ${this.#copyButton(say.copyLink, link)}
        <a part="mail-link" href=${mail}>${say.openInMail}</a>
      </div>
      ${
        this.#last?.copied === false && [body, link].includes(this.#last.text)
          ? html`<label>${say.copyByHand}<textarea readonly rows="3" .value=${this.#last.text} @focus=${selectAll}></textarea></label>`
          : nothing
      }
    </div>`;
  }

  #copyButton(label: string, text: string): TemplateResult {
    const copied = this.#last?.copied && this.#last.text === text;
    return html`<button part="copy-button" @click=${() => this.#copy(text)}>${copied ? say.copied : label}</button>`;
  }

  async #copy(text: string): Promise<void> {
    const last = { text, copied: true };
    try {
      await navigator.clipboard.writeText(text);
      announce(say.copied);
      setTimeout(() => this.#last === last && this.forget(), SHOWN);
    } catch {
      last.copied = false;
    }
    this.#last = last;
    this.#changed();
  }
}

function selectAll(event: Event): void {
  (event.target as HTMLTextAreaElement).select();
}
