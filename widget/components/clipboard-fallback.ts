/** Copies without the clipboard API, or shows the text so that the recruiter can copy it. */
import { css } from 'lit';
import { copyManually } from '../strings/en/clipboard.ts';
import { pageDocument } from '../util/page-document.ts';
import { addStyles } from '../util/shadow-styles.ts';

/** About 20 lines. A longer text scrolls. */
const MAX_HEIGHT_PX = 400;

const styles = css`
  .copy-text {
    display: block;
    width: 100%;
  }
  .copy-text,
  .copy-text textarea {
    unicode-bidi: plaintext;
  }
  .copy-text textarea {
    display: block;
    width: 100%;
    margin-top: 6px;
    padding: 8px;
    border: 1px solid var(--_muted);
    border-radius: 6px;
    background: none;
    font-size: calc(1em - 1px);
  }
  .copy-text textarea:focus-visible {
    outline-offset: -1px;
  }
`;

/** Returns whether the browser copied the text. If not, a field below the button's row shows the text, selected. */
export function copyWithExecCommand(button: HTMLElement, text: string): boolean {
  addStyles(button.getRootNode() as ShadowRoot, styles);
  const row = button.parentElement;
  row?.parentElement?.querySelector('.copy-text')?.remove();
  const label = pageDocument.createElement('label');
  label.className = 'copy-text';
  const field = pageDocument.createElement('textarea');
  field.readOnly = true;
  field.rows = 6;
  field.value = text;
  label.append(copyManually, field);
  row?.after(label);
  const borderPx = field.offsetHeight - field.clientHeight;
  field.style.height = `${Math.min(field.scrollHeight + borderPx, MAX_HEIGHT_PX)}px`;
  field.select();
  const isCopied = pageDocument.execCommand('copy');
  if (isCopied) {
    label.remove();
    button.focus();
  }
  return isCopied;
}
