import { html, type TemplateResult } from 'lit';
import type { AtsWriteTexts } from '../en/session-notices.ts';

export function oneAssessmentPerProject({ name, held }: { name: string; held: string }): TemplateResult {
  return html`Apenas uma avaliação por projeto. <bdi>${name}</bdi> já tem <bdi class="end">${held}</bdi>.`;
}

export const linkProblem = 'A Evalon não retornou um link utilizável. Fale com a TI.';
export const linkProblemInviteAgain =
  'A Evalon não retornou um link utilizável. Convide novamente. Se falhar de novo, fale com a TI.';

export const newsWrite: AtsWriteTexts = {
  saved: (ats, time) => html`Salvo no ${ats}, ${time}`,
  saving: (ats) => html`Salvando no ${ats}…`,
  delayed: {
    rate_limited: (ats) => html`${ats} está ocupado. O salvamento será repetido automaticamente.`,
    credentials: (ats) => html`${ats} está recusando o acesso. Fale com a TI.`,
    other: (ats) => html`${ats} não está respondendo. O salvamento será repetido automaticamente.`,
  },
  failed: {
    email_differs: (ats, name) =>
      html`Não salvo no ${ats}: ${name} tem outro e-mail lá. Verifique se é a mesma pessoa e fale com a TI.`,
    application_missing: (ats) =>
      html`Não salvo no ${ats}: a candidatura não existe mais lá. Se for um erro, fale com a TI.`,
    credentials: (ats) => html`Não salvo no ${ats}: o acesso foi recusado. Fale com a TI.`,
    refused: (ats) => html`Não salvo no ${ats}: a entrada foi recusada. Fale com a TI.`,
    unavailable: (ats) => html`Não salvo no ${ats}: não respondeu por várias horas. Fale com a TI.`,
    rate_limited: (ats) => html`Não salvo no ${ats}: está ocupado há dias. Fale com a TI.`,
    not_configured: (ats) => html`Não salvo no ${ats}: a TI desativou esta opção.`,
    other: (ats) => html`Não salvo no ${ats}. Fale com a TI.`,
  },
};

export const linkWrite: AtsWriteTexts = {
  saved: (ats, time) => html`Link salvo no ${ats}, ${time}`,
  saving: (ats) => html`Salvando o link no ${ats}…`,
  delayed: {
    rate_limited: (ats) => html`${ats} está ocupado e ainda não tem o link. A tentativa será repetida automaticamente.`,
    credentials: (ats) => html`${ats} está recusando o acesso, por isso ainda não tem o link. Fale com a TI.`,
    other: (ats) =>
      html`${ats} não está respondendo e ainda não tem o link. A tentativa será repetida automaticamente.`,
  },
  failed: {
    email_differs: (ats, name) =>
      html`${ats} não recebeu o link: ${name} tem outro e-mail lá. Verifique se é a mesma pessoa.`,
    application_missing: (ats) =>
      html`${ats} não recebeu o link: a candidatura não existe mais lá. Se for um erro, fale com a TI.`,
    credentials: (ats) => html`${ats} não recebeu o link: o acesso foi recusado. Fale com a TI.`,
    refused: (ats) => html`${ats} não recebeu o link: a entrada foi recusada. Fale com a TI.`,
    unavailable: (ats) => html`${ats} não recebeu o link: não respondeu por várias horas. Fale com a TI.`,
    rate_limited: (ats) => html`${ats} não recebeu o link: está ocupado há dias. Fale com a TI.`,
    not_configured: (ats) => html`${ats} não recebeu o link: a TI desativou esta opção.`,
    other: (ats) => html`${ats} não recebeu o link. Fale com a TI.`,
  },
};
