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
  return {
    inviteSubject: settings.INVITE_SUBJECT ?? (hasCompany ? builtIn.inviteSubjectWithCompany : builtIn.inviteSubject),
    inviteMessage: settings.INVITE_MESSAGE ?? (hasCompany ? builtIn.inviteMessageWithCompany : builtIn.inviteMessage),
    reminderSubject: settings.REMINDER_SUBJECT ?? builtIn.reminderSubject,
    reminderMessage: settings.REMINDER_MESSAGE ?? builtIn.reminderMessage,
  };
}
