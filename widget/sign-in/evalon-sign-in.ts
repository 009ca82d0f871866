/**
 * Signs a recruiter in and out. A click opens the sign-in window. The element accepts an authorization code only for
 * the sign-in that it started. If the browser has separated the window from the page, the recruiter types the code that
 * the window shows.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { CallbackMessage } from '../../proxy/contract/sso.ts';
import { WidgetProblem } from '../api/errors.ts';
import { baseStyles } from '../components/styles.ts';
import { BaseElement } from '../elements/base/base-element.ts';
import { defineElement } from '../elements/base/define-element.ts';
import { describeProblem } from '../strings/en/common.ts';
import * as strings from '../strings/en/sign-in.ts';
import { readString, toRecord } from '../util/json.ts';
import { getSsoContext, type SsoContext } from './context.ts';
import type { PendingSignIn } from './sso-client.ts';

/** How often to check whether the recruiter has closed the sign-in window. */
const WINDOW_POLL_MS = 500;
const WINDOW_FEATURES = 'popup,width=520,height=680';

/** Pages can style these as parts of the outer element. */
const PARTS = 'account, sign-out-button, sign-in, sign-in-button, sign-in-link, code, code-input, code-button, problem';

const PROMPTS = {
  idle: strings.signInNeeded,
  window: strings.continueInWindow,
  blocked: strings.popupBlocked,
  closed: strings.codePrompt,
};

