/** The form to add candidates: paste them, choose a CSV file, or drop a file onto the form. */
import { html, type TemplateResult } from 'lit';
import * as strings from '../../strings/en/cohort.ts';

export interface SourceOptions {
  isReading: boolean;
  isFileOver: boolean;
  /** Why the last text or file could not be read; empty if it could. */
  problem: string;
  onText(text: string): void;
  onFile(file: File): void;
  onFileOver(isFileOver: boolean): void;
}

export function renderSource(options: SourceOptions): TemplateResult {
  const { isReading, isFileOver, problem, onText, onFile, onFileOver } = options;
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    onText(String(new FormData(event.currentTarget as HTMLFormElement).get('candidates') ?? ''));
  };
  const onChange = ({ currentTarget }: Event) => {
    const input = currentTarget as HTMLInputElement;
    const [file] = input.files ?? [];
    if (file) onFile(file);
    // With a value, the input fires no event if the recruiter chooses the same file again.
    input.value = '';
  };
  const setFileOver = (isOver: boolean) => (event: DragEvent) => {
    event.preventDefault();
    onFileOver(isOver);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    onFileOver(false);
    const [file] = event.dataTransfer?.files ?? [];
    if (file) onFile(file);
  };
  return html`<form
    class="rows ${isFileOver ? 'file-over' : ''}"
    part="source"
    @submit=${onSubmit}
    @dragover=${setFileOver(true)}
    @dragleave=${setFileOver(false)}
    @drop=${onDrop}
  >
    <label><span>${strings.pasteLabel}</span>
      <textarea name="candidates" dir="auto" rows="5" spellcheck="false" autocomplete="off" placeholder=${strings.pastePlaceholder}></textarea></label>
    ${problem ? html`<p class="failed" part="problem">${problem}</p>` : html`<p>${isReading ? strings.readingCandidates : strings.sourceHint}</p>`}
    <div class="actions">
      <button class="primary" part="check-button" type="submit" aria-disabled=${isReading}>${strings.checkCandidates}</button>
      <label class="file"><span>${strings.chooseFile}</span><input type="file" accept=".csv,.tsv,.txt,text/csv,text/plain" @change=${onChange} /></label>
    </div>
  </form>`;
}
