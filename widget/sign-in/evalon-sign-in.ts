/**
 * The way in for a recruiter who is not signed in, and the way out for one who is. The window is opened by a click and
 * belongs to what was begun here: a code for anything else is not even looked at. Where window and page were cut off from
 * each other, the recruiter types the code that the window shows.
 */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Handback } from '../../proxy/contract/sso.ts';
import { WidgetProblem } from '../api/errors.ts';
import type { Tokens } from '../api/tokens.ts';
import { base } from '../components/styles.ts';
import { define } from '../elements/base/define.ts';
import { css, type Properties, ReactiveElement } from '../elements/base/reactive-element.ts';
import { problem as sayOf } from '../strings/en/common.ts';
import * as say from '../strings/en/sign-in.ts';
import { recordOf, textIn } from '../util/json.ts';
import { type Desk, leave } from './context.ts';
import type { Pending } from './sso-client.ts';

/** Milliseconds between two looks whether the window is still there. */
const LOOK = 500;
const WINDOW = 'popup,width=520,height=680';

export class EvalonSignIn extends ReactiveElement {
  static override properties: Properties = {
    desk: { attribute: false },
    tokens: { attribute: false },
    done: { attribute: false },
    isIn: { attribute: false },
  };
  static override styles: string[] = [
    base,
    css`
      :host {
        justify-self: stretch;
      }
      .rows > a {
        justify-self: start;
      }
      .actions {
        align-items: center;
        justify-content: space-between;
      }
      form.actions {
        justify-content: start;
      }
      input {
        width: 12em;
        min-height: 28px;
        padding: 3px 8px;
        border: 1px solid var(--_border);
        border-radius: 6px;
        background: Canvas;
      }
    `,
  ];

  declare desk: Desk;
  /** Of whom is signed in. */
  declare tokens: Tokens | undefined;
  /** Whether this shows who is signed in. */
  declare isIn: boolean | undefined;
  /** Called when somebody has signed in. */
  declare done: (() => void) | undefined;

  #step: 'idle' | 'window' | 'blocked' | 'closed' = 'idle';
  #problem = '';
  #name: string | undefined;
  #pending: Pending | undefined;
  #window: WindowProxy | null = null;
  #look: ReturnType<typeof setInterval> | undefined;
  #busy = false;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('message', this.#handedBack);
    this.desk.channel.addEventListener('message', this.#elsewhere);
    if (this.isIn) this.desk.client.name().then((name) => this.#show(() => (this.#name = name)));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#look);
    removeEventListener('message', this.#handedBack);
    this.desk.channel.removeEventListener('message', this.#elsewhere);
  }

  protected override render(): TemplateResult {
    if (this.isIn) {
      return html`<div class="actions" part="account">
        <p><bdi>${say.signedInAs(this.#name)}</bdi></p>
        <button part="sign-out-button" @click=${this.#signOut}>${say.signOut}</button>
        ${this.#fault()}
      </div>`;
    }
    const again = this.#step === 'idle' ? say.signIn : say.again;
    return html`<div class="rows" part="sign-in">
      <p role="status">${this.#sentence()}</p>
      ${this.#fault()}
      ${this.#step === 'blocked' && this.#pending ? this.#link(this.#pending.url) : nothing}
      ${this.#step === 'closed' && this.#pending ? this.#form() : nothing}
      <button class=${this.#step === 'blocked' ? '' : 'primary'} part="sign-in-button" aria-disabled=${String(this.#busy)}
        @click=${this.#signIn}>${again}</button>
    </div>`;
  }

  #fault(): TemplateResult | typeof nothing {
    return this.#problem ? html`<p class="failed" role="alert" part="problem">${this.#problem}</p>` : nothing;
  }

  #sentence(): string {
    return { idle: say.needed, window: say.goOn, blocked: say.blocked, closed: say.closed }[this.#step];
  }

  #link(url: string): TemplateResult {
    const opened = () => this.#show(() => (this.#step = 'closed'));
    return html`<a class="primary" part="sign-in-link" href=${url} target="_blank" rel="opener" @click=${opened}>${say.open}</a>`;
  }

  #form(): TemplateResult {
    return html`<form class="actions" part="code" @submit=${this.#typed}>
      <input part="code-input" aria-label=${say.code} name="code" autocomplete="off" autocapitalize="characters" spellcheck="false">
      <button part="code-button">${say.useCode}</button>
    </form>`;
  }

  /** The window must be opened in the click itself, before anything is asked. */
  #signIn = async (): Promise<void> => {
    if (this.#busy) return;
    this.#window?.close();
    const opened = open('about:blank', '_blank', WINDOW);
    this.#window = opened;
    this.#busy = true;
    this.#problem = '';
    this.#step = opened ? 'window' : 'blocked';
    this.#pending = undefined;
    this.requestUpdate();
    try {
      this.#pending = await this.desk.client.begin();
      if (opened) opened.location.href = this.#pending.url;
      clearInterval(this.#look);
      this.#look = setInterval(() => {
        if (!this.#window?.closed) return;
        clearInterval(this.#look);
        this.#show(() => (this.#step = this.#step === 'window' ? 'closed' : this.#step));
      }, LOOK);
    } catch (problem) {
      opened?.close();
      this.#fail(problem);
    }
    this.#show(() => (this.#busy = false));
  };

  #handedBack = ({ origin, data }: MessageEvent): void => {
    const told = recordOf(data) as Partial<Record<keyof Handback, unknown>>;
    if (origin !== new URL(this.desk.proxyUrl).origin || told.evalon !== 'sign-in') return;
    if (!this.#pending || told.attempt !== this.#pending.attempt) return;
    const code = textIn(told, 'code');
    this.#window?.close();
    if (code) void this.#redeem(code);
    else this.#fail(new WidgetProblem('unauthenticated', { detail: textIn(told, 'detail') }));
  };

  #typed = (event: SubmitEvent): void => {
    event.preventDefault();
    const code = String(new FormData(event.target as HTMLFormElement).get('code')).trim();
    if (code) void this.#redeem(code);
  };

  async #redeem(code: string): Promise<void> {
    if (!this.#pending || this.#busy) return;
    this.#busy = true;
    try {
      await this.desk.client.redeem(this.#pending, code);
      clearInterval(this.#look);
      this.#pending = undefined;
      this.#step = 'idle';
      this.#problem = '';
      this.desk.channel.postMessage('in');
      this.done?.();
    } catch (problem) {
      if ((problem as WidgetProblem).code === 'unauthenticated') this.#problem = say.wrong;
      else this.#fail(problem);
    }
    this.#show(() => (this.#busy = false));
  }

  #signOut = async (): Promise<void> => {
    try {
      await this.desk.client.signOut();
      this.desk.channel.postMessage('out');
      this.#leave();
    } catch (problem) {
      this.#fail(problem);
    }
  };

  /** Another tab of this browser. */
  #elsewhere = ({ data }: MessageEvent): void => {
    if (data === 'in') this.done?.();
    else if (this.isIn) this.#leave();
  };

  #leave(): void {
    const { host } = this.getRootNode() as Partial<ShadowRoot>;
    if (this.tokens) leave(this.tokens);
    (host as Partial<ReactiveElement> | undefined)?.requestUpdate?.();
  }

  #fail(problem: unknown): void {
    this.#step = 'idle';
    this.#pending = undefined;
    this.#show(() => (this.#problem = problem instanceof WidgetProblem ? sayOf(problem) : say.failed));
  }

  #show(change: () => void): void {
    change();
    this.requestUpdate();
  }
}

define('evalon-sign-in', EvalonSignIn);
