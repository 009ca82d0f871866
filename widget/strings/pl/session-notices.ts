import { html, type TemplateResult } from 'lit';
import type { AtsWriteTexts } from '../en/session-notices.ts';

export function oneAssessmentPerProject({ name, held }: { name: string; held: string }): TemplateResult {
  return html`Tylko jeden test na projekt. <bdi>${name}</bdi> ma już <bdi class="inline">${held}</bdi>.`;
}

export const linkProblem = 'Evalon nie zwrócił działającego linku. Skontaktuj się z działem IT.';
export const linkProblemInviteAgain =
  'Evalon nie zwrócił działającego linku. Zaproś ponownie. Jeśli to też się nie powiedzie, skontaktuj się z działem IT.';

export const statusWriteTexts: AtsWriteTexts = {
  saved: (ats, time) => html`Zapisano status w ${ats}, ${time}`,
  saving: (ats) => html`Zapisywanie statusu w ${ats}…`,
  delayed: {
    rate_limited: (ats) => html`${ats} jest zajęty. Zapis statusu zostanie ponowiony automatycznie.`,
    credentials: (ats) => html`${ats} odmawia dostępu. Skontaktuj się z działem IT.`,
    other: (ats) => html`${ats} nie odpowiada. Zapis statusu zostanie ponowiony automatycznie.`,
  },
  failed: {
    email_differs: (ats, name) =>
      html`Nie zapisano statusu: w ${ats} ${name} ma inny adres e-mail. Sprawdź, czy to ta sama osoba, a potem skontaktuj się z działem IT.`,
    application_missing: (ats) =>
      html`Nie zapisano statusu w ${ats}: zgłoszenie kandydata już tam nie istnieje. Jeśli to błąd, skontaktuj się z działem IT.`,
    credentials: (ats) => html`Nie zapisano statusu: ${ats} odmawia dostępu. Skontaktuj się z działem IT.`,
    refused: (ats) => html`Nie zapisano statusu: ${ats} go odrzucił. Skontaktuj się z działem IT.`,
    unavailable: (ats) =>
      html`Nie zapisano statusu: ${ats} nie odpowiadał przez kilka godzin. Skontaktuj się z działem IT.`,
    rate_limited: (ats) => html`Nie zapisano statusu: ${ats} jest zajęty od kilku dni. Skontaktuj się z działem IT.`,
    not_configured: (ats) => html`Nie zapisano statusu w ${ats}: dział IT wyłączył tę funkcję.`,
    other: (ats) => html`Nie zapisano statusu w ${ats}. Skontaktuj się z działem IT.`,
  },
};

export const linkWriteTexts: AtsWriteTexts = {
  saved: (ats, time) => html`Zapisano link w ${ats}, ${time}. ${ats} wysyła go kandydatowi e-mailem.`,
  saving: (ats) => html`Zapisywanie linku w ${ats}…`,
  delayed: {
    rate_limited: (ats) => html`${ats} jest zajęty i nie ma jeszcze linku. Próba zostanie ponowiona automatycznie.`,
    credentials: (ats) => html`${ats} odmawia dostępu i nie ma jeszcze linku. Skontaktuj się z działem IT.`,
    other: (ats) => html`${ats} nie odpowiada i nie ma jeszcze linku. Próba zostanie ponowiona automatycznie.`,
  },
  failed: {
    email_differs: (ats, name) =>
      html`${ats} nie otrzymał linku: ${name} ma tam inny adres e-mail. Sprawdź, czy to ta sama osoba.`,
    application_missing: (ats) =>
      html`${ats} nie otrzymał linku: zgłoszenie kandydata już tam nie istnieje. Jeśli to błąd, skontaktuj się z działem IT.`,
    credentials: (ats) => html`${ats} nie otrzymał linku: odmowa dostępu. Skontaktuj się z działem IT.`,
    refused: (ats) => html`${ats} odrzucił link. Skontaktuj się z działem IT.`,
    unavailable: (ats) =>
      html`${ats} nie otrzymał linku: brak odpowiedzi przez kilka godzin. Skontaktuj się z działem IT.`,
    rate_limited: (ats) =>
      html`${ats} nie otrzymał linku: system jest zajęty od kilku dni. Skontaktuj się z działem IT.`,
    not_configured: (ats) => html`${ats} nie otrzymał linku: dział IT wyłączył tę funkcję.`,
    other: (ats) => html`${ats} nie otrzymał linku. Skontaktuj się z działem IT.`,
  },
};
