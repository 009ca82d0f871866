import { html, type TemplateResult } from 'lit';

export const noHistory = 'Nic jeszcze nie zarejestrowano.';
export const historyFailed = 'Nie udało się załadować historii.';
export const resultUpdated = 'Zaktualizowano wynik';
export const completedWithScore = (score: string) => `Ukończono, wynik ogólny ${score}`;
export const updatedWithScore = (score: string) => `Zaktualizowano, wynik ogólny ${score}`;

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
  invited: (recruiter: TemplateResult) => html`Zaproszenie od: ${recruiter}`,
  'handover message': (recruiter: TemplateResult) => html`Wiadomość skopiowana przez: ${recruiter}`,
  'handover link': (recruiter: TemplateResult) => html`Link skopiowany przez: ${recruiter}`,
  'handover mail': (recruiter: TemplateResult) => html`Szkic e-maila otwarty przez: ${recruiter}`,
  'reminder message': (recruiter: TemplateResult) => html`Przypomnienie skopiowane przez: ${recruiter}`,
  'reminder link': (recruiter: TemplateResult) => html`Link do przypomnienia skopiowany przez: ${recruiter}`,
  'reminder mail': (recruiter: TemplateResult) => html`Szkic przypomnienia otwarty przez: ${recruiter}`,
  result_read: (recruiter: TemplateResult) => html`Wynik wyświetlony przez: ${recruiter}`,
};
