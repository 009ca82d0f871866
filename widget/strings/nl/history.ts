import { html, type TemplateResult } from 'lit';

export const noHistory = 'Er is nog niets vastgelegd.';
export const historyFailed = 'De geschiedenis kon niet worden geladen.';
export const resultUpdated = 'Resultaat bijgewerkt';
export const completedWithScore = (score: string) => `Afgerond, totaalscore ${score}`;
export const updatedWithScore = (score: string) => `Resultaat bijgewerkt, totaalscore ${score}`;

export const events = {
  invited: 'Uitgenodigd',
  opened: 'Link geopend',
  started: 'Begonnen',
  submitted: 'Antwoorden ingediend',
  'handover message': 'Bericht gekopieerd',
  'handover link': 'Link gekopieerd',
  'handover mail': 'Conceptmail geopend',
  'reminder message': 'Herinnering gekopieerd',
  'reminder link': 'Link gekopieerd voor een herinnering',
  'reminder mail': 'Concept van herinnering geopend',
  result_read: 'Resultaat bekeken',
};

export const eventsBy = {
  invited: (recruiter: TemplateResult) => html`Uitgenodigd door ${recruiter}`,
  'handover message': (recruiter: TemplateResult) => html`Bericht gekopieerd door ${recruiter}`,
  'handover link': (recruiter: TemplateResult) => html`Link gekopieerd door ${recruiter}`,
  'handover mail': (recruiter: TemplateResult) => html`Conceptmail geopend door ${recruiter}`,
  'reminder message': (recruiter: TemplateResult) => html`Herinnering gekopieerd door ${recruiter}`,
  'reminder link': (recruiter: TemplateResult) => html`Link gekopieerd voor een herinnering door ${recruiter}`,
  'reminder mail': (recruiter: TemplateResult) => html`Concept van herinnering geopend door ${recruiter}`,
  result_read: (recruiter: TemplateResult) => html`Resultaat bekeken door ${recruiter}`,
};