class EvalonSignIn extends BaseElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        justify-self: stretch;
      }
      .actions {
        align-items: center;
      }
      [part='account'] {
        justify-content: space-between;
      }
      input {
        width: 12em;
        min-height: 28px;
        padding: 3px 8px;
        border: 1px solid var(--_muted);
        border-radius: 6px;
        background: Canvas;
      }
    `,
  ];

  @property({ attribute: false }) proxyUrl!: string;
  /** Shows the account bar instead of the sign-in form. */
  @property({ attribute: false }) signedIn: boolean | undefined;
  /** Called when the recruiter has signed in. */
  @property({ attribute: false }) onSignedIn: (() => void) | undefined;
  /** Called when the recruiter has signed out, here or in another tab. */
  @property({ attribute: false }) onSignedOut: (() => void) | undefined;

  /**
   * `window`: the sign-in window is open. `blocked`: the browser blocked the window. `closed`: the window is closed, or
   * the page does not control it. The recruiter can then enter the window's code.
   */
  @state() private step: 'idle' | 'window' | 'blocked' | 'closed' = 'idle';
  @state() private errorText = '';
  @state() private userName: string | undefined;
  @state() private isBusy = false;
  #pending: PendingSignIn | undefined;
  #window: WindowProxy | null = null;
  #windowPoll: ReturnType<typeof setInterval> | undefined;

  get #context(): SsoContext {
    return getSsoContext(this.proxyUrl);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('exportparts', PARTS);
    addEventListener('message', this.#onCallbackMessage);
    this.#context.channel?.addEventListener('message', this.#onOtherTab);
    if (this.signedIn) void this.#loadUserName();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#windowPoll);
    removeEventListener('message', this.#onCallbackMessage);
    this.#context.channel?.removeEventListener('message', this.#onOtherTab);
  }

  protected override render(): TemplateResult {
    return this.signedIn ? this.#renderAccount() : this.#renderSignIn();
  }

  #renderAccount(): TemplateResult {
    return html`<div class="actions" part="account">
      <p><bdi>${strings.signedInAs(this.userName)}</bdi></p>
      <button part="sign-out-button" @click=${this.#signOut}>${strings.signOut}</button>
      ${this.#renderError()}
    </div>`;
  }

  #renderSignIn(): TemplateResult {
    const { step } = this;
    return html`<div class="rows" part="sign-in">
      <p role="status">${PROMPTS[step]}</p>
      ${this.#renderError()}
      ${step === 'closed' && this.#pending ? this.#renderCodeForm() : nothing}
      <div class="actions">
        ${step === 'blocked' && this.#pending ? this.#renderLink(this.#pending.authorizationUrl) : this.#renderButton()}
      </div>
    </div>`;
  }

  #renderButton(): TemplateResult {
    return html`<button class="primary" part="sign-in-button" aria-disabled=${String(this.isBusy)} @click=${this.#signIn}
      >${this.step === 'idle' ? strings.signIn : strings.signInAgain}</button>`;
  }

  #renderError(): TemplateResult | typeof nothing {
    return this.errorText ? html`<p class="failed" role="alert" part="problem">${this.errorText}</p>` : nothing;
  }

  #renderLink(url: string): TemplateResult {
    const onOpen = () => {
      this.step = 'closed';
    };
    return html`<a class="primary" part="sign-in-link" href=${url} target="_blank" rel="opener" @click=${onOpen}>${strings.openWindow}</a>`;
  }

  #renderCodeForm(): TemplateResult {
    return html`<form class="actions" part="code" @submit=${this.#onCodeSubmit}>
      <input part="code-input" aria-label=${strings.codeLabel} name="code" autocomplete="off" autocapitalize="characters" spellcheck="false">
      <button part="code-button">${strings.useCode}</button>
    </form>`;
  }

  async #loadUserName(): Promise<void> {
    this.userName = await this.#context.client.getUserName();
  }

  /** Opens a blank window before the first request, because browsers block a window that opens later. */
  #signIn = async (): Promise<void> => {
    if (this.isBusy) return;
    this.#window?.close();
    const opened = open('about:blank', '_blank', WINDOW_FEATURES);
    this.#window = opened;
    this.#pending = undefined;
    this.isBusy = true;
    this.errorText = '';
    this.step = opened ? 'window' : 'blocked';
    try {
      this.#pending = await this.#context.client.start();
      if (opened) opened.location.href = this.#pending.authorizationUrl;
      this.#pollWindow();
    } catch (problem) {
      opened?.close();
      this.#showFailure(problem);
    }
    await this.#endBusyState();
  };

  /** If the link replaces the focused button, moves the focus to the link. */
  async #endBusyState(): Promise<void> {
    const hadFocus = this.renderRoot.activeElement !== null;
    this.isBusy = false;
    await this.updateComplete;
    if (hadFocus) this.renderRoot.querySelector('a')?.focus({ preventScroll: true });
  }

  #pollWindow(): void {
    clearInterval(this.#windowPoll);
    this.#windowPoll = setInterval(() => {
      if (!this.#window?.closed) return;
      clearInterval(this.#windowPoll);
      if (this.step === 'window') this.step = 'closed';
    }, WINDOW_POLL_MS);
  }

  #onCallbackMessage = ({ origin, data }: MessageEvent): void => {
    const message = toRecord(data) as Partial<Record<keyof CallbackMessage, unknown>>;
    if (origin !== new URL(this.proxyUrl).origin || message.evalon !== 'sign-in') return;
    if (!this.#pending || message.attempt !== this.#pending.attemptId) return;
    const code = readString(message, 'code');
    this.#window?.close();
    if (code) void this.#exchangeCode(code);
    else this.#fail(strings.describeSignInFailure(readString(message, 'detail')));
  };

  #onCodeSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const code = String(new FormData(event.target as HTMLFormElement).get('code')).trim();
    if (code) void this.#exchangeCode(code);
  };

  async #exchangeCode(code: string): Promise<void> {
    if (!this.#pending || this.isBusy) return;
    this.isBusy = true;
    try {
      await this.#context.client.exchangeCode(this.#pending, code);
      clearInterval(this.#windowPoll);
      this.#pending = undefined;
      this.step = 'idle';
      this.errorText = '';
      this.#context.channel?.postMessage('in');
      this.onSignedIn?.();
    } catch (problem) {
      if ((problem as WidgetProblem).code === 'unauthenticated') this.errorText = strings.codeInvalid;
      else this.#showFailure(problem);
    }
    this.isBusy = false;
  }

  #signOut = async (): Promise<void> => {
    try {
      await this.#context.client.signOut();
      this.#context.channel?.postMessage('out');
      this.onSignedOut?.();
    } catch (problem) {
      this.#showFailure(problem);
    }
  };

  /** Follows a sign-in or sign-out in another tab of this browser. */
  #onOtherTab = ({ data }: MessageEvent): void => {
    if (data === 'in') this.onSignedIn?.();
    else if (this.signedIn) this.onSignedOut?.();
  };

  #showFailure(problem: unknown): void {
    this.#fail(problem instanceof WidgetProblem ? describeProblem(problem) : strings.signInFailed);
  }

  #fail(text: string): void {
    this.step = 'idle';
    this.#pending = undefined;
    this.errorText = text;
  }
}

defineElement('evalon-sign-in', EvalonSignIn);

declare global {
  interface HTMLElementTagNameMap {
    'evalon-sign-in': EvalonSignIn;
  }
}
