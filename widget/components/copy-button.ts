/** A button that copies its content and then shows a confirmation. */
import { html, type TemplateResult } from 'lit';
import { copied } from '../strings/en/common.ts';
import { announce } from '../util/announce.ts';

const CONFIRMATION_MS = 2_500;

export interface CopyButtonProps {
  /** The visible text. */
  text: string;
  /** The accessible name. */
  label: string;
  /** What the button copies. */
  content: string;
  isPrimary?: boolean;
  onCopied?: () => void;
}

export function renderCopyButton(props: CopyButtonProps): TemplateResult {
  return html`<button
    class=${props.isPrimary ? 'primary' : ''}
    part="copy-button"
    aria-label=${props.label}
    .textContent=${props.text}
    @click=${({ currentTarget }: Event) => copy(currentTarget as HTMLButtonElement, props)}
  ></button>`;
}

async function copy(button: HTMLButtonElement, { text, label, content, onCopied }: CopyButtonProps): Promise<void> {
  try {
    await navigator.clipboard.writeText(content);
  } catch {
    const { copyWithExecCommand } = await import('./clipboard-fallback.ts');
    if (!copyWithExecCommand(button, content)) return;
  }
  onCopied?.();
  announce(copied);
  button.style.minWidth = `${button.offsetWidth}px`;
  button.textContent = copied;
  button.ariaLabel = copied;
  setTimeout(() => {
    button.textContent = text;
    button.ariaLabel = label;
  }, CONFIRMATION_MS);
}
