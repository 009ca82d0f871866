import { html, type TemplateResult } from 'lit';
import type { AtsWriteTexts } from '../en/session-notices.ts';

export function oneAssessmentPerProject({ name, held }: { name: string; held: string }): TemplateResult {
  return html`アセスメントは1プロジェクトにつき1つだけです。<bdi>${name}</bdi> さんにはすでに <bdi>${held}</bdi> があります。`;
}

export const linkProblem = 'Evalonから有効なリンクが返されませんでした。IT部門にお問い合わせください。';
export const linkProblemInviteAgain =
  'Evalonから有効なリンクが返されませんでした。再度招待してください。それでも失敗する場合は、IT部門にお問い合わせください。';

export const statusWriteTexts: AtsWriteTexts = {
  saved: (ats, time) => html`ステータスを ${ats} に保存しました（${time}）`,
  saving: (ats) => html`ステータスを ${ats} に保存しています…`,
  delayed: {
    rate_limited: (ats) => html`${ats} が混み合っています。ステータスの保存は自動的に再試行されます。`,
    credentials: (ats) => html`${ats} がアクセスを拒否しています。IT部門にお問い合わせください。`,
    other: (ats) => html`${ats} が応答していません。ステータスの保存は自動的に再試行されます。`,
  },
  failed: {
    email_differs: (ats, name) =>
      html`ステータスを保存できませんでした。${ats} では ${name} さんのメールアドレスが異なります。同じ人であることを確認してから、IT部門にお問い合わせください。`,
    application_missing: (ats) =>
      html`ステータスを ${ats} に保存できませんでした。応募情報がすでに存在しません。誤りの場合は、IT部門にお問い合わせください。`,
    credentials: (ats) =>
      html`ステータスを保存できませんでした。${ats} がアクセスを拒否しています。IT部門にお問い合わせください。`,
    refused: (ats) => html`ステータスを保存できませんでした。${ats} に拒否されました。IT部門にお問い合わせください。`,
    unavailable: (ats) =>
      html`ステータスを保存できませんでした。${ats} から数時間にわたって応答がありませんでした。IT部門にお問い合わせください。`,
    rate_limited: (ats) =>
      html`ステータスを保存できませんでした。${ats} が数日にわたって混み合っています。IT部門にお問い合わせください。`,
    not_configured: (ats) => html`ステータスは ${ats} に保存されていません。IT部門がこの機能を無効にしています。`,
    other: (ats) => html`ステータスを ${ats} に保存できませんでした。IT部門にお問い合わせください。`,
  },
};

export const linkWriteTexts: AtsWriteTexts = {
  saved: (ats, time) => html`リンクを ${ats} に保存しました（${time}）。${ats} が候補者にメールで送信します。`,
  saving: (ats) => html`リンクを ${ats} に保存しています…`,
  delayed: {
    rate_limited: (ats) => html`${ats} が混み合っていて、まだリンクを保存できていません。自動的に再試行されます。`,
    credentials: (ats) =>
      html`${ats} がアクセスを拒否しているため、まだリンクを保存できていません。IT部門にお問い合わせください。`,
    other: (ats) => html`${ats} が応答していないため、まだリンクを保存できていません。自動的に再試行されます。`,
  },
  failed: {
    email_differs: (ats, name) =>
      html`${ats} にリンクを保存できませんでした。${ats} では ${name} さんのメールアドレスが異なります。同じ人であることを確認してください。`,
    application_missing: (ats) =>
      html`${ats} にリンクを保存できませんでした。応募情報がすでに存在しません。誤りの場合は、IT部門にお問い合わせください。`,
    credentials: (ats) =>
      html`${ats} にリンクを保存できませんでした。アクセスが拒否されています。IT部門にお問い合わせください。`,
    refused: (ats) => html`${ats} がリンクを拒否しました。IT部門にお問い合わせください。`,
    unavailable: (ats) =>
      html`${ats} にリンクを保存できませんでした。数時間にわたって応答がありませんでした。IT部門にお問い合わせください。`,
    rate_limited: (ats) =>
      html`${ats} にリンクを保存できませんでした。数日にわたって混み合っています。IT部門にお問い合わせください。`,
    not_configured: (ats) => html`${ats} にリンクは保存されていません。IT部門がこの機能を無効にしています。`,
    other: (ats) => html`${ats} にリンクを保存できませんでした。IT部門にお問い合わせください。`,
  },
};
