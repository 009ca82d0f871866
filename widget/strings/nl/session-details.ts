import { html, type TemplateResult } from 'lit';
import { isSessionStatus } from '../../../proxy/contract/status.ts';
import { statusLabel } from './common.ts';
import { formats } from './formats.ts';

export { resultPending } from './common.ts';

export const previousSessions = 'Eerdere sessies';
export const history = (previousCount: number) =>
  previousCount
    ? formats.plural(previousCount, {
        one: 'Geschiedenis · # eerdere sessie',
        other: 'Geschiedenis · # eerdere sessies',
      })
    : 'Geschiedenis';

export function oneAssessmentPerProject({ name, held }: { name: string; held: string }): TemplateResult {
  return html`Maar één assessment per project. <bdi>${name}</bdi> heeft al <bdi class="end">${held}</bdi>.`;
}

export function latestActivity(event: string): string {
  const status = event.replace('session.', '');
  return isSessionStatus(status)
    ? `Laatste activiteit: ${statusLabel(status)}`
    : 'Evalon heeft nieuwe activiteit gemeld.';
}
