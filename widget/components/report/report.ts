/** What a recruiter does with a result: unfolds its questions, sees where it stands, copies it, prints it. */
import { html, type TemplateResult } from 'lit/html.js';
import type { Question } from '../../../proxy/contract/scorecard.ts';
import type { Result, Session } from '../../api/parse.ts';
import { about } from '../../strings/en/common.ts';
import * as say from '../../strings/en/report.ts';
import type { Connection } from '../../sync/connection.ts';
import type { copyButton } from '../copy-button.ts';
import { dress } from './adopt-styles.ts';
import { standingOf } from './percentile.ts';
import { print } from './print.ts';
import { questions } from './questions.ts';
import { text } from './to-text.ts';

export { copyByHand } from './clipboard-fallback.ts';

interface Extras {
  standing: TemplateResult | undefined;
  questions: (questions: Question[]) => TemplateResult;
  actions: TemplateResult;
}

/** What a result gets in `root` beyond its figures. `copy` is handed in, because the module that makes it loads this one. */
export function extrasOf(
  connection: Connection,
  root: ShadowRoot,
  session: Session,
  label: string,
  card: Result,
  copy: typeof copyButton,
): Extras {
  dress(root);
  const { overall, sections, narrative } = card;
  const standing = standingOf(connection, session, card);
  const whose = say.titleOf(session, label);
  return {
    questions,
    standing: standing ? html`<p part="standing">${standing}</p>` : undefined,
    actions:
      overall === undefined && !sections.length && !narrative
        ? html`<p>${say.empty}</p>`
        : html`${copy(say.copySummary, whose, text(session, label, card, standing))}
      <button
        part="print-button"
        aria-label=${about(say.print, whose)}
        @click=${() => print(root.host, session, label, card, standing)}
      >${say.print}</button>`,
  };
}
