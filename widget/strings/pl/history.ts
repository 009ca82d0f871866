import { html, type TemplateResult } from 'lit';

export const noHistory = 'Nic jeszcze nie zarejestrowano.';
export const resultUpdated = 'Zaktualizowano wynik';
export const completedWithScore = (score: string) => `Ukończono, wynik ogólny ${score}`;
export const updatedWithScore = (score: string) => `Zaktualizowano wynik, wynik ogólny ${score}`;

export const events = {
  invited: 'Zaproszono',
  opened: 'Otwarto link',
  started: 'Rozpoczęto',
  submitted: 'Przesłano odpowiedzi',
  'handover message': 'Skopiowano wiadomość',
  'handover link': 'Skopiowano link',
  'handover mail': 'Otwarto szkic e-maila',
  'reminder message': 'Skopiowano przypomnienie',
  'reminder link': 'Skopiowano link do przypomnienia',
  'reminder mail': 'Otwarto szkic przypomnienia',
  result_read: 'Wyświetlono wynik',
};

export const eventsBy = {
  invited: (recruiter: TemplateResult) => html`Zaproszono: ${recruiter}`,
  'handover message': (recruiter: TemplateResult) => html`Skopiowano wiadomość: ${recruiter}`,
  'handover link': (recruiter: TemplateResult) => html`Skopiowano link: ${recruiter}`,
  'handover mail': (recruiter: TemplateResult) => html`Otwarto szkic e-maila: ${recruiter}`,
  'reminder message': (recruiter: TemplateResult) => html`Skopiowano przypomnienie: ${recruiter}`,
  'reminder link': (recruiter: TemplateResult) => html`Skopiowano link do przypomnienia: ${recruiter}`,
  'reminder mail': (recruiter: TemplateResult) => html`Otwarto szkic przypomnienia: ${recruiter}`,
  result_read: (recruiter: TemplateResult) => html`Wyświetlono wynik: ${recruiter}`,
};
