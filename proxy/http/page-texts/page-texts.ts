/** The texts of the proxy's own pages for recruiters, as plain text. */
import type { Locale } from '../../contract/locales.ts';
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

export interface PageTexts {
  /** The page of one result. */
  resultTitle: string;
  needsJavaScript: string;
  /** The sign-in window. */
  signInTitle: string;
  signedIn: string;
  goBack: string;
  oneMoreStep: string;
  /** `{origin}` is the page where the sign-in started. */
  enterCode: string;
  codeWarning: string;
  notSignedIn: string;
  /** A translated sentence above the proxy's error message, which is always in English. Absent in English. */
  signInFailed?: string;
}

export const PAGE_TEXTS: Record<Locale, PageTexts> = { en, de, fr, es, 'pt-BR': ptBr, nl, it, pl, ja, ar, he };
