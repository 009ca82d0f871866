import { html, type TemplateResult } from 'lit';

export const noHistory = 'Es gibt noch keine Einträge.';
export const historyFailed = 'Der Verlauf konnte nicht geladen werden.';
export const resultUpdated = 'Ergebnis aktualisiert';
export const completedWithScore = (score: string) => `Abgeschlossen, Gesamtergebnis ${score}`;
export const updatedWithScore = (score: string) => `Ergebnis aktualisiert, Gesamtergebnis ${score}`;

export const events = {
  invited: 'Eingeladen',
  opened: 'Link geöffnet',
  started: 'Begonnen',
  submitted: 'Antworten eingereicht',
  'handover message': 'Nachricht kopiert',
  'handover link': 'Link kopiert',
  'handover mail': 'E-Mail-Entwurf geöffnet',
  'reminder message': 'Erinnerung kopiert',
  'reminder link': 'Link für eine Erinnerung kopiert',
  'reminder mail': 'Entwurf einer Erinnerung geöffnet',
  result_read: 'Ergebnis angesehen',
};

export const eventsBy = {
  invited: (recruiter: TemplateResult) => html`Eingeladen von ${recruiter}`,
  'handover message': (recruiter: TemplateResult) => html`Nachricht kopiert von ${recruiter}`,
  'handover link': (recruiter: TemplateResult) => html`Link kopiert von ${recruiter}`,
  'handover mail': (recruiter: TemplateResult) => html`E-Mail-Entwurf geöffnet von ${recruiter}`,
  'reminder message': (recruiter: TemplateResult) => html`Erinnerung kopiert von ${recruiter}`,
  'reminder link': (recruiter: TemplateResult) => html`Link für eine Erinnerung kopiert von ${recruiter}`,
  'reminder mail': (recruiter: TemplateResult) => html`Entwurf einer Erinnerung geöffnet von ${recruiter}`,
  result_read: (recruiter: TemplateResult) => html`Ergebnis angesehen von ${recruiter}`,
};
