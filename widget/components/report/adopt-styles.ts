/** The element's own sheets know nothing of what comes later: they get one more. */
import { adopt } from '../../elements/base/reactive-element.ts';
import { report } from './report-styles.ts';

const dressed = new WeakSet<ShadowRoot>();

export function dress(root: ShadowRoot): void {
  if (dressed.has(root)) return;
  dressed.add(root);
  adopt(root, [report]);
}
