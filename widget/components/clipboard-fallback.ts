/** Copies without the clipboard API, or shows the text so that the recruiter can copy it. */
import { css } from 'lit';
import { copyManually } from '../strings/en/clipboard.ts';
import { pageDocument } from '../util/page-document.ts';
import { addStyles } from '../util/shadow-styles.ts';

const styles = css`
  label,
  textarea {
    unicode-bidi: plaintext;
  }
  textarea {
    width: 100%;
    padding: 8px;
    border: 1px solid var(--_border);
    border-radius: 6px;
    background: none;
    font-size: 0.92em;
  }
`;

/** Returns whether the browser copied the text. If not, a text field below the button's row shows the text, selected. */
export function copyWithExecCommand(button: HTMLElement, text: string): boolean {
  addStyles(button.getRootNode() as ShadowRoot, styles);
  const row = button.parentElement;
  row?.parentElement?.querySelector('label')?.remove();
  const label = pageDocument.createElement('label');
  const field = pageDocument.createElement('textarea');
  field.readOnly = true;
  field.rows = 4;
  field.value = text;
  label.append(copyManually, field);
  row?.after(label);
  field.select();
  const isCopied = pageDocument.execCommand('copy');
  if (isCopied) {
    label.remove();
    button.focus();
  }
  return isCopied;
}
