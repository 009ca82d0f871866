/** The candidate's side of a simulated session, behind a link that nobody can guess. */
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { Html } from '../html.ts';
import type { NetworkConditions } from './network-conditions.ts';
import { type CandidateInfo, type Draft, renderIntroPage, renderMessagePage, renderSectionPage } from './pages.ts';
import { getSections } from './questions/bank.ts';
import type { Section } from './questions/question.ts';
import { isClosed, type SessionLifecycle } from './session-lifecycle.ts';
import type { SessionRepository, SimulatedSession } from './session-repository.ts';

export interface CandidatePagesOptions {
  repository: SessionRepository;
  lifecycle: SessionLifecycle;
  network: NetworkConditions;
  /** The name by which the assessment is offered. */
  getLabel: (sitting: SimulatedSession) => string;
}

const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

const FAREWELLS: Partial<Record<SimulatedSession['status'], [title: string, text: string]>> = {
  expired: [
    'This link has expired',
    'The time to take this assessment is over. Please ask the company that invited you.',
  ],
  declined: [
    'You declined this assessment',
    'Nothing was recorded. If that was a mistake, please tell whoever invited you.',
  ],
};

/** To be mounted at `/take`. */
export function createCandidatePages({
  repository: register,
  lifecycle: life,
  network: fate,
  getLabel: labelOf,
}: CandidatePagesOptions): Router {
  const router = express.Router();
  router.use(express.urlencoded({ extended: false, limit: '64kb' }));

  const withSitting =
    (
      answer: (sitting: SimulatedSession, home: string, request: Request, response: Response) => void,
    ): RequestHandler<{ secret: string }> =>
    (request, response) => {
      response.set(HEADERS);
      const sitting = register.getBySecret(request.params.secret);
      if (!sitting)
        return show(response.status(404), renderMessagePage('Unknown link', 'Please check that it was copied whole.'));
      answer(sitting, `${request.baseUrl}/${sitting.secret}`, request as Request, response);
    };
  const sitter = (sitting: SimulatedSession): CandidateInfo => ({
    name: sitting.candidate_name,
    assessmentLabel: labelOf(sitting),
  });

  router.get(
    '/:secret',
    withSitting((sitting, home, request, response) => {
      if (isClosed(sitting)) return show(response, farewell(sitting));
      const sections = getSections(sitting.assessment_type);
      if (sitting.status === 'started')
        return show(response, renderSectionPage(sitter(sitting), sections, sitting.section, home));
      if (request.method === 'GET') life.open(sitting, fate);
      show(response, renderIntroPage(sitter(sitting), sections, home));
    }),
  );

  router.post(
    '/:secret/start',
    withSitting((sitting, home, _request, response) => {
      life.start(sitting, fate);
      response.redirect(303, home);
    }),
  );

  router.post(
    '/:secret/decline',
    withSitting((sitting, home, _request, response) => {
      if (sitting.status !== 'started') life.end(sitting, 'declined', fate);
      response.redirect(303, home);
    }),
  );

  router.post(
    '/:secret/answers',
    withSitting((sitting, home, request, response) => {
      const body = (request.body ?? {}) as Record<string, unknown>;
      const sections = getSections(sitting.assessment_type);
      const section = sections[sitting.section];
      const isStale = sitting.status !== 'started' || body['section'] !== String(sitting.section);
      if (!section || isStale) return response.redirect(303, home);
      const draft = readAnswers(section, body);
      if (draft.missingIds.size > 0) {
        return show(response.status(422), renderSectionPage(sitter(sitting), sections, sitting.section, home, draft));
      }
      const answered = life.submitSection(sitting, draft.answers, fate);
      response.redirect(303, isClosed(answered) ? `${home}/thanks` : home);
    }),
  );

  router.get(
    '/:secret/thanks',
    withSitting((sitting, home, _request, response) => {
      if (sitting.scorecard === null) return response.redirect(303, home);
      const text =
        'Your answers were handed in. The team that invited you sees the result in a moment; you can close this page.';
      show(response, renderMessagePage(`Thank you, ${sitting.candidate_name}`, text));
    }),
  );

  return router;
}

function farewell(sitting: SimulatedSession): Html {
  const [title, text] = FAREWELLS[sitting.status] ?? [
    'You have already completed this assessment',
    'Your answers were handed in, and each link can be used once. There is nothing left for you to do.',
  ];
  return renderMessagePage(title, text);
}

function readAnswers(section: Section, body: Record<string, unknown>): Draft {
  const answers: Record<string, string> = {};
  const missing = new Set<string>();
  for (const question of section.questions) {
    const value = body[question.id];
    const answer = typeof value === 'string' ? value.trim() : '';
    const isValid =
      question.kind === 'written' ? answer !== '' : /^\d$/.test(answer) && Number(answer) < question.options.length;
    if (isValid) answers[question.id] = answer;
    else missing.add(question.id);
  }
  return { answers, missingIds: missing };
}

function show(response: Response, page: Html): void {
  response.type('html').send(page.markup);
}
