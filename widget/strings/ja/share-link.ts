import { html, type TemplateResult } from 'lit';

export const copyMessage = 'メッセージをコピー';
export const copyLink = 'リンクをコピー';
export const openInMail = 'メールで開く';
export const copyReminder = 'リマインダーをコピー';
export const handoverNotSaved = 'ほかの採用担当者向けに記録できませんでした。リンクをもう一度コピーしてください。';

export const hiringTeam = '採用チーム';
export const hiringTeamInSentence = '採用チーム';
export const ourCompany = '弊社';
export const ourCompanyInSentence = '弊社';

export const readNotice = (url: string) => `こちらのご案内をお読みください。\n${url}`;

export function sentByEvalon(email: string): TemplateResult {
  return html`Evalonが <bdi>${email}</bdi> にリンクを送信しました。`;
}

export function sendLinkYourself(name: TemplateResult): TemplateResult {
  return html`${name} さんにメールは送信されていません。ご自身でリンクを送信してください。`;
}

export function sendReminder(days: number, name: TemplateResult): TemplateResult {
  return html`${days}日間動きがありません。${name} さんにリマインダーを送信してください。`;
}

export function sendOverdueLink(days: number, name: TemplateResult): TemplateResult {
  return html`${days}日前に招待しましたが、リンクがコピーされていません。${name} さんに送信してください。`;
}

export const handedOverBy = {
  invite: (recruiter: TemplateResult, date: TemplateResult) => html`リンクのコピー：${recruiter}、${date}`,
  'invite mail': (recruiter: TemplateResult, date: TemplateResult) => html`メールの下書きの表示：${recruiter}、${date}`,
  reminder: (recruiter: TemplateResult, date: TemplateResult) => html`リマインダーのコピー：${recruiter}、${date}`,
  'reminder mail': (recruiter: TemplateResult, date: TemplateResult) =>
    html`リマインダーの下書きの表示：${recruiter}、${date}`,
};

export const handedOverByUnknown = {
  invite: (date: TemplateResult) => html`リンクのコピー：${date}`,
  reminder: (date: TemplateResult) => html`リマインダーのコピー：${date}`,
};

export const copyMessageLabel = (name: string) => `メッセージをコピー：${name}`;
export const copyLinkLabel = (name: string) => `リンクをコピー：${name}`;
export const openInMailLabel = (name: string) => `メールで開く：${name}`;
export const copyReminderLabel = (name: string) => `リマインダーをコピー：${name}`;
export const openReminderInMailLabel = (name: string) => `メールで開く：${name} さんへのリマインダー`;
