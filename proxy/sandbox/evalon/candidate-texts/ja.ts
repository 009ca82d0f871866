import type { CandidateTexts } from './candidate-texts.ts';

export const ja: CandidateTexts = {
  heading: (label) => `アセスメント：${label}`,
  forCandidate: (name) => `${name} 様のアセスメント`,
  lead: (questions, sections) =>
    `${sections}つのセクションに短い質問が${questions}問あります。所要時間は約4分です。ひっかけ問題はありません。普段の仕事と同じように答えてください。`,
  questionCount: (count) => `${count}問`,
  start: 'アセスメントを開始',
  decline: '辞退',
  progress: (index, count) => `セクション${index}/${count}`,
  incompletePageTitle: (pageTitle) => `未完了：${pageTitle}`,
  next: '次へ',
  submit: '回答を提出',
  answerAll: '続けるには、すべての質問に答えてください。',
  notAnswered: '未回答の質問：',
  thanks: (name) => `${name} 様、ありがとうございました`,
  thanksText: '回答が提出されました。招待した企業がまもなく結果を確認します。',
  expired: 'このリンクは有効期限が切れています',
  expiredText: 'このアセスメントはもう受けられません。招待した企業に新しいリンクを依頼してください。',
  declined: 'このアセスメントを辞退しました',
  declinedText: '何も記録されていません。間違いの場合は、招待した企業にお問い合わせください。',
  completed: 'このアセスメントはすでに完了しています',
  completedText: '回答は提出されています。このページは閉じてかまいません。',
  unknown: '不明なリンク',
  unknownText: 'リンク全体をコピーしたか確認してください。',
  simulated: 'シミュレーション',
  footer: 'これはデモです。データがこのコンピューターから送信されることはありません。',
};
