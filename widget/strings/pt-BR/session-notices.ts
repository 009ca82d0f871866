import { html, type TemplateResult } from 'lit';
import type { AtsWriteTexts } from '../en/session-notices.ts';

export function oneAssessmentPerProject({ name, held }: { name: string; held: string }): TemplateResult {
  return html`Apenas uma avaliação por projeto. <bdi>${name}</bdi> já tem <bdi class="inline">${held}</bdi>.`;
}

export const linkProblem = 'A Evalon não retornou um link utilizável. Fale com a TI.';
export const linkProblemInviteAgain =
  'A Evalon não retornou um link utilizável. Convide novamente. Se falhar de novo, fale com a TI.';

export const statusWriteTexts: AtsWriteTexts = {
  saved: (ats, time) => html`Status salvo no ${ats}, ${time}`,
  saving: (ats) => html`Salvando o status no ${ats}…`,
  delayed: {
    rate_limited: (ats) => html`${ats} está ocupado. O salvamento do status será repetido automaticamente.`,
    credentials: (ats) => html`${ats} está recusando o acesso. Fale com a TI.`,
    other: (ats) => html`${ats} não está respondendo. O salvamento do status será repetido automaticamente.`,
  },
  failed: {
    email_differs: (ats, name) =>
      html`Status não salvo: o ${ats} tem outro e-mail para ${name}. Verifique se é a mesma pessoa e fale com a TI.`,
    application_missing: (ats) =>
      html`Status não salvo no ${ats}: a candidatura não existe mais lá. Se for um erro, fale com a TI.`,
    credentials: (ats) => html`Status não salvo: o ${ats} está recusando o acesso. Fale com a TI.`,
    refused: (ats) => html`Status não salvo: recusado pelo ${ats}. Fale com a TI.`,
    unavailable: (ats) => html`Status não salvo: o ${ats} não respondeu por várias horas. Fale com a TI.`,
    rate_limited: (ats) => html`Status não salvo: o ${ats} está ocupado há dias. Fale com a TI.`,
    not_configured: (ats) => html`Status não salvo no ${ats}: a TI desativou esta opção.`,
    other: (ats) => html`Status não salvo no ${ats}. Fale com a TI.`,
  },
};

export const linkWriteTexts: AtsWriteTexts = {
  saved: (ats, time) => html`Link salvo no ${ats}, ${time}. O ${ats} envia o link à pessoa por e-mail.`,
  saving: (ats) => html`Salvando o link no ${ats}…`,
  delayed: {
    rate_limited: (ats) => html`${ats} está ocupado e ainda não tem o link. A tentativa será repetida automaticamente.`,
    credentials: (ats) => html`${ats} está recusando o acesso, por isso ainda não tem o link. Fale com a TI.`,
    other: (ats) =>
      html`${ats} não está respondendo e ainda não tem o link. A tentativa será repetida automaticamente.`,
  },
  failed: {
    email_differs: (ats, name) =>
      html`${ats} não recebeu o link: tem outro e-mail para ${name}. Verifique se é a mesma pessoa.`,
    application_missing: (ats) =>
      html`${ats} não recebeu o link: a candidatura não existe mais lá. Se for um erro, fale com a TI.`,
    credentials: (ats) => html`${ats} não recebeu o link: o acesso foi recusado. Fale com a TI.`,
    refused: (ats) => html`${ats} recusou o link. Fale com a TI.`,
    unavailable: (ats) => html`${ats} não recebeu o link: não respondeu por várias horas. Fale com a TI.`,
    rate_limited: (ats) => html`${ats} não recebeu o link: está ocupado há dias. Fale com a TI.`,
    not_configured: (ats) => html`${ats} não recebeu o link: a TI desativou esta opção.`,
    other: (ats) => html`${ats} não recebeu o link. Fale com a TI.`,
  },
};
