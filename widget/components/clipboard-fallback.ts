/** For browsers that block the clipboard API. */
import * as say from '../strings/en/report.ts';
import { addStyles } from '../util/shadow-styles.ts';
import { reportStyles } from './report/report-styles.ts';

/** Copies with `execCommand`. If that fails, shows the selected text below the button's row and returns false. */
export function copyWithExecCommand(button: HTMLElement, text: string): boolean {
  addStyles(button.getRootNode() as ShadowRoot, reportStyles);
  const row = button.parentElement;
  row?.parentElement?.querySelector('label')?.remove();
  const [label, field] = [document.createElement('label'), document.createElement('textarea')];
  field.readOnly = true;
  field.rows = 4;
  field.value = text;
  label.append(say.copyManually, field);
  row?.after(label);
  field.select();
  const copied = document.execCommand('copy');
  if (copied) {
    label.remove();
    button.focus();
  }
  return copied;
}
