import { html, type TemplateResult } from 'lit';

export const noHistory = 'Nada foi registrado ainda.';
export const historyFailed = 'Não foi possível carregar o histórico.';
export const resultUpdated = 'Resultado atualizado';
export const completedWithScore = (score: string) => `Concluída, pontuação geral ${score}`;
export const updatedWithScore = (score: string) => `Resultado atualizado, pontuação geral ${score}`;

export const events = {
  invited: 'Convite criado',
  opened: 'Link aberto',
  started: 'Iniciada',
  submitted: 'Respostas enviadas',
  'handover message': 'Mensagem copiada',
  'handover link': 'Link copiado',
  'handover mail': 'Rascunho de e-mail aberto',
  'reminder message': 'Lembrete copiado',
  'reminder link': 'Link copiado para um lembrete',
  'reminder mail': 'Rascunho de lembrete aberto',
  result_read: 'Resultado visualizado',
};

export const eventsBy = {
  invited: (recruiter: TemplateResult) => html`Convite de ${recruiter}`,
  'handover message': (recruiter: TemplateResult) => html`Mensagem copiada por ${recruiter}`,
  'handover link': (recruiter: TemplateResult) => html`Link copiado por ${recruiter}`,
  'handover mail': (recruiter: TemplateResult) => html`Rascunho de e-mail aberto por ${recruiter}`,
  'reminder message': (recruiter: TemplateResult) => html`Lembrete copiado por ${recruiter}`,
  'reminder link': (recruiter: TemplateResult) => html`Link copiado para um lembrete por ${recruiter}`,
  'reminder mail': (recruiter: TemplateResult) => html`Rascunho de lembrete aberto por ${recruiter}`,
  result_read: (recruiter: TemplateResult) => html`Resultado visualizado por ${recruiter}`,
};
