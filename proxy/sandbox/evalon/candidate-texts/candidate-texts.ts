/** The texts of the candidate's pages, as plain text. The questions are in English. */
import type { Locale } from '../../../contract/locales.ts';
import { ar } from './ar.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { he } from './he.ts';
import { it } from './it.ts';
import { ja } from './ja.ts';
import { nl } from './nl.ts';
import { pl } from './pl.ts';
import { ptBr } from './pt-BR.ts';

export interface CandidateTexts {
  heading: (label: string) => string;
  forCandidate: (name: string) => string;
  lead: (questionCount: number, sectionCount: number) => string;
  questionCount: (count: number) => string;
  start: string;
  decline: string;
  progress: (sectionNumber: number, sectionCount: number) => string;
  /** The title of a page with unanswered questions. */
  incompletePageTitle: (pageTitle: string) => string;
  next: string;
  submit: string;
  answerAll: string;
  notAnswered: string;
  thanks: (name: string) => string;
  thanksText: string;
  expired: string;
  expiredText: string;
  declined: string;
  declinedText: string;
  completed: string;
  completedText: string;
  unknown: string;
  unknownText: string;
  simulated: string;
  footer: string;
}

export const CANDIDATE_TEXTS: Record<Locale, CandidateTexts> = {
  en,
  de,
  fr,
  es,
  'pt-BR': ptBr,
  nl,
  it,
  pl,
  ja,
  ar,
  he,
};
