/** Why runs stand still, stop, or are refused on the writing side. */
export const writeErrors = {
  runTimedOut: {
    what: '実行時間の上限（{minutes} 分）を過ぎたため、書き込みの区切りで止めました。書き込み済みの分はそのまま残っています。',
    todo: '「続きから」で残りを書き込めます。時間が足りない場合は、実行単位の「実行時間の上限（分）」を見直してください。',
  },
};
