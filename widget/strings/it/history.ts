import { html, type TemplateResult } from 'lit';

export const noHistory = 'Non è stato ancora registrato nulla.';
export const historyFailed = 'Impossibile caricare la cronologia.';
export const resultUpdated = 'Risultato aggiornato';
export const completedWithScore = (score: string) => `Completata, punteggio complessivo ${score}`;
export const updatedWithScore = (score: string) => `Risultato aggiornato, punteggio complessivo ${score}`;

export const events = {
  invited: 'Invito creato',
  opened: 'Link aperto',
  started: 'Iniziata',
  submitted: 'Risposte inviate',
  'handover message': 'Messaggio copiato',
  'handover link': 'Link copiato',
  'handover mail': 'Bozza di e-mail aperta',
  'reminder message': 'Promemoria copiato',
  'reminder link': 'Link copiato per un promemoria',
  'reminder mail': 'Bozza di promemoria aperta',
  result_read: 'Risultato visualizzato',
};

export const eventsBy = {
  invited: (recruiter: TemplateResult) => html`Invito di ${recruiter}`,
  'handover message': (recruiter: TemplateResult) => html`Messaggio copiato da ${recruiter}`,
  'handover link': (recruiter: TemplateResult) => html`Link copiato da ${recruiter}`,
  'handover mail': (recruiter: TemplateResult) => html`Bozza di e-mail aperta da ${recruiter}`,
  'reminder message': (recruiter: TemplateResult) => html`Promemoria copiato da ${recruiter}`,
  'reminder link': (recruiter: TemplateResult) => html`Link copiato per un promemoria da ${recruiter}`,
  'reminder mail': (recruiter: TemplateResult) => html`Bozza di promemoria aperta da ${recruiter}`,
  result_read: (recruiter: TemplateResult) => html`Risultato visualizzato da ${recruiter}`,
};
