/**
 * The way in for a recruiter who is not signed in, and the way out for one who is. The window is opened by a click and
 * belongs to what was begun here: a code for anything else is not even looked at. Where window and page were cut off from
 * each other, the recruiter types the code that the window shows.
 */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { CallbackMessage } from '../../proxy/contract/sso.ts';
import { WidgetProblem } from '../api/errors.ts';
import { baseStyles } from '../components/styles.ts';
import { defineElement } from '../elements/base/define.ts';
import { css, type Properties, ReactiveElement } from '../elements/base/reactive-element.ts';
import { describeProblem as sayOf } from '../strings/en/common.ts';
import * as say from '../strings/en/sign-in.ts';
import { readString, toRecord } from '../util/json.ts';
import { getSsoContext, type SsoContext } from './context.ts';
import type { PendingSignIn } from './sso-client.ts';

/** Milliseconds between two looks whether the window is still there. */
const LOOK = 500;
const WINDOW = 'popup,width=520,height=680';

export class EvalonSignIn extends ReactiveElement {
  static override properties: Properties = {
    proxyUrl: { attribute: false },
    onSignedIn: { attribute: false },
    onSignedOut: { attribute: false },
    signedIn: { attribute: false },
  };
  static override styles: string[] = [
    baseStyles,
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

  declare proxyUrl: string;
  /** Whether this shows who is signed in. */
  declare signedIn: boolean | undefined;
  /** Called when somebody has signed in. */
  declare onSignedIn: (() => void) | undefined;
  /** Called when the recruiter has signed out, here or in another tab. */
  declare onSignedOut: (() => void) | undefined;

  #step: 'idle' | 'window' | 'blocked' | 'closed' = 'idle';
  #problem = '';
  #userName: string | undefined;
  #pending: PendingSignIn | undefined;
  #window: WindowProxy | null = null;
  #windowPoll: ReturnType<typeof setInterval> | undefined;
  #isBusy = false;

  get #context(): SsoContext {
    return getSsoContext(this.proxyUrl);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('message', this.#onCallbackMessage);
    this.#context.channel.addEventListener('message', this.#onOtherTab);
    if (this.signedIn) this.#context.client.getUserName().then((name) => this.#setState(() => (this.#userName = name)));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#windowPoll);
    removeEventListener('message', this.#onCallbackMessage);
    this.#context.channel.removeEventListener('message', this.#onOtherTab);
  }

  protected override render(): TemplateResult {
    if (this.signedIn) {
      return html`<div class="actions" part="account">
        <p><bdi>${say.signedInAs(this.#userName)}</bdi></p>
        <button part="sign-out-button" @click=${this.#signOut}>${say.signOut}</button>
        ${this.#renderProblem()}
      </div>`;
    }
    const again = this.#step === 'idle' ? say.signIn : say.signInAgain;
    return html`<div class="rows" part="sign-in">
      <p role="status">${this.#promptText()}</p>
      ${this.#renderProblem()}
      ${this.#step === 'blocked' && this.#pending ? this.#renderLink(this.#pending.authorizationUrl) : nothing}
      ${this.#step === 'closed' && this.#pending ? this.#renderCodeForm() : nothing}
      <button class=${this.#step === 'blocked' ? '' : 'primary'} part="sign-in-button" aria-disabled=${String(this.#isBusy)}
        @click=${this.#signIn}>${again}</button>
    </div>`;
  }

  #renderProblem(): TemplateResult | typeof nothing {
    return this.#problem ? html`<p class="failed" role="alert" part="problem">${this.#problem}</p>` : nothing;
  }

  #promptText(): string {
    return { idle: say.signInNeeded, window: say.continueInWindow, blocked: say.popupBlocked, closed: say.codePrompt }[
      this.#step
    ];
  }

  #renderLink(url: string): TemplateResult {
    const opened = () => this.#setState(() => (this.#step = 'closed'));
    return html`<a class="primary" part="sign-in-link" href=${url} target="_blank" rel="opener" @click=${opened}>${say.openWindow}</a>`;
  }

  #renderCodeForm(): TemplateResult {
    return html`<form class="actions" part="code" @submit=${this.#onCodeSubmit}>
      <input part="code-input" aria-label=${say.codeLabel} name="code" autocomplete="off" autocapitalize="characters" spellcheck="false">
      <button part="code-button">${say.useCode}</button>
    </form>`;
  }

  /** The window must be opened in the click itself, before anything is asked. */
  #signIn = async (): Promise<void> => {
    if (this.#isBusy) return;
    this.#window?.close();
    const opened = open('about:blank', '_blank', WINDOW);
    this.#window = opened;
    this.#isBusy = true;
    this.#problem = '';
    this.#step = opened ? 'window' : 'blocked';
    this.#pending = undefined;
    this.requestUpdate();
    try {
      this.#pending = await this.#context.client.start();
      if (opened) opened.location.href = this.#pending.authorizationUrl;
      clearInterval(this.#windowPoll);
      this.#windowPoll = setInterval(() => {
        if (!this.#window?.closed) return;
        clearInterval(this.#windowPoll);
        this.#setState(() => (this.#step = this.#step === 'window' ? 'closed' : this.#step));
      }, LOOK);
    } catch (problem) {
      opened?.close();
      this.#showFailure(problem);
    }
    this.#setState(() => (this.#isBusy = false));
  };

  #onCallbackMessage = ({ origin, data }: MessageEvent): void => {
    const told = toRecord(data) as Partial<Record<keyof CallbackMessage, unknown>>;
    if (origin !== new URL(this.proxyUrl).origin || told.evalon !== 'sign-in') return;
    if (!this.#pending || told.attempt !== this.#pending.attemptId) return;
    const code = readString(told, 'code');
    this.#window?.close();
    if (code) void this.#exchangeCode(code);
    else this.#showFailure(new WidgetProblem('unauthenticated', { detail: readString(told, 'detail') }));
  };

  #onCodeSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const code = String(new FormData(event.target as HTMLFormElement).get('code')).trim();
    if (code) void this.#exchangeCode(code);
  };

  async #exchangeCode(code: string): Promise<void> {
    if (!this.#pending || this.#isBusy) return;
    this.#isBusy = true;
    try {
      await this.#context.client.exchangeCode(this.#pending, code);
      clearInterval(this.#windowPoll);
      this.#pending = undefined;
      this.#step = 'idle';
      this.#problem = '';
      this.#context.channel.postMessage('in');
      this.onSignedIn?.();
    } catch (problem) {
      if ((problem as WidgetProblem).code === 'unauthenticated') this.#problem = say.codeInvalid;
      else this.#showFailure(problem);
    }
    this.#setState(() => (this.#isBusy = false));
  }

  #signOut = async (): Promise<void> => {
    try {
      await this.#context.client.signOut();
      this.#context.channel.postMessage('out');
      this.#handleSignedOut();
    } catch (problem) {
      this.#showFailure(problem);
    }
  };

  /** Another tab of this browser. */
  #onOtherTab = ({ data }: MessageEvent): void => {
    if (data === 'in') this.onSignedIn?.();
    else if (this.signedIn) this.#handleSignedOut();
  };

  #handleSignedOut(): void {
    this.onSignedOut?.();
  }

  #showFailure(problem: unknown): void {
    this.#step = 'idle';
    this.#pending = undefined;
    this.#setState(() => (this.#problem = problem instanceof WidgetProblem ? sayOf(problem) : say.signInFailed));
  }

  #setState(change: () => void): void {
    change();
    this.requestUpdate();
  }
}

defineElement('evalon-sign-in', EvalonSignIn);
