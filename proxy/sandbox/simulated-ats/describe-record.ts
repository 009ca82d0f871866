/** Describes what was written into a simulated ATS, for its mock page. */
import type { WrittenRecord } from './written-records.ts';

const TITLES = { note: 'Note', field: 'Custom field', tag: 'Tag', assessment: 'Assessment', link: 'Link' };

export function describeRecord({ ats, kind, name, value }: WrittenRecord): { title: string; text: string } {
  return { title: kind === 'field' ? `${TITLES[kind]} ${name}` : TITLES[kind], text: readText(ats, kind, value) };
}

function readText(ats: WrittenRecord['ats'], kind: WrittenRecord['kind'], value: string): string {
  if (kind === 'note' && ats === 'greenhouse') return (JSON.parse(value) as { body: string }).body;
  if (kind !== 'assessment') return value;
  const { assessmentName, result } = JSON.parse(value) as { assessmentName: string; result: { value: unknown } };
  return `${assessmentName}: ${String(result.value)}`;
}
