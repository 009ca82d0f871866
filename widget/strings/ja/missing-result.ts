export const resultOverdue =
  'Evalonから24時間前に完了の報告がありましたが、結果がまだ返されていません。IT部門にお問い合わせください。';
export const sameEndedSession =
  'Evalonから、新しいアセスメントではなく、終了済みの同じアセスメントが返されました。別のプロジェクトで候補者を招待するか、Evalonのサポートにお問い合わせください。';
export const endedWithoutResult = 'アセスメントは結果なしで終了しました。';

export const endings = {
  expired: {
    cause: '候補者がアセスメントを完了する前に、リンクの有効期限が切れました。',
    causeAndAction:
      '候補者がアセスメントを完了する前に、リンクの有効期限が切れました。新しいリンクを発行するには、再度招待してください。',
  },
  cancelled: {
    cause: 'アセスメントはキャンセルされました。',
    causeAndAction: 'アセスメントはキャンセルされました。受検してもらう場合は、再度招待してください。',
  },
  declined: {
    cause: '候補者がアセスメントを辞退しました。',
    causeAndAction: '候補者がアセスメントを辞退しました。再度招待する前に、候補者に意向を確認してください。',
  },
  failed: {
    cause: 'Evalonでアセスメントの処理に失敗しました。候補者の評価を示すものではありません。',
    causeAndAction:
      'Evalonでアセスメントの処理に失敗しました。候補者の評価を示すものではありません。再度招待するか、IT部門にお問い合わせください。',
  },
};
