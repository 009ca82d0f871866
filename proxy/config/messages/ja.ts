import type { BuiltInMessages } from './messages.ts';

const INVITE_MESSAGE = `{name} 様

このたびは弊社の求人にご関心をお寄せいただき、誠にありがとうございます。次のステップとして、アセスメント「{assessment}」の受検をお願いいたします。ご都合のよいときに、以下のリンクから開始してください。

{link}

このリンクは {name} 様専用です。他の方とは共有しないでください。ご不明な点がございましたら、このメッセージにご返信ください。

どうぞよろしくお願いいたします。
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

うまく動作しない場合やご不明な点がございましたら、このメッセージにご返信ください。

どうぞよろしくお願いいたします。
{recruiter}
{company}`,
};
