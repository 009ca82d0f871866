/** Bringing the candidate's link to the candidate: as a message, as a bare link, or in the recruiter's own mail. */
import { html, nothing, type TemplateResult } from 'lit';
import { announce } from '../announce.ts';
import * as say from '../messages/en.ts';
import type { Offer, Session } from '../state/answers.ts';

const SHOWN = 2_500;

export class Share {
  readonly #changed: () => void;
  #copied: string | undefined;
  #byHand: string | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  forget(): void {
    this.#copied = undefined;
    this.#byHand = undefined;
  }

  view(session: Session, label: string, delivery: Offer['delivery']): TemplateResult | undefined {
    const { candidate_url: link, candidate_name: name, candidate_email: email } = session;
    if (!link) return undefined;
    const { subject, body } = say.invitation(name, label, link);
    const mail = `mailto:${encodeURIComponent(email)}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body.replaceAll('\n', '\r\n'))}`;
    return html`<div class="share" part="share">
      <p>${say.delivery(delivery, name, email)}</p>
      <div class="actions">
        ${this.#copyButton(say.copyMessage, body)} ${this.#copyButton(say.copyLink, link)}
        <a class="quiet" part="mail-link" href=${mail}>${say.openInMail}</a>
      </div>
      ${
        this.#byHand === body || this.#byHand === link
          ? html`<label>${say.copyByHand}<textarea readonly rows="3" .value=${this.#byHand} @focus=${selectAll}></textarea></label>`
          : nothing
      }
    </div>`;
  }

  #copyButton(label: string, text: string): TemplateResult {
    return html`<button class="quiet" part="copy-button" @click=${() => this.#copy(text)}>
      ${this.#copied === text ? say.copied : label}
    </button>`;
  }

  async #copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.#copied = text;
      this.#byHand = undefined;
      announce(say.copied);
      setTimeout(() => {
        if (this.#copied === text) this.#copied = undefined;
        this.#changed();
      }, SHOWN);
    } catch {
      this.#byHand = text;
    }
    this.#changed();
  }
}

function selectAll(event: Event): void {
  (event.target as HTMLTextAreaElement).select();
}
