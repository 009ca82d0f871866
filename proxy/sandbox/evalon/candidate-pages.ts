/** The candidate's pages: an introduction, one page per section, a message at the end. Plain forms without scripts. */
import { type Html, type HtmlValue, html } from '../html.ts';
import type { Question, Section } from './questions/question.ts';

const STYLES_PATH = '/sandbox/candidate.css';

export interface CandidateInfo {
  readonly name: string;
  readonly assessmentLabel: string;
}

/** An incomplete form: the answers so far and the unanswered questions. */
export interface Draft {
  readonly answers: Readonly<Record<string, string>>;
  readonly missingIds: ReadonlySet<string>;
}

const EMPTY_DRAFT: Draft = { answers: {}, missingIds: new Set() };

export function renderIntroPage(candidate: CandidateInfo, sections: readonly Section[], action: string): Html {
  const questionCount = sections.reduce((count, section) => count + section.questions.length, 0);
  return renderPage(
    `${candidate.assessmentLabel} assessment`,
    html`<p class="eyebrow">Assessment for ${candidate.name}</p>
      <h1>${candidate.assessmentLabel}</h1>
      <p class="lead">${questionCount} short questions in ${sections.length} sections, about four minutes. There are no
        trick questions. Answer as you would on an ordinary working day.</p>
      <ol class="outline">
        ${sections.map(({ name, questions }) => html`<li><strong>${name}</strong> <span>${questions.length} questions</span></li>`)}
      </ol>
      <div class="actions">
        <form method="post" action="${action}/start"><button class="primary">Start the assessment</button></form>
        <form method="post" action="${action}/decline"><button class="quiet">Decline</button></form>
      </div>`,
  );
}

export function renderSectionPage(
  candidate: CandidateInfo,
  sections: readonly Section[],
  index: number,
  action: string,
  draft: Draft = EMPTY_DRAFT,
): Html {
  const section = sections[index];
  if (!section) return renderMessagePage('No questions', 'This section does not exist.');
  const isLast = index === sections.length - 1;
  const progress = `section ${index + 1} of ${sections.length}`;
  const isIncomplete = draft.missingIds.size > 0;
  return renderPage(
    `${isIncomplete ? 'Incomplete: ' : ''}${section.name}, ${progress}`,
    html`<p class="eyebrow" id="progress-label">${candidate.assessmentLabel} · ${progress}</p>
      <progress aria-labelledby="progress-label" max="${sections.length}" value="${index}"></progress>
      <h1>${section.name}</h1>
      <p class="lead">${section.intro}</p>
      ${isIncomplete && renderErrors(section, draft)}
      <form method="post" action="${action}/answers">
        <input type="hidden" name="section" value="${index}">
        ${section.questions.map((question) => renderQuestion(question, draft))}
        <div class="actions"><button class="primary">${isLast ? 'Submit answers' : 'Continue'}</button></div>
      </form>`,
  );
}

export function renderMessagePage(title: string, text: string): Html {
  return renderPage(title, html`<h1>${title}</h1><p class="lead">${text}</p>`);
}

function renderErrors(section: Section, { missingIds }: Draft): Html {
  return html`<div class="errors" role="alert">
    <p><strong>Answer every question to continue.</strong> Not answered yet:</p>
    <ul>${section.questions
      .filter(({ id }) => missingIds.has(id))
      .map(({ id, prompt }) => html`<li><a href="#${id}">${prompt}</a></li>`)}</ul>
  </div>`;
}

function renderQuestion(question: Question, { answers, missingIds }: Draft): Html {
  const { id, prompt } = question;
  const answer = answers[id] ?? '';
  const isMissing = missingIds.has(id);
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

function renderPage(title: string, content: HtmlValue): Html {
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="robots" content="noindex">
  <meta name="color-scheme" content="light dark">
  <title>${title} · Evalon (simulated)</title>
  <link rel="stylesheet" href="${STYLES_PATH}">
</head>
<body>
  <header><span class="wordmark">Evalon</span> <span class="tag">simulated · sandbox</span></header>
  <main>${content}</main>
  <footer>This is a demo. No data leaves this machine.</footer>
</body>
</html>`;
}
