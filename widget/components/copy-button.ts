/** Copies a text with one click. The button says so for a while; where the browser refuses, the text is there to copy by hand. */
import { html, type TemplateResult } from 'lit';
import * as say from '../strings/en/common.ts';
import { announce } from '../util/announce.ts';
import { importReport } from './lazy.ts';

const SHOWN = 2_500;

/** `about` completes the accessible name: whose text it is. */
export function renderCopyButton(label: string, about: string, text: string, kind = ''): TemplateResult {
  const name = say.withSubject(label, about);
  return html`<button
    class=${kind}
    part="copy-button"
    aria-label=${name}
    .textContent=${label}
    @click=${({ currentTarget }: Event) => copy(currentTarget as HTMLButtonElement, label, name, text)}
  ></button>`;
}

async function copy(button: HTMLButtonElement, label: string, name: string, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    if (!(await importReport()).copyWithExecCommand(button, text)) return;
  }
  announce(say.copied);
  button.style.minWidth = `${button.offsetWidth}px`;
  const show = (seen: string, heard: string) => {
    button.textContent = seen;
    button.ariaLabel = heard;
  };
  show(say.copied, say.copied);
  setTimeout(() => show(label, name), SHOWN);
}
