import { html, type TemplateResult } from 'lit';
import { formats } from './formats.ts';

export const copyMessage = 'Copiar mensagem';
export const copyLink = 'Copiar link';
export const openInMail = 'Abrir no e-mail';
export const copyReminder = 'Copiar lembrete';
export const handoverNotSaved = 'Não foi possível salvar isto para a sua equipe. Copie o link novamente.';

export const hiringTeam = 'A equipe de recrutamento';
export const hiringTeamInSentence = 'a equipe de recrutamento';
export const ourCompany = 'Nossa empresa';
export const ourCompanyInSentence = 'nossa empresa';

export const readNotice = (url: string) => `Leia este aviso: ${url}`;

export function sentByEvalon(email: string): TemplateResult {
  return html`A Evalon enviou o link para <bdi class="inline">${email}</bdi>.`;
}

export function sendLinkYourself(name: TemplateResult): TemplateResult {
  return html`${name} não recebeu e-mail. Envie o link você mesmo:`;
}

export function sendReminder(days: number, name: TemplateResult): TemplateResult {
  const inactivity = formats.plural(days, { one: 'Sem atividade há # dia', other: 'Sem atividade há # dias' });
  return html`${inactivity}. Envie um lembrete para ${name}:`;
}

export function sendOverdueLink(days: number, name: TemplateResult): TemplateResult {
  return html`Convite criado há ${days} dias, mas o link não foi copiado. Envie-o para ${name}:`;
}

export const handedOverBy = {
  invite: (recruiter: TemplateResult, date: TemplateResult) => html`Link copiado por ${recruiter}, ${date}`,
  'invite mail': (recruiter: TemplateResult, date: TemplateResult) =>
    html`Rascunho de e-mail aberto por ${recruiter}, ${date}`,
  reminder: (recruiter: TemplateResult, date: TemplateResult) => html`Lembrete copiado por ${recruiter}, ${date}`,
  'reminder mail': (recruiter: TemplateResult, date: TemplateResult) =>
    html`Rascunho de lembrete aberto por ${recruiter}, ${date}`,
};

export const handedOverByUnknown = {
  invite: (date: TemplateResult) => html`Link copiado em ${date}`,
  reminder: (date: TemplateResult) => html`Lembrete copiado em ${date}`,
};

export const copyMessageLabel = (name: string) => `Copiar mensagem: ${name}`;
export const copyLinkLabel = (name: string) => `Copiar link: ${name}`;
export const openInMailLabel = (name: string) => `Abrir no e-mail: ${name}`;
export const copyReminderLabel = (name: string) => `Copiar lembrete: ${name}`;
export const openReminderInMailLabel = (name: string) => `Abrir no e-mail: lembrete para ${name}`;
