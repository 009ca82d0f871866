import { html, type TemplateResult } from 'lit';
import type { Session } from '../../api/parse.ts';
import { sessionDate } from './common.ts';

export function sessionDateElsewhere(session: Session): TemplateResult {
  return html`<bdi>${sessionDate(session)}</bdi> <bdi>(مشروع آخر)</bdi>`;
}
