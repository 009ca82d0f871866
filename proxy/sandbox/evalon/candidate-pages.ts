/** The candidate's pages: an introduction, one page per section, a message at the end. Plain forms without scripts. */
import { getDirection, type Locale } from '../../contract/locales.ts';
import { type Html, type HtmlValue, html } from '../html.ts';
import { CANDIDATE_TEXTS, type CandidateTexts } from './candidate-texts/candidate-texts.ts';
import type { Question, Section } from './questions/question.ts';

const STYLES_PATH = '/sandbox/candidate.css';

export interface CandidateInfo {
  readonly name: string;
  readonly assessmentLabel: string;
  /** The language of the page. The questions are in English. */
  readonly locale: Locale;
}

/** An incomplete form: the answers so far and the unanswered questions. */
export interface Draft {
  readonly answers: Readonly<Record<string, string>>;
  readonly unansweredIds: ReadonlySet<string>;
}

const EMPTY_DRAFT: Draft = { answers: {}, unansweredIds: new Set() };

/** @param sessionPath the path of the session's pages. The forms post to paths below it. */
export function renderIntroPage(
  { name, assessmentLabel, locale }: CandidateInfo,
  sections: readonly Section[],
  sessionPath: string,
): Html {
  const texts = CANDIDATE_TEXTS[locale];
  const questionCount = sections.reduce((count, section) => count + section.questions.length, 0);
  return renderPage(
    locale,
    texts.heading(assessmentLabel),
    html`<p class="eyebrow">${texts.forCandidate(name)}</p>
      <h1>${assessmentLabel}</h1>
      <p class="lead">${texts.lead(questionCount, sections.length)}</p>
      <ol class="outline">
        ${sections.map(
          (section) =>
            html`<li><strong lang="en">${section.name}</strong> <span>${texts.questionCount(section.questions.length)}</span></li>`,
        )}
      </ol>
      <div class="actions">
        <form method="post" action="${sessionPath}/start"><button class="primary">${texts.start}</button></form>
        <form method="post" action="${sessionPath}/decline"><button class="quiet">${texts.decline}</button></form>
      </div>`,
  );
}

export function renderSectionPage(
  { assessmentLabel, locale }: CandidateInfo,
  sections: readonly Section[],
  index: number,
  sessionPath: string,
  draft: Draft = EMPTY_DRAFT,
): Html {
  const section = sections[index];
  if (!section) return renderMessagePage(locale, 'unknown');
  const texts = CANDIDATE_TEXTS[locale];
  const isLast = index === sections.length - 1;
  const progress = texts.progress(index + 1, sections.length);
  const isIncomplete = draft.unansweredIds.size > 0;
  const title = `${section.name}, ${progress}`;
  return renderPage(
    locale,
    isIncomplete ? texts.incompletePageTitle(title) : title,
    html`<p class="eyebrow" id="progress-label">${assessmentLabel} · ${progress}</p>
      <progress aria-labelledby="progress-label" max="${sections.length}" value="${index}"></progress>
      <div lang="en" dir="ltr"><h1>${section.name}</h1>
      <p class="lead">${section.intro}</p></div>
      ${isIncomplete && renderErrors(section, draft, texts)}
      <form method="post" action="${sessionPath}/answers">
        <input type="hidden" name="section" value="${index}">
        <div lang="en" dir="ltr">${section.questions.map((question) => renderQuestion(question, draft))}</div>
        <div class="actions"><button class="primary">${isLast ? texts.submit : texts.next}</button></div>
      </form>`,
  );
}

/** Renders a page without a form that explains the session's state. */
export function renderMessagePage(
  locale: Locale,
  message: 'expired' | 'declined' | 'completed' | 'unknown' | 'thanks',
  name = '',
): Html {
  const texts = CANDIDATE_TEXTS[locale];
  const title = message === 'thanks' ? texts.thanks(name) : texts[message];
  return renderPage(locale, title, html`<h1>${title}</h1><p class="lead">${texts[`${message}Text`]}</p>`);
}

function renderErrors(section: Section, { unansweredIds }: Draft, texts: CandidateTexts): Html {
  return html`<div class="errors" role="alert">
    <p><strong>${texts.answerAll}</strong> ${texts.notAnswered}</p>
    <ul>${section.questions
      .filter(({ id }) => unansweredIds.has(id))
      .map(({ id, prompt }) => html`<li><a href="#${id}" lang="en" dir="ltr">${prompt}</a></li>`)}</ul>
  </div>`;
}

function renderQuestion(question: Question, { answers, unansweredIds }: Draft): Html {
  const { id, prompt } = question;
  const answer = answers[id] ?? '';
  const isUnanswered = unansweredIds.has(id);
  if (question.kind === 'written') {
    return html`<div class="question${isUnanswered && ' unanswered'}">
      <label class="prompt" for="${id}">${prompt}</label>
      <p class="hint" id="${id}-hint">${question.hint}</p>
      <textarea id="${id}" name="${id}" rows="5" maxlength="2000" required aria-describedby="${id}-hint"
        ${isUnanswered && html`aria-invalid="true"`}>${answer}</textarea>
    </div>`;
  }
  return html`<fieldset class="question${isUnanswered && ' unanswered'}" id="${id}" tabindex="-1">
    <legend class="prompt">${prompt}</legend>
    ${question.options.map(
      ({ text }, index) => html`<label class="option">
        <input type="radio" name="${id}" value="${index}" required ${answer === String(index) && html`checked`}>
        <span>${text}</span>
      </label>`,
    )}
  </fieldset>`;
}

function renderPage(locale: Locale, title: string, content: HtmlValue): Html {
  const { simulated, footer } = CANDIDATE_TEXTS[locale];
  return html`<!doctype html>
<html lang="${locale}" dir="${getDirection(locale)}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="robots" content="noindex">
  <meta name="color-scheme" content="light dark">
  <title>${title} · Evalon (${simulated})</title>
  <link rel="stylesheet" href="${STYLES_PATH}">
</head>
<body>
  <header><span class="wordmark">Evalon</span> <span class="tag">${simulated} · sandbox</span></header>
  <main>${content}</main>
  <footer>${footer}</footer>
</body>
</html>`;
}
