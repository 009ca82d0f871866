/** The recruiter's earlier batches, newest first. */
import { html, nothing, type TemplateResult } from 'lit';
import * as strings from '../../strings/en/cohort.ts';
import { formatTime } from '../../strings/en/time.ts';
import type { Cohort } from '../../sync/cohort.ts';
import { describeCounts } from './describe-batch.ts';

export function renderPastBatches(cohort: Cohort, onOpen: (batchId: string) => void): TemplateResult | typeof nothing {
  if (!cohort.batches?.length) return nothing;
  return html`<div class="rows" part="batches">
    <h3>${strings.pastBatches}</h3>
    ${cohort.batches.map(({ batch_id, created_at, counts }) => {
      const time = formatTime(created_at);
      return html`<div class="head">
        <div><b>${time}</b> <small><bdi>${describeCounts(counts)}</bdi></small></div>
        <button aria-label=${strings.openBatchLabel(time)} @click=${() => onOpen(batch_id)}>${strings.openBatch}</button>
      </div>`;
    })}
    ${cohort.hasMoreBatches ? html`<button part="more-button" @click=${() => cohort.loadMoreBatches()}>${strings.showMore}</button>` : nothing}
  </div>`;
}
