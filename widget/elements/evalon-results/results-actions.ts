/** The row count and the buttons below the table. */
import { html, nothing, type TemplateResult } from 'lit';
import { renderProblemText } from '../../components/problem.ts';
import * as strings from '../../strings/en/results.ts';
import type { Results } from '../../sync/results.ts';
import type { CsvExporter } from './csv-exporter.ts';
import { MAX_COMPARED } from './results-table.ts';

export interface ActionsOptions {
  /** Whether the recruiter has selected enough results to compare them. */
  canCompare: boolean;
  exporter: CsvExporter;
  onCompare(): void;
  onExport(): void;
  onPrint(): void;
}

export function renderActions(results: Results, options: ActionsOptions): TemplateResult {
  const { exporter } = options;
  return html`<div class="actions">
    <p part="count">${strings.shownCount({ count: results.rows.length, hasMore: results.hasMore })}</p>
    ${results.hasMore ? html`<button part="more-button" @click=${() => results.loadMore()}>${strings.showMore}</button>` : nothing}
    ${results.config?.comparison ? renderCompareButton(options) : nothing}
    ${exporter.exportedCount === undefined ? renderOutputButtons(options) : renderProgress(exporter, exporter.exportedCount)}
    ${exporter.problem ? renderProblemText(exporter.problem) : nothing}
  </div>`;
}

function renderCompareButton({ canCompare, onCompare }: ActionsOptions): TemplateResult {
  const hint = canCompare ? nothing : strings.compareHint(MAX_COMPARED);
  return html`<button part="compare-button" aria-disabled=${!canCompare} title=${hint} @click=${() => canCompare && onCompare()}>${strings.compare}</button>`;
}

function renderOutputButtons({ onExport, onPrint }: ActionsOptions): TemplateResult {
  return html`<button part="csv-button" @click=${onExport}>${strings.exportCsv}</button>
    <button part="print-button" @click=${onPrint}>${strings.printList}</button>`;
}

function renderProgress(exporter: CsvExporter, exportedCount: number): TemplateResult {
  return html`<button part="cancel-button" @click=${() => exporter.cancel()}>${strings.cancelExport}</button>
    <span part="progress">${strings.exportProgress(exportedCount)}</span>`;
}
