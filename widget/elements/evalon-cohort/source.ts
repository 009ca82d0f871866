/** The form with which the recruiter adds candidates: a paste, a CSV file, or a file that is dropped on it. */
import { html, type TemplateResult } from 'lit';
import * as strings from '../../strings/en/cohort.ts';

export interface SourceOptions {
  isReading: boolean;
  /** Whether a file is dragged over the form. */
  isDropping: boolean;
  /** Why the last list could not be read. */
  problem: string;
  onText(text: string): void;
  onFile(file: File): void;
  onDrag(isDropping: boolean): void;
}

export function renderSource(options: SourceOptions): TemplateResult {
  const { isReading, isDropping, problem, onText, onFile, onDrag } = options;
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    onText(String(new FormData(event.currentTarget as HTMLFormElement).get('candidates') ?? ''));
  };
  const onChange = ({ currentTarget }: Event) => {
    const input = currentTarget as HTMLInputElement;
    const [file] = input.files ?? [];
    if (file) onFile(file);
    // The same file can be chosen again.
    input.value = '';
  };
  const setDropping = (isOver: boolean) => (event: DragEvent) => {
    event.preventDefault();
    onDrag(isOver);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    onDrag(false);
    const [file] = event.dataTransfer?.files ?? [];
    if (file) onFile(file);
  };
  return html`<form
    class="rows ${isDropping ? 'dropping' : ''}"
    part="source"
    @submit=${onSubmit}
    @dragover=${setDropping(true)}
    @dragleave=${setDropping(false)}
    @drop=${onDrop}
  >
    <label><span>${strings.pasteLabel}</span>
      <textarea name="candidates" rows="5" spellcheck="false" autocomplete="off" placeholder=${strings.pastePlaceholder}></textarea></label>
    ${problem ? html`<p class="failed" part="problem">${problem}</p>` : html`<p>${isReading ? strings.readingCandidates : strings.sourceHint}</p>`}
    <div class="actions">
      <button class="primary" part="check-button" type="submit" aria-disabled=${isReading}>${strings.checkCandidates}</button>
      <label class="file"><span>${strings.chooseFile}</span><input type="file" accept=".csv,.tsv,.txt,text/csv,text/plain" @change=${onChange} /></label>
    </div>
  </form>`;
}
