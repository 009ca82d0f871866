/** The element's own sheets know nothing of what comes later: they get one more. */
import { adopt } from '../../elements/base/reactive-element.ts';
import { reportStyles } from './report-styles.ts';

const dressed = new WeakSet<ShadowRoot>();

export function adoptReportStyles(root: ShadowRoot): void {
  if (dressed.has(root)) return;
  dressed.add(root);
  adopt(root, [reportStyles]);
}
