import type { BuiltInMessages } from './messages.ts';

const INVITE_MESSAGE = `{name} 様

弊社の求人にご関心をお寄せいただき、ありがとうございます。次のステップとして、アセスメント「{assessment}」の受検をお願いいたします。いつでも開始できます。

{link}

このリンクはご本人専用です。共有はお控えください。ご不明な点は、このメッセージにご返信ください。

よろしくお願いいたします。
{recruiter}
{company}`;

export const ja: BuiltInMessages = {
  inviteSubject: 'アセスメント「{assessment}」のご案内',
  inviteSubjectWithCompany: '【{company}】アセスメント「{assessment}」のご案内',
  inviteMessage: INVITE_MESSAGE,
  inviteMessageWithCompany: INVITE_MESSAGE.replace('弊社の求人', '{company}の求人'),
  reminderSubject: '【リマインダー】アセスメント「{assessment}」のご案内',
  reminderMessage: `{name} 様

先日ご案内したアセスメント「{assessment}」は、まだ受検が完了していません。ご都合のよいときに、以下のリンクから受検をお願いいたします。

{link}

うまく動作しない場合やご不明な点は、このメッセージにご返信ください。

よろしくお願いいたします。
{recruiter}
{company}`,
};
