/** The candidate's side of a simulated session, behind an unguessable link. */
import express, { type RequestHandler, type Response, type Router } from 'express';
import { findFirstLocale, type Locale } from '../../contract/locales.ts';
import type { Html } from '../html.ts';
import {
  type CandidateInfo,
  type Draft,
  renderIntroPage,
  renderMessagePage,
  renderSectionPage,
} from './candidate-pages.ts';
import { getSections } from './questions/bank.ts';
import type { Section } from './questions/question.ts';
import { isClosed, type SessionLifecycle } from './session-lifecycle.ts';
import type { SessionRepository, SimulatedSession } from './session-repository.ts';

export interface CandidateRoutesOptions {
  repository: SessionRepository;
  lifecycle: SessionLifecycle;
  /** Returns the name of the assessment as the candidate reads it. */
  getLabel: (session: SimulatedSession) => string;
}

const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

/** Mount at `/take`. */
export function createCandidateRoutes({ repository, lifecycle, getLabel }: CandidateRoutesOptions): Router {
  const router = express.Router();
  router.use(express.urlencoded({ extended: false, limit: '64kb' }));

  type Handler = (
    session: SimulatedSession,
    sessionPath: string,
    response: Response,
    form: Record<string, unknown>,
  ) => void;
  const withSession =
    (handler: Handler): RequestHandler<{ linkToken: string }> =>
    ({ params, baseUrl, body }, response) => {
      response.set(HEADERS);
      const session = repository.getByLinkToken(params.linkToken);
      if (session) handler(session, `${baseUrl}/${session.link_token}`, response, body ?? {});
      else send(response.status(404), renderMessagePage(getLocale(response), 'unknown'));
    };
  const describeCandidate = (session: SimulatedSession, response: Response): CandidateInfo => ({
    name: session.candidate_name,
    assessmentLabel: getLabel(session),
    locale: getLocale(response),
  });

  router.get(
    '/:linkToken',
    withSession((session, sessionPath, response) => {
      if (isClosed(session)) return send(response, renderMessagePage(getLocale(response), getClosedMessage(session)));
      const sections = getSections(session.assessment_type);
      if (session.status === 'started') {
        return send(
          response,
          renderSectionPage(describeCandidate(session, response), sections, session.section, sessionPath),
        );
      }
      // A HEAD request comes from a link preview, not from the candidate.
      if (response.req.method === 'GET') lifecycle.open(session);
      send(response, renderIntroPage(describeCandidate(session, response), sections, sessionPath));
    }),
  );

  router.post(
    '/:linkToken/start',
    withSession((session, sessionPath, response) => {
      lifecycle.start(session);
      response.redirect(303, sessionPath);
    }),
  );

  router.post(
    '/:linkToken/decline',
    withSession((session, sessionPath, response) => {
      if (session.status !== 'started') lifecycle.end(session, 'declined');
      response.redirect(303, sessionPath);
    }),
  );

  router.post(
    '/:linkToken/answers',
    withSession((session, sessionPath, response, form) => {
      const sections = getSections(session.assessment_type);
      const section = sections[session.section];
      const isStale = session.status !== 'started' || form['section'] !== String(session.section);
      if (!section || isStale) return response.redirect(303, sessionPath);
      const draft = parseAnswers(section, form);
      if (draft.unansweredIds.size > 0) {
        return send(
          response.status(422),
          renderSectionPage(describeCandidate(session, response), sections, session.section, sessionPath, draft),
        );
      }
      const answered = lifecycle.submitSection(session, draft.answers);
      response.redirect(303, isClosed(answered) ? `${sessionPath}/thanks` : sessionPath);
    }),
  );

  router.get(
    '/:linkToken/thanks',
    withSession((session, sessionPath, response) => {
      // A submission stores the scorecard at once. So without a scorecard, the session was not submitted.
      if (session.scorecard === null) return response.redirect(303, sessionPath);
      send(response, renderMessagePage(getLocale(response), 'thanks', session.candidate_name));
    }),
  );

  return router;
}

/** Returns the language of the candidate's browser. */
function getLocale({ req }: Response): Locale {
  return findFirstLocale(req.acceptsLanguages()) ?? 'en';
}

function getClosedMessage({ status }: SimulatedSession): 'expired' | 'declined' | 'completed' {
  return status === 'expired' || status === 'declined' ? status : 'completed';
}

function parseAnswers(section: Section, form: Record<string, unknown>): Draft {
  const answers: Record<string, string> = {};
  const unansweredIds = new Set<string>();
  for (const question of section.questions) {
    const value = form[question.id];
    const answer = typeof value === 'string' ? value.trim() : '';
    const isValid =
      question.kind === 'written' ? answer !== '' : /^\d$/.test(answer) && Number(answer) < question.options.length;
    if (isValid) answers[question.id] = answer;
    else unansweredIds.add(question.id);
  }
  return { answers, unansweredIds };
}

function send(response: Response, page: Html): void {
  response.vary('accept-language').set('content-language', getLocale(response));
  response.type('html').send(page.markup);
}
