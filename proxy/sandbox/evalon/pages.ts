/** What the candidate sees: an introduction, one page a section, a farewell. Plain forms, so that no script is needed. */
import { type Html, type HtmlValue, html } from '../html.ts';
import type { Question, Section } from './questions/question.ts';

export const CANDIDATE_STYLES_PATH = '/sandbox/candidate.css';

export interface CandidateInfo {
  readonly name: string;
  readonly assessmentLabel: string;
}

/** What was sent back incomplete: the answers so far, and which questions lack one. */
export interface Draft {
  readonly answers: Readonly<Record<string, string>>;
  readonly missingIds: ReadonlySet<string>;
}

export function renderIntroPage(sitter: CandidateInfo, sections: readonly Section[], action: string): Html {
  const questions = sections.reduce((count, section) => count + section.questions.length, 0);
  return page(
    `${sitter.assessmentLabel} assessment`,
    html`<p class="eyebrow">Assessment for ${sitter.name}</p>
      <h1>${sitter.assessmentLabel}</h1>
      <p class="lead">${questions} short questions in ${sections.length} sections, about four minutes. There are no trick
        questions: answer as you would on an ordinary working day.</p>
      <ol class="outline">
        ${sections.map(({ name, questions }) => html`<li><strong>${name}</strong> <span>${questions.length} questions</span></li>`)}
      </ol>
      <div class="actions">
        <form method="post" action="${action}/start"><button class="primary">Start the assessment</button></form>
        <form method="post" action="${action}/decline"><button class="quiet">I do not want to take part</button></form>
      </div>`,
  );
}

export function renderSectionPage(
  sitter: CandidateInfo,
  sections: readonly Section[],
  index: number,
  action: string,
  draft: Draft = { answers: {}, missingIds: new Set() },
): Html {
  const section = sections[index];
  if (!section) return renderMessagePage('Nothing to answer', 'This section does not exist.');
  const isLast = index === sections.length - 1;
  const title = `${draft.missingIds.size ? 'Not complete: ' : ''}${section.name}, section ${index + 1} of ${sections.length}`;
  return page(
    title,
    html`<p class="eyebrow" id="progress-label">${sitter.assessmentLabel} · section ${index + 1} of ${sections.length}</p>
      <progress aria-labelledby="progress-label" max="${sections.length}" value="${index}"></progress>
      <h1>${section.name}</h1>
      <p class="lead">${section.intro}</p>
      ${draft.missingIds.size > 0 && faults(section, draft)}
      <form method="post" action="${action}/answers">
        <input type="hidden" name="section" value="${index}">
        ${section.questions.map((question) => field(question, draft))}
        <div class="actions"><button class="primary">${isLast ? 'Submit my answers' : 'Continue'}</button></div>
      </form>`,
  );
}

export function renderMessagePage(title: string, ...paragraphs: HtmlValue[]): Html {
  return page(title, html`<h1>${title}</h1>${paragraphs.map((paragraph) => html`<p class="lead">${paragraph}</p>`)}`);
}

function faults(section: Section, { missingIds: missing }: Draft): Html {
  return html`<div class="faults" role="alert">
    <p><strong>Please answer every question.</strong> Still open:</p>
    <ul>${section.questions
      .filter(({ id }) => missing.has(id))
      .map(({ id, prompt }) => html`<li><a href="#${id}">${prompt}</a></li>`)}</ul>
  </div>`;
}

function field(question: Question, { answers, missingIds: missing }: Draft): Html {
  const { id, prompt } = question;
  const answer = answers[id] ?? '';
  const isMissing = missing.has(id);
  if (question.kind === 'written') {
    return html`<div class="question${isMissing && ' missing'}">
      <label class="prompt" for="${id}">${prompt}</label>
      <p class="hint" id="${id}-hint">${question.hint}</p>
      <textarea id="${id}" name="${id}" rows="5" maxlength="2000" required aria-describedby="${id}-hint"
        ${isMissing && html`aria-invalid="true"`}>${answer}</textarea>
    </div>`;
  }
  return html`<fieldset class="question${isMissing && ' missing'}" id="${id}" tabindex="-1">
    <legend class="prompt">${prompt}</legend>
    ${question.options.map(
      ({ text }, index) => html`<label class="option">
        <input type="radio" name="${id}" value="${index}" required ${answer === String(index) && html`checked`}>
        <span>${text}</span>
      </label>`,
    )}
  </fieldset>`;
}

function page(title: string, content: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="robots" content="noindex">
  <meta name="color-scheme" content="light dark">
  <title>${title} · Evalon (simulated)</title>
  <link rel="stylesheet" href="${CANDIDATE_STYLES_PATH}">
</head>
<body>
  <header><span class="wordmark">Evalon</span> <span class="tag">simulated · sandbox</span></header>
  <main>${content}</main>
  <footer>A rehearsal: nothing leaves this machine, and the result is about a demo candidate.</footer>
</body>
</html>`;
}
