/** English text about a session of another project. */
import { html, type TemplateResult } from 'lit';
import type { Session } from '../../api/parse.ts';
import { sessionDate } from './common.ts';

/** A line breaks only between the date and the project. */
export function sessionDateElsewhere(session: Session): TemplateResult {
  return html`<bdi>${sessionDate(session)}</bdi> <bdi>(another project)</bdi>`;
}
