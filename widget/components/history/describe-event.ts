/** Describes an entry of a session's timeline in a sentence. */
import { html, type TemplateResult } from 'lit';
import { formatScore, statusLabel } from '../../strings/en/common.ts';
import * as strings from '../../strings/en/history.ts';
import { lookUp } from '../../strings/look-up.ts';
import type { TimelineEntry } from './timeline.ts';

/** If this version does not know the type, returns the name of the type. */
export function describeEvent({ type, channel, by, overall }: TimelineEntry): TemplateResult | string {
  if (overall !== undefined && type === 'completed') return strings.completedWithScore(formatScore(overall));
  if (overall !== undefined && type === 'regraded') return strings.updatedWithScore(formatScore(overall));
  if (type === 'regraded') return strings.resultUpdated;
  const key = channel ? `${type} ${channel}` : type;
  const toSentence = by && lookUp(strings.eventsBy, key);
  return toSentence ? toSentence(html`<bdi>${by}</bdi>`) : (lookUp(strings.events, key) ?? statusLabel(type));
}
