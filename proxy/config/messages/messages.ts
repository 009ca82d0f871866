/** The texts that recruiters pass on to candidates, with placeholders that the widget fills. */
import type { Locale } from '../../contract/locales.ts';
import type { Settings } from '../settings.ts';
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

export interface MessageTemplates {
  inviteSubject: string;
  inviteMessage: string;
  reminderSubject: string;
  reminderMessage: string;
}

/** The built-in texts of a language. */
export interface BuiltInMessages extends MessageTemplates {
  /** In place of `inviteSubject` and `inviteMessage` if the name of the company is known. */
  inviteSubjectWithCompany: string;
  inviteMessageWithCompany: string;
}

export interface MessageConfig {
  templates: Record<Locale, MessageTemplates>;
  companyName?: string;
  /** A text or an https URL that is added to every message. */
  notice?: string;
}

const ISOLATE_START = '\u2068';
const ISOLATE_END = '\u2069';
const RIGHT_TO_LEFT_LETTER = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
/** Every placeholder but `{link}`: a mail program could take an isolate character after a link for part of the link. */
const ISOLATED_PLACEHOLDER = /\{(?!link\})[a-z_]+\}/g;

const BUILT_IN: Record<Locale, BuiltInMessages> = { en, de, fr, es, 'pt-BR': ptBr, nl, it, pl, ja, ar, he };

/** IT's texts replace the built-in ones in every language. */
export function buildMessages(settings: Settings): MessageConfig {
  const { COMPANY_NAME: companyName, CANDIDATE_NOTICE: notice } = settings;
  const templates = Object.entries(BUILT_IN).map(([locale, builtIn]) => [locale, buildTemplates(settings, builtIn)]);
  return {
    templates: Object.fromEntries(templates),
    ...(companyName && { companyName }),
    ...(notice && { notice }),
  };
}

function buildTemplates(settings: Settings, builtIn: BuiltInMessages): MessageTemplates {
  const hasCompany = settings.COMPANY_NAME !== undefined;
  const inviteSubject = hasCompany ? builtIn.inviteSubjectWithCompany : builtIn.inviteSubject;
  const inviteMessage = hasCompany ? builtIn.inviteMessageWithCompany : builtIn.inviteMessage;
  return {
    inviteSubject: isolatePlaceholders(settings.INVITE_SUBJECT ?? inviteSubject),
    inviteMessage: isolatePlaceholders(settings.INVITE_MESSAGE ?? inviteMessage),
    reminderSubject: isolatePlaceholders(settings.REMINDER_SUBJECT ?? builtIn.reminderSubject),
    reminderMessage: isolatePlaceholders(settings.REMINDER_MESSAGE ?? builtIn.reminderMessage),
  };
}

/**
 * Puts directional isolates around the placeholders of a right-to-left text. Without them, the full stop of
 * "Example Inc." would be on the wrong side.
 */
function isolatePlaceholders(text: string): string {
  return RIGHT_TO_LEFT_LETTER.test(text)
    ? text.replace(ISOLATED_PLACEHOLDER, `${ISOLATE_START}$&${ISOLATE_END}`)
    : text;
}
