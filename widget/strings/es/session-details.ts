import { html, type TemplateResult } from 'lit';
import { isSessionStatus } from '../../../proxy/contract/status.ts';
import { statusLabel } from './common.ts';
import { formats } from './formats.ts';

export { resultPending } from './common.ts';

export const previousSessions = 'Sesiones anteriores';
export const history = (previousCount: number) =>
  previousCount
    ? formats.plural(previousCount, {
        one: 'Historial · # sesión anterior',
        other: 'Historial · # sesiones anteriores',
      })
    : 'Historial';

export function oneAssessmentPerProject({ name, held }: { name: string; held: string }): TemplateResult {
  return html`Solo una evaluación por proyecto. <bdi>${name}</bdi> ya tiene <bdi class="end">${held}</bdi>.`;
}

export function latestActivity(event: string): string {
  const status = event.replace('session.', '');
  return isSessionStatus(status)
    ? `Última actividad: ${statusLabel(status)}`
    : 'Evalon ha comunicado una nueva actividad.';
}
