import { html, type TemplateResult } from 'lit';

export const noHistory = 'まだ記録はありません。';
export const historyFailed = '履歴を読み込めませんでした。';
export const resultUpdated = '結果の更新';
export const completedWithScore = (score: string) => `完了、総合スコア ${score}`;
export const updatedWithScore = (score: string) => `結果の更新、総合スコア ${score}`;

export const events = {
  invited: '招待',
  opened: 'リンクへのアクセス',
  started: '受検開始',
  submitted: '回答の提出',
  'handover message': 'メッセージのコピー',
  'handover link': 'リンクのコピー',
  'handover mail': 'メールの下書きの表示',
  'reminder message': 'リマインダーのコピー',
  'reminder link': 'リマインダー用リンクのコピー',
  'reminder mail': 'リマインダーの下書きの表示',
  result_read: '結果の閲覧',
};

export const eventsBy = {
  invited: (recruiter: TemplateResult) => html`招待：${recruiter}`,
  'handover message': (recruiter: TemplateResult) => html`メッセージのコピー：${recruiter}`,
  'handover link': (recruiter: TemplateResult) => html`リンクのコピー：${recruiter}`,
  'handover mail': (recruiter: TemplateResult) => html`メールの下書きの表示：${recruiter}`,
  'reminder message': (recruiter: TemplateResult) => html`リマインダーのコピー：${recruiter}`,
  'reminder link': (recruiter: TemplateResult) => html`リマインダー用リンクのコピー：${recruiter}`,
  'reminder mail': (recruiter: TemplateResult) => html`リマインダーの下書きの表示：${recruiter}`,
  result_read: (recruiter: TemplateResult) => html`結果の閲覧：${recruiter}`,
};
