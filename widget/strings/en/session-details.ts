/**
 * English text of an invited candidate's session. It loads on demand. Text from others, such as a name, is isolated in
 * `<bdi>`, so that its direction cannot reorder the sentence. The class `end` keeps the full stop after it on its line.
 */
import { html, type TemplateResult } from 'lit';
import { humanize } from '../humanize.ts';

export { resultPending } from './common.ts';

export const previousSessions = 'Previous sessions';

/** @param previousCount number of previous sessions of the candidate in the project */
export function history(previousCount: number): string {
  if (!previousCount) return 'History';
  return previousCount === 1 ? 'History · 1 previous session' : `History · ${previousCount} previous sessions`;
}

export function oneAssessmentPerProject({ name, held }: { name: string; held: string }): TemplateResult {
  return html`Only one assessment per project. <bdi>${name}</bdi> already has <bdi class="end">${held}</bdi>.`;
}

export function latestActivity(event: string): string {
  return `Latest activity: ${humanize(event.replace('session.', ''))}`;
}
